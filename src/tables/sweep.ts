import type { Data, Utf8, Vector } from 'apache-arrow';
import { type Arrow, arrowSchema, type Metadata } from './arrow-schema.js';
import { countData, dictionary, nullableData, textData } from './column-data.js';
import type { Column, Table } from './columns.js';
import { FileEncoder } from './file-encoder.js';
import { SUMMARY, type SummaryRow } from './schema.js';

/** A swept key as a column. */
export interface SweptColumn {
  /** The dotted path, as in the scenario. */
  readonly name: string;
  /** Numbers as Float64; all else as text. */
  readonly type: 'float' | 'text';
  readonly unit: string;
}

/** One cell's part of the table. */
export interface CellRows {
  readonly labels: readonly (string | number)[];
  readonly rows: readonly SummaryRow[];
}

/** Cells of one record batch: a few MB, and few enough batches for readers. */
const CELLS_PER_BATCH = 64;

/** The table of a sweep: the cell's number, the swept values, then the columns of the summary. */
export function sweepTable(swept: readonly SweptColumn[]): Table {
  const columns = swept.map(
    ({ name, type, unit }): Column => ({ name, type, unit, meaning: `value of ${name} in this cell` }),
  );
  const cell: Column = { name: 'cell', type: 'count', unit: '1', meaning: 'number of the cell in the sweep, from 0' };
  return { name: 'sweep', columns: [cell, ...columns, ...SUMMARY.columns] };
}

/**
 * The words of each text column, met with the cells in whatever order these end; a file's dictionaries stand before its
 * first batch. They come out in order of first appearance in the table.
 */
export class SweepWords {
  readonly #columns: ReadonlyMap<string, Map<string, number>>;
  readonly #swept: readonly SweptColumn[];

  constructor(swept: readonly SweptColumn[]) {
    const text = sweepTable(swept).columns.filter(({ type }) => type === 'text');
    this.#columns = new Map(text.map(({ name }) => [name, new Map<string, number>()]));
    this.#swept = swept;
  }

  /** Takes the rows of the cell with this number. */
  add(cell: number, rows: CellRows): void {
    tableRows(this.#swept, rows, cell).forEach((row, i) => {
      const position = cell * MAX_ROWS_PER_CELL + i;
      for (const [name, known] of this.#columns) {
        const word = row[name] as string;
        if (position < (known.get(word) ?? Number.POSITIVE_INFINITY)) known.set(word, position);
      }
    });
  }

  /** The words of each column. */
  list(): Map<string, string[]> {
    const inOrder = (known: Map<string, number>) => [...known].sort((a, b) => a[1] - b[1]).map(([word]) => word);
    return new Map([...this.#columns].map(([name, known]) => [name, inOrder(known)]));
  }
}

/** Only tells positions apart: with it, those of 2^33 cells are safe integers. */
const MAX_ROWS_PER_CELL = 2 ** 20;

/**
 * A sweep as an Arrow IPC file, batch by batch; no more than one batch of cells is held.
 *
 * @param cells in their order
 * @param words all words that the cells will name
 */
export async function* encodeSweep(
  swept: readonly SweptColumn[],
  cells: AsyncIterable<CellRows>,
  known: SweepWords,
  metadata: Metadata,
): AsyncGenerator<Uint8Array, void, undefined> {
  const arrow = await import('apache-arrow');
  const table = sweepTable(swept);
  const lists = known.list();
  const words = new Map([...lists].map(([name, list]) => [name, new Map(list.map((word, i) => [word, i]))]));
  const dictionaries = new Map([...lists].map(([name, list]) => [name, dictionary(arrow, list)]));
  const encoder = new FileEncoder(arrow, arrowSchema(arrow, table, metadata));
  let first = 0;
  for await (const batch of batches(cells)) {
    const rows = batch.flatMap((cell, i) => tableRows(swept, cell, first + i));
    yield encoder.batch(batchData(arrow, table, rows, words, dictionaries), rows.length);
    first += batch.length;
  }
  yield encoder.end();
}

type Cell = string | number | null;
type TableRow = Readonly<Record<string, Cell>>;
type Words = ReadonlyMap<string, ReadonlyMap<string, number>>;

function tableRows(swept: readonly SweptColumn[], { labels, rows }: CellRows, cell: number): TableRow[] {
  const values = Object.fromEntries(
    swept.map(({ name, type }, i) => [name, type === 'text' ? String(labels[i]) : labels[i]]),
  );
  return rows.map((row) => ({ cell, ...values, ...row }));
}

async function* batches(cells: AsyncIterable<CellRows>): AsyncGenerator<CellRows[]> {
  let batch: CellRows[] = [];
  for await (const cell of cells) {
    batch.push(cell);
    if (batch.length < CELLS_PER_BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function batchData(
  arrow: Arrow,
  { columns }: Table,
  rows: readonly TableRow[],
  words: Words,
  dictionaries: ReadonlyMap<string, Vector<Utf8>>,
): Data[] {
  return columns.map(({ name, type }, position) => {
    const cells = rows.map((row) => row[name]);
    if (type === 'count') return countData(arrow, BigInt64Array.from(cells as number[], BigInt));
    if (type === 'float') return nullableData(arrow, cells as (number | null)[]);
    const known = words.get(name)!;
    const indices = Int32Array.from(cells, (word) => known.get(word as string)!);
    return textData(arrow, position, indices, dictionaries.get(name)!);
  });
}
