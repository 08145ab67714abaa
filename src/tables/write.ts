import type { Data } from 'apache-arrow';
import { type Arrow, arrowSchema, type Metadata } from './arrow-schema.js';
import { countData, dictionary, nullableData, textData } from './column-data.js';
import type { Column, Row, Table } from './columns.js';
import { FileEncoder } from './file-encoder.js';

type Cell = string | number | null;

/** A row by the names of its columns. */
type Cells = Readonly<Record<string, Cell>>;

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
  const columns = table.columns.map((column, i) => columnData(arrow, i, column, rows as readonly Cells[]));
  const encoder = new FileEncoder(arrow, schema);
  return Buffer.concat([encoder.batch(columns, rows.length), encoder.end()]);
}

function columnData(arrow: Arrow, position: number, column: Column, rows: readonly Cells[]): Data {
  if (column.type === 'text') return wordsData(arrow, position, column, rows);
  if (column.type === 'count') return countData(arrow, wholeNumbers(column, rows));
  return numbersData(arrow, column, rows);
}

function wordsData(arrow: Arrow, position: number, column: Column, rows: readonly Cells[]): Data {
  const words = new Map<string, number>();
  const indices = new Int32Array(rows.length);
  let last: Cell | undefined;
  rows.forEach(({ [column.name]: cell }, i) => {
    // Neighbours mostly hold the same word.
    if (i > 0 && cell === last) indices[i] = indices[i - 1];
    else if (typeof cell !== 'string') throw unfit(column, cell);
    else {
      indices[i] = words.get(cell) ?? words.size;
      words.set(cell, indices[i]);
      last = cell;
    }
  });
  return textData(arrow, position, indices, dictionary(arrow, [...words.keys()]));
}

function wholeNumbers(column: Column, rows: readonly Cells[]): BigInt64Array {
  const counts = new BigInt64Array(rows.length);
  rows.forEach(({ [column.name]: cell }, i) => {
    if (typeof cell !== 'number') throw unfit(column, cell);
    if (!Number.isSafeInteger(cell)) throw new RangeError(`column ${column.name} counts in safe integers, not ${cell}`);
    counts[i] = BigInt(cell);
  });
  return counts;
}

function numbersData(arrow: Arrow, column: Column, rows: readonly Cells[]): Data {
  const numbers = rows.map(({ [column.name]: cell }) => {
    if (typeof cell !== 'number' && cell !== null) throw unfit(column, cell);
    return cell;
  });
  return nullableData(arrow, numbers);
}

function unfit({ name, type }: Column, cell: Cell | undefined): TypeError {
  return new TypeError(`column ${name} takes ${type}, not ${cell}`);
}
