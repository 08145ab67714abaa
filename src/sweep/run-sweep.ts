import { join } from 'node:path';
import { RunError } from '../errors.js';
import { BASELINE } from '../model/pathway.js';
import { isInput, unitOf } from '../model/quantities.js';
import { countStages } from '../plan/stages.js';
import { scenarioHash, tableMetadata } from '../result/manifest.js';
import type { ResolvedSweep } from '../scenario/sweep-from-text.js';
import { LABEL_KEY, labelOf } from '../tables/earlier.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import { checkWritable, type OutputFile, type WrittenFile, writeFiles } from '../tables/output-folder.js';
import { baseOf, earlierOptions, type NamedResult } from '../tables/result-name.js';
import type { SummaryRow } from '../tables/schema.js';
import { type CellRows, encodeSweep, SweepWords, type SweptColumn } from '../tables/sweep.js';
import { engineVersion } from '../version.js';
import type { Pool } from '../workers/pool.js';
import { type CellEngine, cellsIn } from './cell-engine.js';
import { cellKey } from './cells/cell-key.js';
import { type CellStore, openCellStore } from './cells/cell-store.js';
import { computeCells, type FinishedCell, type KeyedCell } from './compute-cells.js';
import { type SweepFacts, sweepManifest } from './sweep-manifest.js';
import { sweepNotes } from './sweep-notes.js';

/** Where a sweep is written, and what it keeps and tells on its way. */
export interface RunSweepOptions extends NamedResult {
  /** Results go to a folder named after the scenario in this one. */
  readonly out: string;
  /** Folder of the cells kept from one sweep to the next. */
  readonly cells: string;
  /** Computes every cell, also those that are kept. */
  readonly force?: boolean;
  /** The clock that the manifest and the kept cells report. */
  readonly now: () => Date;
  /** Called after each cell with the samples of all cells done and of all cells, in all passes. */
  readonly onProgress?: (drawn: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** One cell of a finished sweep. */
export interface CellReport {
  /** What stands for its values, in the order of the swept keys. */
  readonly labels: readonly (string | number)[];
  /** Address of its numbers in the folder of kept cells. */
  readonly key: string;
  /** Whether its numbers were kept from an earlier sweep. */
  readonly reused: boolean;
  /** Energy per query without any pathway, from its summary. */
  readonly energy: readonly SummaryRow[];
}

/** What a sweep found and wrote. */
export interface SweepReport {
  readonly sweep: ResolvedSweep;
  readonly folder: string;
  readonly cells: readonly CellReport[];
  /** What a reader must know, in words, of all cells together. */
  readonly notes: readonly string[];
  readonly files: readonly WrittenFile[];
  readonly seconds: number;
}

/**
 * Runs every cell of a sweep that is not kept from before and writes `sweep.arrow`, all cells in one long table, with
 * `sweep.json`, or both with a name of its own; needs Node.
 * Each cell is kept as soon as it is done, and the table appears when all are: it is a pure function of the sweep, however
 * often it was interrupted.
 *
 * @param onRows takes each cell's whole summary, in any order
 * @throws InputError if a folder cannot be written, RunError if a cell fails, the signal's reason if aborted
 */
export function runSweep(
  pool: Pool,
  sweep: ResolvedSweep,
  options: RunSweepOptions,
  onRows?: OnRows,
): Promise<SweepReport> {
  return runSweepOn(cellsIn(pool, sweep.cells), sweep, options, onRows);
}

type OnRows = (cell: number, rows: readonly SummaryRow[]) => void;

/** The same on whatever computes the cells. */
export async function runSweepOn(
  engine: CellEngine,
  sweep: ResolvedSweep,
  options: RunSweepOptions,
  onRows: OnRows = () => {},
): Promise<SweepReport> {
  const folder = join(options.out, sweep.base.name);
  await checkWritable(folder);
  await checkWritable(options.cells);
  const started = options.now();
  const store = openCellStore(options.cells, options.now);
  const keyed = keyedCells(sweep, engine.kernel);
  const columns = sweptColumns(sweep);
  const words = new SweepWords(columns);
  const finished = finishAll(engine, store, keyed, options, (cell, rows) => {
    words.add(cell, { labels: keyed[cell].labels, rows });
    onRows(cell, rows);
  });
  // What the tables need besides, while the threads draw.
  const scenarios = sweep.cells.map(({ scenario }) => scenario);
  const [cells, notes] = await Promise.all([finished, sweepNotes(scenarios), import('apache-arrow')]);
  const seconds = (options.now().getTime() - started.getTime()) / 1000;
  const facts = { workers: engine.workers, started, seconds, cells, notes };
  const table = encodeSweep(columns, sweep.base.quantiles, storedRows(store, keyed), words, sweepMetadata(sweep));
  const base = baseOf('sweep', options.name);
  const earlier = earlierOptions([base], options);
  const files = await writeFiles(folder, sweepFiles(base, sweep, table, facts), { ...earlier, signal: options.signal });
  return { sweep, folder, cells, notes, files, seconds };
}

function keyedCells({ cells }: ResolvedSweep, kernel: string): KeyedCell[] {
  const version = engineVersion();
  return cells.map((cell) => ({ ...cell, key: cellKey(cell.scenario, version, kernel) }));
}

async function finishAll(
  engine: CellEngine,
  store: CellStore,
  keyed: readonly KeyedCell[],
  { force = false, signal = new AbortController().signal, onProgress }: RunSweepOptions,
  onRows: OnRows,
): Promise<CellReport[]> {
  const reports: CellReport[] = new Array(keyed.length);
  const work = keyed.map(({ scenario }) => scenario.samples * countStages(scenario));
  const total = work.reduce((sum, samples) => sum + samples, 0);
  let drawn = 0;
  const onCell = (cell: number, { rows, reused }: FinishedCell) => {
    const { labels, key } = keyed[cell];
    reports[cell] = { labels, key, reused, energy: ofFirstFormula(rows).filter(isHeadline) };
    onRows(cell, rows);
    drawn += work[cell];
    onProgress?.(drawn, total);
  };
  await computeCells(engine, store, keyed, { force, signal, onCell });
  return reports;
}

function isHeadline({ metric, pathway }: SummaryRow): boolean {
  return metric === 'energy' && pathway === BASELINE;
}

function* sweepFiles(
  base: string,
  sweep: ResolvedSweep,
  table: AsyncIterable<Uint8Array>,
  facts: SweepFacts,
): Generator<OutputFile> {
  yield { name: `${base}.arrow`, content: table };
  const hash = scenarioHash(sweep.base);
  yield {
    name: `${base}.json`,
    content: (files) => `${JSON.stringify(sweepManifest(sweep, hash, facts, files), null, 2)}\n`,
  };
}

function sweepMetadata({ base, keys, cells }: ResolvedSweep): Record<string, string> {
  return {
    ...tableMetadata(base),
    'tokenjoule.cells': String(cells.length),
    'tokenjoule.swept': JSON.stringify(keys),
    // The last parts of dotted keys tell sweeps of one scenario apart.
    [LABEL_KEY]: labelOf(keys.map((key) => key.split('.').at(-1) ?? key)),
  };
}

async function* storedRows(store: CellStore, cells: readonly KeyedCell[]): AsyncGenerator<CellRows> {
  for (const { key, labels, scenario } of cells) {
    const rows = await store.read(key, scenario.name);
    if (!rows) throw new RunError(`cell ${key} was removed while the sweep ran; run again to compute what is missing`);
    yield { labels, rows };
  }
}

function sweptColumns({ keys, cells }: ResolvedSweep): SweptColumn[] {
  return keys.map((name, i) => {
    const numbers = cells.every(({ labels }) => typeof labels[i] === 'number');
    const variable = name.split('.').at(-1) ?? '';
    return {
      name,
      type: numbers ? 'float' : 'text',
      unit: numbers ? (isInput(variable) ? unitOf(variable) : '1') : 'none',
    };
  });
}
