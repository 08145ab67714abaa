import { alignedLines } from '../format.js';

/**
 * Rows of cells as aligned lines that a terminal does not wrap: what is too wide goes column by column, and a last line says how
 * many are gone. A single row of cells that is too wide even so stays.
 *
 * @param width of the terminal, columns
 * @param dispensable positions of the columns that may go, the first one first
 */
export function fittingLines(
  rows: readonly (readonly string[])[],
  width: number,
  dispensable: readonly number[],
): string[] {
  for (let gone = 0; gone <= dispensable.length; gone++) {
    const left = new Set(dispensable.slice(0, gone));
    const lines = alignedLines(rows.map((row) => row.filter((_, i) => !left.has(i))));
    const fits = lines.every((line) => displayWidth(line) <= width);
    if (fits || gone === dispensable.length) return gone === 0 ? lines : [...lines, leftOutText(gone)];
  }
  return [];
}

function leftOutText(columns: number): string {
  return `  (${columns === 1 ? 'a column is' : `${columns} columns are`} left out; a wider terminal shows ${columns === 1 ? 'it' : 'them'})`;
}

/** Columns of a terminal that a line takes: a character of East Asia takes two (Unicode Standard Annex 11). */
function displayWidth(line: string): number {
  return Array.from(line).reduce((sum, character) => sum + (WIDE.test(character) ? 2 : 1), 0);
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u;
