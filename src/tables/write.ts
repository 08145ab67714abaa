import type { Data } from 'apache-arrow';
import { type Arrow, arrowSchema, type Metadata } from './arrow-schema.js';
import { countData, dictionary, nullableData, textData } from './column-data.js';
import type { Column, Row, Table } from './columns.js';
import { FileEncoder } from './file-encoder.js';

type Cell = string | number | null;

/**
 * `rows` as an Arrow IPC file of one record batch. The bytes depend on the arguments alone; dictionaries are in order of
 * first appearance.
 *
 * @throws RangeError for a count that is not a safe integer, TypeError for a cell of another type: mistakes of the caller.
 */
export async function encodeTable<T extends Table>(
  table: T,
  rows: readonly Row<T>[],
  metadata: Metadata,
): Promise<Uint8Array> {
  const arrow = await import('apache-arrow');
  const schema = arrowSchema(arrow, table, metadata);
  const columns = table.columns.map((column, i) => columnData(arrow, i, column, cells(rows, column)));
  const encoder = new FileEncoder(arrow, schema);
  return Buffer.concat([encoder.batch(columns, rows.length), encoder.end()]);
}

function cells<T extends Table>(rows: readonly Row<T>[], { name, type }: Column): Cell[] {
  const wanted = type === 'text' ? 'string' : 'number';
  return rows.map((row) => {
    const cell = (row as Readonly<Record<string, Cell>>)[name];
    if (typeof cell === wanted || (cell === null && type === 'float')) return cell;
    throw new TypeError(`column ${name} takes ${type}, not ${cell}`);
  });
}

function columnData(arrow: Arrow, position: number, column: Column, cells: readonly Cell[]): Data {
  if (column.type === 'text') return wordsData(arrow, position, cells as readonly string[]);
  if (column.type === 'count') return countData(arrow, wholeNumbers(column.name, cells as readonly number[]));
  return nullableData(arrow, cells as readonly (number | null)[]);
}

function wordsData(arrow: Arrow, position: number, texts: readonly string[]): Data {
  const words = new Map([...new Set(texts)].map((word, index) => [word, index]));
  const indices = Int32Array.from(texts, (text) => words.get(text)!);
  return textData(arrow, position, indices, dictionary(arrow, [...words.keys()]));
}

function wholeNumbers(name: string, counts: readonly number[]): BigInt64Array {
  const unsafe = counts.find((count) => !Number.isSafeInteger(count));
  if (unsafe !== undefined) throw new RangeError(`column ${name} counts in safe integers, not ${unsafe}`);
  return BigInt64Array.from(counts, BigInt);
}
