import { RunError } from '../errors.js';
import { BASELINE } from '../model/pathway.js';
import type { Metadata } from '../tables/arrow-schema.js';
import type { SummaryRow } from '../tables/schema.js';
import { encodeSweep, SweepWords, type SweptColumn, sweepWorldsTable } from '../tables/sweep.js';
import { UNCERTAINTY, type UncertaintyRow } from '../tables/worlds.js';
import { asksForWorlds } from '../worlds/run-worlds.js';
import type { CellEngine } from './cell-engine.js';
import { worldsKey } from './cells/cell-key.js';
import { type CellStore, openCellStore } from './cells/cell-store.js';
import type { KeyedCell } from './compute-cells.js';
import { storedRows } from './stored-rows.js';

/** What a sweep's cells are known to. */
export interface SweepWorlds {
  /** Of each cell, what its medians and days are known to; undefined of a cell that asks for no worlds. */
  readonly known: readonly (readonly UncertaintyRow[] | undefined)[];
  /** All rows of all cells, as an Arrow file. */
  encoded(metadata: Metadata): AsyncIterable<Uint8Array>;
}

/** What computes and keeps cells. */
export interface CellsAtWork {
  readonly engine: CellEngine;
  readonly store: CellStore;
  readonly options: {
    readonly cells: string;
    readonly now: () => Date;
    readonly force?: boolean;
    readonly signal?: AbortSignal;
  };
}

/**
 * Draws the worlds of every cell that asks for them and has none kept, and keeps them: they share scores and queries from cell to cell.
 * Undefined where no cell asks.
 *
 * @param onRows takes each of these cells' whole summary and what is known of it
 */
export async function sweepWorlds(
  { engine, store, options }: CellsAtWork,
  cells: readonly KeyedCell[],
  swept: readonly SweptColumn[],
  onRows: (cell: number, summary: readonly SummaryRow[], uncertainty: readonly UncertaintyRow[]) => void,
): Promise<SweepWorlds | undefined> {
  if (!cells.some(({ scenario }) => asksForWorlds(scenario))) return undefined;
  const { signal = new AbortController().signal, force = false } = options;
  const kept = openCellStore(UNCERTAINTY, options.cells, options.now);
  const table = sweepWorldsTable(swept);
  const words = new SweepWords(table);
  const known: (readonly UncertaintyRow[] | undefined)[] = [];
  const drawn = new Set<string>();
  for (const [i, { key, scenario, labels }] of cells.entries()) {
    signal.throwIfAborted();
    const own = worldsKey(key);
    const summary = (await store.read(key, scenario.name)) ?? removed(key);
    const isFresh = force && !drawn.has(own);
    const rows =
      (isFresh ? undefined : await kept.read(own, scenario.name)) ?? (await engine.worlds(scenario, summary, signal));
    drawn.add(own);
    await kept.write(own, rows);
    words.add(i, { labels, rows });
    if (!asksForWorlds(scenario)) continue;
    known[i] = rows.filter(isHeadline);
    onRows(i, summary, rows);
  }
  const keyed = cells.map((cell) => ({ ...cell, key: worldsKey(cell.key) }));
  return { known, encoded: (metadata) => encodeSweep(table, storedRows(kept, keyed), words, metadata) };
}

function isHeadline({ statistic, metric, pathway }: UncertaintyRow): boolean {
  if (statistic === 'total') return pathway === 'none';
  return metric === 'energy' && statistic === 'p50' && pathway === BASELINE;
}

function removed(key: string): never {
  throw new RunError(`cell ${key} was removed while the sweep ran; run again to compute what is missing`);
}
