import { textOfBytes } from '../text-of-bytes.js';
import { COLUMNS } from './columns.js';

/** One record of a CSV file and the line it starts in, from 1. */
export interface CsvLine {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The records of a CSV file that are not blank; one complaint that says what it is, and none, if it is not CSV text.
 */
export async function readLines(
  bytes: Uint8Array,
  complain: (line: number, message: string) => void,
): Promise<CsvLine[]> {
  const decoded = textOfBytes(bytes, 'CSV');
  const { text } = 'text' in decoded ? decoded : { text: '' };
  if ('instead' in decoded) complain(1, decoded.instead);
  if (!text) return [];
  const zero = text.indexOf('\0');
  if (zero >= 0) complain(1 + newlines(text.slice(0, zero)), 'holds a NUL byte; is this a CSV file?');
  const otherwise = zero >= 0 ? undefined : otherThanCsv(text);
  if (otherwise !== undefined) complain(1, otherwise);
  return zero >= 0 || otherwise !== undefined ? [] : numbered(await records(text, complain));
}

/** Separators that spreadsheets and databases write in place of commas. */
const SEPARATORS = { ';': 'semicolons', '\t': 'tabs', '|': 'vertical bars' } as const;

/** What text is that has another first line than a header of comma-separated columns; undefined where it has one. */
function otherThanCsv(text: string): string | undefined {
  const [first] = text.trimStart().split(/\r\n|\n|\r/, 1);
  if (/^"?sep=/i.test(first))
    return `begins with ${first.slice(0, 6)}, a line for spreadsheets; remove it: ${HEADER_FIRST}`;
  if (isComment(first)) return `begins with a comment; remove it: ${HEADER_FIRST}`;
  if (/^[[{]/.test(first)) return 'is JSON; expected CSV with a header';
  return separatedOtherwise(first);
}

/** Whether a line, or its first field, is a remark of its writer; spreadsheets put quotes about one. */
export function isComment(text: string): boolean {
  return /^"?\s*(#|\/\/|%|--\s)/.test(text);
}

const HEADER_FIRST = 'the first line names the columns';

function separatedOtherwise(first: string): string | undefined {
  const columnsBy = (separator: string) => {
    const names = first.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    return names.filter((name) => COLUMNS.some((column) => column === name.toLowerCase())).length;
  };
  const isAlone = (separator: string) => !first.includes(',') && first.split(separator).length > 2;
  const separator = (['\t', ';', '|'] as const).find(
    (one) => isAlone(one) || columnsBy(one) > Math.max(1, columnsBy(',')),
  );
  if (separator === undefined) return undefined;
  return `fields are separated by ${SEPARATORS[separator]}; separate them by commas, and write decimals with a point`;
}

async function records(text: string, complain: (line: number, message: string) => void): Promise<string[][]> {
  const regular = regularRecords(text);
  if (regular) return regular;
  // Loaded late, and its browser build, which Node runs as well: it needs no Buffer.
  const { CsvError, parse } = await import('csv-parse/browser/esm/sync');
  try {
    return parse(text, { relax_column_count: true, trim: true, record_delimiter: ['\r\n', '\n', '\r'] });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    complain(typeof error.lines === 'number' ? error.lines : 1, `not valid CSV: ${error.message}`);
    return [];
  }
}

/** A field, quoted from its first to its last character or not at all, and what ends it. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y;

/**
 * The records of a file whose quotes stand where RFC 4180 puts them; undefined for any other, of which a parser says
 * what is wrong. Few files need one, and to load it takes longer than to read them.
 */
function regularRecords(text: string): string[][] | undefined {
  const field = new RegExp(FIELD);
  const records: string[][] = [];
  let record: string[] = [];
  while (field.lastIndex < text.length || record.length > 0) {
    const match = field.exec(text);
    if (!match) return undefined;
    const [, quoted, plain, end] = match;
    record.push(quoted?.replaceAll('""', '"') ?? plain.trim());
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

function numbered(records: readonly string[][]): CsvLine[] {
  let next = 1;
  const lines = records.map((fields) => {
    const line = next;
    next += 1 + fields.reduce((sum, field) => sum + newlines(field), 0);
    return { line, fields };
  });
  return lines.filter(({ fields }) => fields.some((field) => field !== ''));
}

function newlines(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
