import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../tables/columns.js';

/** How text goes into a CSV file. */
export interface CsvOptions {
  /** Whether texts stand there as they are, also those that a spreadsheet would take for a formula. */
  readonly rawText?: boolean | undefined;
}

/**
 * What spreadsheets take for a formula at the start of a cell, blanks before it or not, and the signs' full-width forms (OWASP, "CSV
 * Injection"). Numbers are not looked at: -5 stays a number.
 */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** What makes a cell text in a spreadsheet. */
const TEXT_MARK = "'";

/**
 * Batches in pieces of a CSV file (RFC 4180, UTF-8, a header row). Numbers are in the fewest digits that read back as the
 * same number; what is missing is an empty field; a text that a spreadsheet would take for a formula has an apostrophe before it.
 */
export async function* csvPieces(
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  { rawText = false }: CsvOptions = {},
): AsyncGenerator<Uint8Array> {
  const field = (value: unknown) => csvField(value, rawText);
  let header = true;
  for await (const batch of batches) {
    const columns = batch.schema.fields.map((_, i) => batch.getChildAt(i)!);
    const lines = header ? [batch.schema.fields.map(({ name }) => field(name)).join(',')] : [];
    for (let row = 0; row < batch.numRows; row++) lines.push(columns.map((column) => field(column.get(row))).join(','));
    header = false;
    if (lines.length > 0) yield Buffer.from(`${lines.join('\r\n')}\r\n`);
  }
}

/** One field of a CSV file; what is missing is empty. @param rawText as in `CsvOptions` */
export function csvField(value: unknown, rawText = false): string {
  return fieldOf(typeof value === 'string' && !rawText ? guarded(value) : value);
}

function guarded(text: string): string {
  return FORMULA.test(text) ? TEXT_MARK + text : text;
}

function fieldOf(value: unknown): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const GUARDED = 'a text that begins as a formula does (= + - @) has an apostrophe before it';

const DATATYPES: Readonly<Record<Column['type'], string>> = { text: 'string', float: 'double', count: 'long' };

/** What a CSV file cannot say of itself: types, units and meanings, as W3C's CSV on the Web has it beside the file. */
export function csvMetadata(
  name: string,
  columns: readonly Column[],
  metadata: Readonly<Record<string, string>>,
  { rawText = false }: CsvOptions = {},
): string {
  const description = {
    '@context': 'http://www.w3.org/ns/csvw',
    url: `${name}.csv`,
    'dc:description': metadata,
    ...(rawText ? {} : { notes: [GUARDED] }),
    tableSchema: {
      columns: columns.map(({ name, type, unit, meaning }) => ({
        name,
        titles: name,
        datatype: DATATYPES[type],
        'dc:description': meaning,
        'schema:unitText': unit,
      })),
    },
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}
