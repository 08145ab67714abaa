/**
 * Characters that a terminal or a page takes for orders, or that make text look other than it is: controls of ASCII and
 * of Latin-1 (ECMA-48 CSI is one), marks of direction (CVE-2021-42574), tags and other invisible ones, other line ends,
 * halves of characters, spaces that look like the plain one, and the fillers of Hangul.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u00a0\u1680\u2000-\u200a\u202f\u205f\u115f\u1160\u3164\uffa0]/gu;

/**
 * Of those: joiners, which words of some scripts and emoji are spelt with, and signs that Arabic numbers stand under.
 */
const PART_OF_WRITING = /\u200c|\u200d|[\u0600-\u0605\u06dd]/u;

/**
 * Text as it may be shown: what is no plain character stands as its escape (`\u001b`, as in JSON, so that JSON stays
 * what it was). Line ends stay.
 */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, (found) => (found === '\n' ? found : escaped(found)));
}

/** The same for what shall take one line: line ends too are shown as escapes. */
export function printableLine(text: string): string {
  return text.replaceAll(UNPRINTABLE, escaped);
}

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(found: string): string {
  if (PART_OF_WRITING.test(found)) return found;
  return SHORT[found] ?? Array.from({ length: found.length }, (_, i) => unitOf(found, i)).join('');
}

function unitOf(text: string, i: number): string {
  return `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`;
}
