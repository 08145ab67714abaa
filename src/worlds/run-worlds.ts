import type { PooledModels } from '../plan/plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { cellsRunner } from '../simulate/run-cells.js';
import type { SummaryRow } from '../tables/schema.js';
import type { Pool } from '../workers/pool.js';
import { type UncertainScenario, type WorldOptions, type WorldPlans, worldPlans } from './world-plans.js';

/** What was drawn for the worlds of a scenario. */
export interface Worlds {
  readonly scenario: UncertainScenario;
  readonly plans: WorldPlans;
  /** Of each scenario that was drawn, the rows of its summary: the same names in the same order. */
  readonly rows: readonly (readonly SummaryRow[])[];
}

/** How worlds are carried out, and told apart. */
export interface RunWorldsOptions extends WorldOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What worlds are drawn on: scenarios go to its threads whole. */
export type WorldsPool = Pick<Pool, 'workers' | 'engine' | 'runCells'>;

/** Whether a scenario asks for worlds. */
export function asksForWorlds(scenario: ResolvedScenario): scenario is UncertainScenario {
  return scenario.uncertainty !== undefined;
}

/**
 * Draws the worlds of a scenario, each whole in one thread: the numbers do not depend on how many there are.
 *
 * @param chosen which models each blend pools
 * @throws the signal's reason, if aborted
 */
export async function runWorlds(
  pool: WorldsPool,
  scenario: UncertainScenario,
  chosen: readonly PooledModels[],
  { signal = new AbortController().signal, ...options }: RunWorldsOptions = {},
): Promise<Worlds> {
  const plans = await worldPlans(scenario, chosen, options);
  const tasks = tasksOf(plans.scenarios, pool.workers);
  const run = pool.runCells ?? inThisThread(pool);
  const found: SummaryRow[][][] = [];
  const queue = tasks.entries();
  const lane = async () => {
    for (const [i, task] of queue) found[i] = await run(task, signal);
  };
  await Promise.all(Array.from({ length: pool.workers + 1 }, lane));
  return { scenario, plans, rows: found.flat() };
}

/** Scenarios of a task at most: more would let Ctrl-C wait. */
const MOST_TOGETHER = 16;

/** So many tasks a thread leave none idle for long. */
const TASKS_PER_THREAD = 4;

function tasksOf(scenarios: readonly ResolvedScenario[], workers: number): ResolvedScenario[][] {
  const fair = Math.ceil(scenarios.length / (TASKS_PER_THREAD * Math.max(1, workers)));
  const size = Math.min(MOST_TOGETHER, fair);
  return Array.from({ length: Math.ceil(scenarios.length / size) }, (_, i) =>
    scenarios.slice(i * size, (i + 1) * size),
  );
}

/** In the calling thread, which lets timers and signals have their turn between tasks. */
function inThisThread({ engine }: WorldsPool): NonNullable<Pool['runCells']> {
  const run = cellsRunner(engine);
  return async (scenarios, signal) => {
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    return run(scenarios);
  };
}
