import { SMALLEST_RANGE } from '../blocks/block-ranges.js';
import { drawSeconds } from '../engine/draw-seconds.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import { cellRows } from '../result/rows/cell.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ResolvedCell } from '../scenario/sweep-from-text.js';
import { type CellsRunner, cellsRunner, LARGEST_CELL } from '../simulate/run-cells.js';
import { simulateIn } from '../simulate/simulate.js';
import type { SummaryRow } from '../tables/schema.js';
import type { Pool } from '../workers/pool.js';
import { type CellWorlds, worldsOn } from './cell-worlds.js';
import { gathered } from './gathered.js';

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
  /** @throws the signal's reason, if aborted */
  readonly worlds: CellWorlds;
}

/** In the calling thread a cell runs whole only if Ctrl-C need not wait long for it: about a second a model. */
const LARGEST_UNINTERRUPTED = 1_000_000;

/** Below one range of blocks a cell cannot be split over threads anyway. */
const SMALLEST_SPLIT = SMALLEST_RANGE * BLOCK_SIZE;

/** With so many cells a thread, the last ones leave no thread idle for long. */
const CELLS_PER_THREAD = 4;

/** Seconds that drawing a task's cells one by one would take: cells of one task are drawn together, so it takes less. */
const TASK_SECONDS = 0.25;

/** Cells of a task at most: they are kept when all of them are done. */
const MOST_TOGETHER = 32;

/**
 * Computes cells in a pool: small ones, and those of large sweeps, whole in one thread, a few at a time; others split over all
 * threads. So is one that has failed whole: that ends well, or names the block that it is.
 *
 * @param cells of the whole sweep
 */
export function cellsIn(pool: Pool, cells: readonly ResolvedCell[]): CellEngine {
  const { workers } = pool;
  const together = cellsTogether(pool, cells);
  const runCells = pool.runCells ?? inThisThread(cellsRunner(pool.engine));
  const runWhole = gathered(together, (calls: readonly CellCall[]) =>
    runCells(
      calls.map(({ scenario }) => scenario),
      calls[0].signal,
    ),
  );
  // One task more than threads, so that none waits for the store.
  return { workers, kernel: pool.engine.name, lanes: (workers + 1) * together, compute, worlds: worldsOn(pool) };

  async function compute({ scenario }: ResolvedCell, signal: AbortSignal): Promise<SummaryRow[]> {
    const whole = runsWhole(pool, scenario.samples, cells.length);
    return whole
      ? runWhole({ scenario, signal }).catch(() => inRanges(pool, scenario, signal))
      : inRanges(pool, scenario, signal);
  }
}

/** What a cell's computation is asked with; a sweep has one signal. */
interface CellCall {
  readonly scenario: ResolvedScenario;
  readonly signal: AbortSignal;
}

function inThisThread(run: CellsRunner): NonNullable<Pool['runCells']> {
  return async (scenarios, signal) => {
    signal.throwIfAborted();
    return run(scenarios);
  };
}

function cellsTogether({ workers, engine }: Pool, cells: readonly ResolvedCell[]): number {
  const seconds = cells.reduce((sum, { scenario }) => sum + drawSeconds(scenario, engine.name), 0) / cells.length;
  const fair = cells.length / (CELLS_PER_THREAD * Math.max(1, workers));
  return Math.max(1, Math.floor(Math.min(MOST_TOGETHER, fair, TASK_SECONDS / seconds)));
}

async function inRanges(pool: Pool, scenario: ResolvedScenario, signal: AbortSignal): Promise<SummaryRow[]> {
  return cellRows(scenario, await simulateIn(pool, scenario, { signal }));
}

function runsWhole({ workers, runCells }: Pool, samples: number, cells: number): boolean {
  if (samples <= SMALLEST_SPLIT) return true;
  return samples <= (runCells ? LARGEST_CELL : LARGEST_UNINTERRUPTED) && cells >= CELLS_PER_THREAD * workers;
}
