import type { Result } from '../result/result.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { openPool } from '../workers/open-pool.js';
import type { Pool } from '../workers/pool.js';
import { type EngineOptions, simulateIn } from './simulate.js';

/** How a run is carried out, and on how many threads; none of it changes a number. */
export interface SimulateOptions extends EngineOptions {
  /** Threads besides the calling one; 0, the default, runs in the calling thread. */
  readonly workers?: number;
  /** Runs in this open pool, which stays open, instead of one of its own, with its threads and kernel: for many scenarios, one after the other. */
  readonly pool?: Pool;
}

/**
 * Simulates one resolved scenario on worker threads; needs Node. The result does not depend on how many there are.
 *
 * @throws RunError if a block fails; the signal's reason, if aborted
 */
export async function simulate(scenario: ResolvedScenario, options: SimulateOptions = {}): Promise<Result> {
  if (options.pool) return simulateIn(options.pool, scenario, options);
  const pool = await openPool(options.workers ?? 0, undefined, options.kernel);
  try {
    return await simulateIn(pool, scenario, options);
  } finally {
    await pool.close();
  }
}
