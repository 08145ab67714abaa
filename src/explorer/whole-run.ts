import type { Engine } from '../engine/engine.js';
import { notesOf } from '../result/notes.js';
import type { Result } from '../result/result.js';
import { fleetRows } from '../result/rows/fleet.js';
import { inputRows } from '../result/rows/inputs.js';
import { loadRows } from '../result/rows/load.js';
import { summaryRows } from '../result/rows/summary.js';
import { seriesOf } from '../result/series.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { simulateIn } from '../simulate/simulate.js';
import type { LoadRow } from '../tables/load-hours.js';
import type { FleetRow, SummaryRow } from '../tables/schema.js';
import type { UncertaintyRow } from '../tables/worlds.js';
import { callingThread } from '../workers/calling-thread.js';
import { poolOn } from '../workers/pool.js';
import { asksForWorlds, runWorlds } from '../worlds/run-worlds.js';
import { uncertaintyRows } from '../worlds/uncertainty-rows.js';

/** Rows of a whole run of a scenario, as the command line writes them into its tables. */
export interface WholeRun {
  readonly summary: readonly SummaryRow[];
  readonly fleet: readonly FleetRow[];
  readonly load: readonly LoadRow[];
  /** What a reader of the numbers must know, as a run prints it. */
  readonly notes: readonly string[];
}

/** What is known of one side as a whole. */
export interface WholeSide {
  readonly run: WholeRun;
  /** Absent where the scenario asks for no worlds, or until they are drawn. */
  readonly uncertainty?: readonly UncertaintyRow[];
  /** Whether worlds are on their way. */
  readonly worldsFollow: boolean;
}

/** What comes of scenarios in the background, by their place: of each its run, then of those that ask for them their worlds. */
export type WholeReply =
  | { readonly of: number; readonly run: WholeRun; readonly worldsFollow: boolean }
  | { readonly of: number; readonly uncertainty: readonly UncertaintyRow[] }
  | { readonly of: number; readonly problem: string };

/** Runs scenarios whole in the calling thread: a worker that the page ends when it wants something else. */
export async function runWhole(
  scenarios: readonly ResolvedScenario[],
  engine: Engine,
  tell: (reply: WholeReply) => void,
): Promise<void> {
  const pool = poolOn(callingThread(engine));
  const results: Result[] = [];
  for (const [of, scenario] of scenarios.entries()) {
    await tellingProblems(of, tell, async () => {
      const result = await simulateIn(pool, scenario, {});
      results[of] = result;
      tell({ of, run: await rowsOf(result), worldsFollow: asksForWorlds(scenario) });
    });
  }
  for (const [of, scenario] of scenarios.entries()) {
    const chosen = results[of]?.blends.plan.blends;
    if (chosen === undefined || !asksForWorlds(scenario)) continue;
    await tellingProblems(of, tell, async () => {
      tell({ of, uncertainty: uncertaintyRows(await runWorlds(pool, scenario, chosen)) });
    });
  }
}

/** What is wrong with one scenario does not stop the other. */
async function tellingProblems(of: number, tell: (reply: WholeReply) => void, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    tell({ of, problem: error instanceof Error ? error.message : String(error) });
  }
}

async function rowsOf(result: Result): Promise<WholeRun> {
  const { scenario } = result;
  const summary = summaryRows(scenario.name, seriesOf(result));
  const notes = notesOf(scenario, summary, await inputRows(result));
  return { summary, fleet: fleetRows(result), load: await loadRows(result), notes };
}
