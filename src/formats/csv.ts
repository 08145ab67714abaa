import type { RecordBatch } from 'apache-arrow';
import type { Column } from '../tables/columns.js';

/**
 * Batches in pieces of a CSV file (RFC 4180, UTF-8, a header row). Numbers are in the fewest digits that read back as the
 * same number; what is missing is an empty field.
 */
export async function* csvPieces(
  batches: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
): AsyncGenerator<Uint8Array> {
  let header = true;
  for await (const batch of batches) {
    const columns = batch.schema.fields.map((_, i) => batch.getChildAt(i)!);
    const lines = header ? [batch.schema.fields.map(({ name }) => field(name)).join(',')] : [];
    for (let row = 0; row < batch.numRows; row++) lines.push(columns.map((column) => field(column.get(row))).join(','));
    header = false;
    if (lines.length > 0) yield Buffer.from(`${lines.join('\r\n')}\r\n`);
  }
}

function field(value: unknown): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const DATATYPES: Readonly<Record<Column['type'], string>> = { text: 'string', float: 'double', count: 'long' };

/** What a CSV file cannot say of itself: types, units and meanings, as W3C's CSV on the Web has it beside the file. */
export function csvMetadata(
  name: string,
  columns: readonly Column[],
  metadata: Readonly<Record<string, string>>,
): string {
  const description = {
    '@context': 'http://www.w3.org/ns/csvw',
    url: `${name}.csv`,
    'dc:description': metadata,
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
