/** One record of a CSV file and the line it starts in, from 1. */
export interface CsvLine {
  readonly line: number;
  readonly fields: readonly string[];
}

/** The records of a CSV file that are not blank; complaints and none if it is not CSV text. */
export async function readLines(
  bytes: Uint8Array,
  complain: (line: number, message: string) => void,
): Promise<CsvLine[]> {
  const text = decoded(bytes);
  if (text === undefined) complain(1, 'not UTF-8 text');
  if (!text) return [];
  const zero = text.indexOf('\0');
  if (zero >= 0) complain(1 + newlines(text.slice(0, zero)), 'holds a NUL byte; is this a CSV file?');
  return zero >= 0 ? [] : numbered(await records(text, complain));
}

/** The text of a UTF-8 file without its byte order mark; undefined if it is something else. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
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
 * The records of a file whose quotes stand where RFC 4180 puts them; undefined for any other, of which a parser says what is
 * wrong. Few files need one, and to load it takes longer than to read them.
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
