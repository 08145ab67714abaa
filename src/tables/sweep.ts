import type { Data, Utf8, Vector } from 'apache-arrow';
import { type Arrow, arrowSchema, type Metadata } from './arrow-schema.js';
import { countData, dictionary, nullableData, textData } from './column-data.js';
import { FileEncoder } from './file-encoder.js';
import { type Column, SUMMARY, type SummaryRow, type Table } from './schema.js';

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
 * A sweep as an Arrow IPC file, batch by batch; no more than one batch of cells is held. The cells are asked for twice:
 * dictionaries stand before the first batch, with their words in order of first appearance.
 */
export async function* encodeSweep(
  swept: readonly SweptColumn[],
  cells: () => AsyncIterable<CellRows>,
  metadata: Metadata,
): AsyncGenerator<Uint8Array, void, undefined> {
  const arrow = await import('apache-arrow');
  const table = sweepTable(swept);
  const words = await collectWords(table, cells());
  const dictionaries = new Map([...words].map(([name, known]) => [name, dictionary(arrow, [...known.keys()])]));
  const encoder = new FileEncoder(arrow, arrowSchema(arrow, table, metadata));
  let first = 0;
  for await (const batch of batches(cells())) {
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

async function collectWords({ columns }: Table, cells: AsyncIterable<CellRows>): Promise<Words> {
  const words = new Map(textColumns(columns).map((name) => [name, new Map<string, number>()]));
  const swept = columns.slice(1, columns.length - SUMMARY.columns.length) as SweptColumn[];
  for await (const cell of cells) {
    for (const row of tableRows(swept, cell, 0)) {
      for (const [name, known] of words) {
        const word = row[name] as string;
        if (!known.has(word)) known.set(word, known.size);
      }
    }
  }
  return words;
}

function textColumns(columns: readonly Column[]): string[] {
  return columns.filter(({ type }) => type === 'text').map(({ name }) => name);
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
