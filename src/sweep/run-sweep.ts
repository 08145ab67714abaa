import { join } from 'node:path';
import { ENERGY_PER_DAY } from '../model/energy-per-day.js';
import { BASELINE } from '../model/pathway.js';
import { isInput, unitOf } from '../model/quantities.js';
import { countStages } from '../plan/stages.js';
import { scenarioHash, tableMetadata } from '../result/manifest.js';
import type { ResolvedSweep } from '../scenario/sweep-from-text.js';
import { LABEL_KEY, labelOf } from '../tables/earlier.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import { checkWritable, type OutputFile, type WrittenFile, writeFiles } from '../tables/output-folder.js';
import { baseOf, earlierOptions, type NamedResult } from '../tables/result-name.js';
import { SUMMARY, type SummaryRow } from '../tables/schema.js';
import { encodeSweep, SweepWords, type SweptColumn, sweepTable } from '../tables/sweep.js';
import type { UncertaintyRow } from '../tables/worlds.js';
import { engineVersion } from '../version.js';
import type { Pool } from '../workers/pool.js';
import { asksForWorlds } from '../worlds/run-worlds.js';
import { type CellEngine, cellsIn } from './cell-engine.js';
import { cellKey } from './cells/cell-key.js';
import { type CellStore, openCellStore } from './cells/cell-store.js';
import { computeCells, type FinishedCell, type KeyedCell } from './compute-cells.js';
import { storedRows } from './stored-rows.js';
import { type SweepFacts, sweepManifest } from './sweep-manifest.js';
import { sweepNotes } from './sweep-notes.js';
import { sweepWorlds } from './sweep-worlds.js';

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
  /** Days of its fleet without improvements. */
  readonly days: readonly SummaryRow[];
  /** What the medians of these, and the days of its fleet, are known to; absent where the cell asks for no worlds. */
  readonly known?: readonly UncertaintyRow[];
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
 * @param onRows takes each cell's whole summary and what is known of it, in any order
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

type OnRows = (cell: number, summary: readonly SummaryRow[], uncertainty: readonly UncertaintyRow[]) => void;

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
  const store = openCellStore(SUMMARY, options.cells, options.now);
  const keyed = keyedCells(sweep, engine.kernel);
  const table = sweepTable(sweptColumns(sweep), sweep.base.quantiles);
  const words = new SweepWords(table);
  const finished = finishAll(engine, store, keyed, options, (cell, rows) => {
    words.add(cell, { labels: keyed[cell].labels, rows });
    if (!asksForWorlds(keyed[cell].scenario)) onRows(cell, rows, []);
  });
  // What the tables need besides, while the threads draw.
  const scenarios = sweep.cells.map(({ scenario }) => scenario);
  const [drawn, notes] = await Promise.all([finished, sweepNotes(scenarios), import('apache-arrow')]);
  const worlds = await sweepWorlds({ engine, store, options }, keyed, sweptColumns(sweep), onRows);
  const cells = drawn.map((cell, i) => ({ ...cell, ...(worlds?.known[i] && { known: worlds.known[i] }) }));
  const seconds = (options.now().getTime() - started.getTime()) / 1000;
  const facts = { workers: engine.workers, started, seconds, cells, notes };
  const metadata = sweepMetadata(sweep);
  const base = baseOf('sweep', options.name);
  const tables = [
    { name: `${base}.arrow`, content: encodeSweep(table, storedRows(store, keyed), words, metadata) },
    ...(worlds ? [{ name: `${base}.uncertainty.arrow`, content: worlds.encoded(metadata) }] : []),
  ];
  const earlier = { ...earlierOptions([base], options), outdated: worlds ? [] : [`${base}.uncertainty.arrow`] };
  const files = await writeFiles(folder, sweepFiles(base, sweep, tables, facts), {
    ...earlier,
    signal: options.signal,
  });
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
  onRows: (cell: number, rows: readonly SummaryRow[]) => void,
): Promise<CellReport[]> {
  const reports: CellReport[] = new Array(keyed.length);
  const work = keyed.map(({ scenario }) => scenario.samples * countStages(scenario));
  const total = work.reduce((sum, samples) => sum + samples, 0);
  let drawn = 0;
  const onCell = (cell: number, { rows, reused }: FinishedCell) => {
    const { labels, key } = keyed[cell];
    const first = ofFirstFormula(rows);
    reports[cell] = { labels, key, reused, energy: first.filter(isHeadline), days: first.filter(isDay) };
    onRows(cell, rows);
    drawn += work[cell];
    onProgress?.(drawn, total);
  };
  await computeCells(engine, store, keyed, { force, signal, onCell });
  return reports;
}

function isDay({ metric, pathway }: SummaryRow): boolean {
  return metric === ENERGY_PER_DAY && pathway === 'none';
}

function isHeadline({ metric, pathway }: SummaryRow): boolean {
  return metric === 'energy' && pathway === BASELINE;
}

function* sweepFiles(
  base: string,
  sweep: ResolvedSweep,
  tables: readonly OutputFile[],
  facts: SweepFacts,
): Generator<OutputFile> {
  yield* tables;
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
