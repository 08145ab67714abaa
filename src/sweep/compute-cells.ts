import type { CellStore } from '../cells/cell-store.js';
import { RunError } from '../errors.js';
import { BLOCK_SIZE } from '../kernel/uniforms.js';
import { seriesOf } from '../result.js';
import { summaryRows } from '../rows/summary.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ResolvedCell } from '../scenario/sweep-from-text.js';
import { simulateIn } from '../simulate.js';
import type { SummaryRow } from '../tables/schema.js';
import type { Pool } from '../workers/pool.js';
import { LARGEST_CELL, runCell } from '../workers/run-cell.js';

/** A cell with the address of its numbers. */
export interface KeyedCell extends ResolvedCell {
  readonly key: string;
}

/** A finished cell. */
export interface FinishedCell {
  readonly rows: readonly SummaryRow[];
  /** Whether its numbers were in the store already. */
  readonly reused: boolean;
}

/** How cells are carried out; none of it changes a number. */
export interface ComputeOptions {
  /** Computes every cell, also those that the store has. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  /** Called with each cell as it ends, in any order. */
  readonly onCell: (cell: number, finished: FinishedCell) => void;
}

/** In the calling thread a cell runs whole only if Ctrl-C need not wait long for it: about a second a model. */
const LARGEST_UNINTERRUPTED = 1_000_000;

/** Below one range of blocks a cell cannot be split over threads anyway (plan.ts). */
const SMALLEST_SPLIT = 64 * BLOCK_SIZE;

/** With so many cells a thread, the last ones leave no thread idle for long. */
const CELLS_PER_THREAD = 4;

/**
 * Has every cell in the store, one after the other from it or computed and kept as soon as it is done: an interrupted sweep
 * goes on where it stopped. Cells of one key are computed once. Small cells, and those of large sweeps, run whole in one
 * thread, others are split over all threads.
 *
 * @throws RunError naming the cell that failed; the signal's reason, if aborted
 */
export async function computeCells(
  pool: Pool,
  store: CellStore,
  cells: readonly KeyedCell[],
  options: ComputeOptions,
): Promise<void> {
  const underway = new Map<string, Promise<void>>();
  const queue = cells.entries();
  let failed = false;
  const lane = async () => {
    for (const [i, cell] of queue) {
      if (failed) return;
      const finished = finish(cell, i);
      const settled = () => undefined;
      if (!underway.has(cell.key)) underway.set(cell.key, finished.then(settled, settled));
      options.onCell(i, await finished);
    }
  };
  const stopOthers = (error: unknown) => {
    failed = true;
    throw error;
  };
  // One lane more than threads, so that none waits for the store.
  await Promise.all(Array.from({ length: pool.workers + 1 }, () => lane().catch(stopOthers)));

  async function finish(cell: KeyedCell, i: number): Promise<FinishedCell> {
    options.signal.throwIfAborted();
    const same = underway.get(cell.key);
    await same;
    const stored = options.force && !same ? undefined : await store.read(cell.key, cell.scenario.name);
    if (stored) return { rows: stored, reused: true };
    const rows = await compute(pool, cell.scenario, cells.length, options.signal).catch((cause: unknown) =>
      fail(cell, i, cause, options.signal),
    );
    await store.write(cell.key, rows);
    return { rows, reused: false };
  }
}

async function compute(
  pool: Pool,
  scenario: ResolvedScenario,
  cells: number,
  signal: AbortSignal,
): Promise<SummaryRow[]> {
  if (!runsWhole(pool, scenario.samples, cells)) {
    const result = await simulateIn(pool, scenario, { signal });
    return summaryRows(scenario.name, seriesOf(result));
  }
  if (pool.runCell) return pool.runCell(scenario, signal);
  // Lets timers and signals of the calling thread have their turn between two cells.
  await new Promise((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
  return runCell(scenario, pool.module);
}

function runsWhole({ workers, runCell }: Pool, samples: number, cells: number): boolean {
  if (samples <= SMALLEST_SPLIT) return true;
  return samples <= (runCell ? LARGEST_CELL : LARGEST_UNINTERRUPTED) && cells >= CELLS_PER_THREAD * workers;
}

function fail({ labels }: KeyedCell, cell: number, cause: unknown, signal: AbortSignal): never {
  signal.throwIfAborted();
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new RunError(`cell ${cell} (${labels.join(', ')}) failed: ${reason}; run again to go on with the other cells`, {
    cause,
  });
}
