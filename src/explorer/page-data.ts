/** Numbers that JSON has no word for. */
const WORDS: Readonly<Record<string, number>> = {
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  NaN: Number.NaN,
};

/** How many bytes become characters in one call. */
const AT_ONCE = 32_768;

/**
 * Plain data as the text that a page carries: JSON, in which buffers and numbers that are not finite have a form of their own. Nothing in it
 * ends the element that holds it.
 */
export function pageDataText(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) => written(value)).replaceAll('<', '\\u003c');
}

/** The data of a text that `pageDataText` wrote. */
export function pageDataOf(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => read(value));
}

function written(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
  return isBuffer(value) ? { $bytes: base64Of(new Uint8Array(value)) } : value;
}

function read(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$number' in value && typeof value.$number === 'string') return WORDS[value.$number];
  return '$bytes' in value && typeof value.$bytes === 'string' ? bytesOf(value.$bytes).buffer : value;
}

function isBuffer(value: unknown): value is ArrayBufferLike {
  if (value instanceof ArrayBuffer) return true;
  return typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer;
}

/** Bytes in base 64. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += AT_ONCE) text += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  return btoa(text);
}

/** The bytes of a text in base 64. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}
