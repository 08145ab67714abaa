import { nearestHint } from '../../words.js';
import { readLines } from './lines.js';

/** Takes one complaint about a line of the file, counted from 1. */
type ComplainOfLine = (line: number, message: string) => void;

/**
 * The numbers of one column of a CSV file with a header row, in the order of its rows. Complains of every cell that is no number,
 * and of a column that is not there; then it returns undefined.
 */
export async function readNumberColumn(
  bytes: Uint8Array,
  column: string,
  complain: ComplainOfLine,
): Promise<number[] | undefined> {
  let complaints = 0;
  const count: ComplainOfLine = (line, message) => {
    complaints++;
    complain(line, message);
  };
  const [header, ...rows] = await readLines(bytes, count);
  const place = header?.fields.indexOf(column) ?? -1;
  if (place < 0) {
    if (complaints === 0) count(header?.line ?? 1, noColumn(column, header?.fields ?? []));
    return undefined;
  }
  const values = rows.map(({ line, fields }) => cell(fields[place], column, (message) => count(line, message)));
  return complaints === 0 ? values : undefined;
}

function noColumn(column: string, names: readonly string[]): string {
  if (names.length === 0) return `the file is empty; expected a header row with the column ${column}`;
  return `no column is called ${column}${nearestHint(column, names)}; found ${names.join(', ')}`;
}

function cell(text: string | undefined, column: string, complain: (message: string) => void): number {
  const value = text === undefined || text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value))
    complain(`${column}: expected a number; found ${text ? JSON.stringify(text) : 'nothing'}`);
  return value;
}
