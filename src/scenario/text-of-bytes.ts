/** What files begin with that are no text, or text of another kind, with what they are and what to do. */
const BEGINNINGS: readonly (readonly [start: readonly number[] | RegExp, what: string])[] = [
  [[0x1f, 0x8b], 'is compressed (gzip); unpack it first, e.g. with gunzip'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'is compressed (zstd); unpack it first'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'is compressed (xz); unpack it first'],
  [/^BZh[1-9]/, 'is compressed (bzip2); unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'is a ZIP archive, or a workbook of a spreadsheet (.xlsx, .ods)'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is a workbook of an old spreadsheet (.xls)'],
  [/^PAR1/, 'is a Parquet file'],
  [/^ARROW1/, 'is an Arrow file'],
  [/^SQLite format 3/, 'is an SQLite database'],
  [/^%PDF-/, 'is a PDF'],
  [[0x7f, 0x45, 0x4c, 0x46], 'is a program'],
  [[0x89, 0x50, 0x4e, 0x47], 'is a picture (PNG)'],
  [/^\s*<(!doctype html|html)\b/i, 'is a web page (HTML), not the file that it shows'],
  [/^version https:\/\/git-lfs/, 'is a pointer of Git LFS, not the file itself; fetch it with git lfs pull'],
];

/** Bytes looked at: beginnings are short, and blanks before HTML few. */
const LOOKED_AT = 256;

/**
 * The text of a file in UTF-8, without its byte order mark; or, in words, what the file is instead.
 *
 * @param expected what should have been there, e.g. `CSV`, for files of other kinds
 */
export function textOfBytes(bytes: Uint8Array, expected: string): { text: string } | { instead: string } {
  const what = beginningOf(bytes);
  if (what !== undefined) return { instead: what.includes('; ') ? what : `${what}; expected ${expected}` };
  const utf = utfOf(bytes);
  if (utf !== undefined) return { instead: `is ${utf} text; save it as UTF-8` };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { instead: `not UTF-8 text; expected ${expected} in UTF-8` };
  }
}

function beginningOf(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, LOOKED_AT);
  // One character for each byte.
  const text = String.fromCharCode(...start);
  const found = BEGINNINGS.find(([beginning]) =>
    beginning instanceof RegExp ? beginning.test(text) : beginning.every((byte, i) => start[i] === byte),
  );
  return found?.[1];
}

/** Which wider encoding of Unicode this is, by its byte order mark, or by the zeros of Latin letters without one. */
function utfOf(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  const start = bytes.subarray(0, LOOKED_AT);
  const zeros = [0, 1].map((side) => start.filter((byte, i) => i % 2 === side && byte === 0).length);
  const half = Math.floor(start.length / 2);
  return half >= 2 && Math.max(...zeros) >= half && Math.min(...zeros) === 0 ? 'UTF-16' : undefined;
}
