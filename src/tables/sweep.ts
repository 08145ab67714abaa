import type { Data, Utf8, Vector } from 'apache-arrow';
import type { QuantileName } from '../sketch/quantile-name.js';
import { type Arrow, arrowSchema, type Metadata } from './arrow-schema.js';
import { countData, dictionary, nullableData, textData } from './column-data.js';
import type { Column, Table } from './columns.js';
import { FileEncoder } from './file-encoder.js';
import { summaryTable } from './schema.js';
import { UNCERTAINTY } from './worlds.js';

/** A swept key as a column. */
export interface SweptColumn {
  /** The dotted path, as in the scenario. */
  readonly name: string;
  /** Numbers as Float64; all else as text. */
  readonly type: 'float' | 'text';
  readonly unit: string;
}

/** A row of the table that a sweep has of every cell: as a summary, or as what is known over worlds. */
type CellRow = Readonly<Record<string, Value>>;

/** One cell's part of the table. */
export interface CellRows {
  readonly labels: readonly (string | number)[];
  readonly rows: readonly CellRow[];
}

/** Cells of one record batch: a few MB, and few enough batches for readers. */
const CELLS_PER_BATCH = 64;

/** A table that a sweep has of every cell. */
export interface SweptTable extends Table {
  readonly columns: readonly SweepColumn[];
}

/** The table of a sweep: the cell's number, the swept values, then the columns of the summary. */
export function sweepTable(swept: readonly SweptColumn[], quantiles: readonly QuantileName[] = []): SweptTable {
  return { name: 'sweep', columns: sweepColumns(swept, summaryTable(quantiles).columns) };
}

/** The table of what a sweep's cells are known to: the cell's number, the swept values, then the columns of the table of worlds. */
export function sweepWorldsTable(swept: readonly SweptColumn[]): SweptTable {
  return { name: 'sweep.uncertainty', columns: sweepColumns(swept, UNCERTAINTY.columns) };
}

/** A row before it is in columns. */
interface SweepRow {
  readonly cell: number;
  readonly labels: CellRows['labels'];
  readonly row: CellRow;
}

type Value = string | number | null;

/** A column, and what it holds of a row. */
interface SweepColumn extends Column {
  readonly of: (row: SweepRow) => Value;
}

function sweepColumns(swept: readonly SweptColumn[], own: readonly Column[]): SweepColumn[] {
  const cell = { name: 'cell', type: 'count', unit: '1', meaning: 'number of the cell in the sweep, from 0' } as const;
  return [
    { ...cell, of: ({ cell }) => cell },
    ...swept.map(({ name, type, unit }, i): SweepColumn => {
      const of = ({ labels }: SweepRow) => (type === 'text' ? String(labels[i]) : labels[i]);
      return { name, type, unit, meaning: `value of ${name} in this cell`, of };
    }),
    ...own.map((column): SweepColumn => ({ ...column, of: ({ row }) => row[column.name] ?? null })),
  ];
}

/**
 * The words of each text column, met with the cells in whatever order these end; a file's dictionaries stand before its
 * first batch. They come out in order of first appearance in the table.
 */
export class SweepWords {
  readonly #columns: readonly SweepColumn[];
  /** By column, then by word: where it appears first. */
  readonly #known: readonly Map<string, number>[];

  constructor({ columns }: SweptTable) {
    this.#columns = columns.filter(({ type }) => type === 'text');
    this.#known = this.#columns.map(() => new Map());
  }

  /** Takes the rows of the cell with this number. */
  add(cell: number, { labels, rows }: CellRows): void {
    this.#columns.forEach(({ of }, column) => {
      const known = this.#known[column];
      rows.forEach((row, i) => {
        const position = cell * MAX_ROWS_PER_CELL + i;
        const word = of({ cell, labels, row }) as string;
        if (position < (known.get(word) ?? Number.POSITIVE_INFINITY)) known.set(word, position);
      });
    });
  }

  /** The words of each column. */
  list(): Map<string, string[]> {
    const inOrder = (known: Map<string, number>) => [...known].sort((a, b) => a[1] - b[1]).map(([word]) => word);
    return new Map(this.#columns.map(({ name }, column) => [name, inOrder(this.#known[column])]));
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
  table: SweptTable,
  cells: AsyncIterable<CellRows>,
  known: SweepWords,
  metadata: Metadata,
): AsyncGenerator<Uint8Array, void, undefined> {
  const arrow = await import('apache-arrow');
  const { columns } = table;
  const lists = known.list();
  const words = new Map([...lists].map(([name, list]) => [name, new Map(list.map((word, i) => [word, i]))]));
  const dictionaries = new Map([...lists].map(([name, list]) => [name, dictionary(arrow, list)]));
  const encoder = new FileEncoder(arrow, arrowSchema(arrow, table, metadata));
  let first = 0;
  for await (const batch of batches(cells)) {
    const rows = batch.flatMap(({ labels, rows }, i) => rows.map((row) => ({ cell: first + i, labels, row })));
    yield encoder.batch(batchData(arrow, columns, rows, words, dictionaries), rows.length);
    first += batch.length;
  }
  yield encoder.end();
}

type Words = ReadonlyMap<string, ReadonlyMap<string, number>>;

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
  columns: readonly SweepColumn[],
  rows: readonly SweepRow[],
  words: Words,
  dictionaries: ReadonlyMap<string, Vector<Utf8>>,
): Data[] {
  return columns.map(({ name, type, of }, position) => {
    const values = rows.map(of);
    if (type === 'count') return countData(arrow, BigInt64Array.from(values as number[], BigInt));
    if (type === 'float') return nullableData(arrow, values as (number | null)[]);
    const known = words.get(name)!;
    const indices = Int32Array.from(values, (word) => known.get(word as string)!);
    return textData(arrow, position, indices, dictionaries.get(name)!);
  });
}
