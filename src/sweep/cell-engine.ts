import { setImmediate } from 'node:timers/promises';
import { kernelName } from '../kernel/load.js';
import { BLOCK_SIZE } from '../kernel/uniforms.js';
import { seriesOf } from '../result.js';
import { summaryRows } from '../rows/summary.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ResolvedCell } from '../scenario/sweep-from-text.js';
import { simulateIn } from '../simulate.js';
import type { SummaryRow } from '../tables/schema.js';
import type { Pool } from '../workers/pool.js';
import { cellRunner, LARGEST_CELL } from '../workers/run-cell.js';

/** What computes the cells of a sweep; the numbers do not depend on it, but for the kernel. */
export interface CellEngine {
  /** Threads that draw. */
  readonly workers: number;
  /** Name of the kernel that draws. */
  readonly kernel: string;
  /** Cells to be computed side by side. */
  readonly lanes: number;
  /** @throws RunError if the cell fails; the signal's reason, if aborted */
  compute(cell: ResolvedCell, signal: AbortSignal): Promise<SummaryRow[]>;
}

/** In the calling thread a cell runs whole only if Ctrl-C need not wait long for it: about a second a model. */
const LARGEST_UNINTERRUPTED = 1_000_000;

/** Below one range of blocks a cell cannot be split over threads anyway (plan.ts). */
const SMALLEST_SPLIT = 64 * BLOCK_SIZE;

/** With so many cells a thread, the last ones leave no thread idle for long. */
const CELLS_PER_THREAD = 4;

/**
 * Computes cells in a pool: small ones, and those of large sweeps, whole in one thread, others split over all threads. So is
 * one that has failed whole, and failed again: that ends well, or names the block that it is.
 *
 * @param cells of the whole sweep
 */
export function cellsIn(pool: Pool, cells: number): CellEngine {
  const runHere = cellRunner(pool.module);
  // One lane more than threads, so that none waits for the store.
  return { workers: pool.workers, kernel: kernelName(pool.module), lanes: pool.workers + 1, compute };

  async function compute({ scenario }: ResolvedCell, signal: AbortSignal): Promise<SummaryRow[]> {
    if (!runsWhole(pool, scenario.samples, cells)) return inRanges(pool, scenario, signal);
    if (pool.runCell) return pool.runCell(scenario, signal).catch(() => inRanges(pool, scenario, signal));
    // Lets timers and signals of the calling thread have their turn between two cells.
    await setImmediate();
    signal.throwIfAborted();
    return runHere(scenario);
  }
}

async function inRanges(pool: Pool, scenario: ResolvedScenario, signal: AbortSignal): Promise<SummaryRow[]> {
  const result = await simulateIn(pool, scenario, { signal });
  return summaryRows(scenario.name, seriesOf(result));
}

function runsWhole({ workers, runCell }: Pool, samples: number, cells: number): boolean {
  if (samples <= SMALLEST_SPLIT) return true;
  return samples <= (runCell ? LARGEST_CELL : LARGEST_UNINTERRUPTED) && cells >= CELLS_PER_THREAD * workers;
}
