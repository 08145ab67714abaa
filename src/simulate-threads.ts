import type { Result } from './result.js';
import type { ResolvedScenario } from './scenario/resolved.js';
import { type SimulateOptions, simulateIn } from './simulate.js';
import { openPool } from './workers/pool.js';

/** As `SimulateOptions`, with threads. */
export interface ThreadedSimulateOptions extends Omit<SimulateOptions, 'workers'> {
  /** Threads besides the calling one; 0 runs in the calling thread. */
  readonly workers: number;
}

/**
 * Simulates one resolved scenario, in worker threads if there are to be any; needs Node. The result does not depend on how
 * many.
 *
 * @throws RunError if a block fails or a thread dies; the signal's reason, if aborted
 */
export async function simulate(scenario: ResolvedScenario, options: ThreadedSimulateOptions): Promise<Result> {
  const pool = await openPool(options.workers, undefined, options.kernel);
  try {
    return await simulateIn(pool, scenario, options);
  } finally {
    await pool.close();
  }
}
