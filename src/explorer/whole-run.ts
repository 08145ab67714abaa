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

/** What comes of a scenario in the background, first the run and then, where the scenario asks for them, its worlds. */
export type WholeReply =
  | { readonly run: WholeRun; readonly worldsFollow: boolean }
  | { readonly uncertainty: readonly UncertaintyRow[] }
  | { readonly problem: string };

/** Runs a scenario whole in the calling thread: a worker that the page ends when it wants something else. */
export async function runWhole(
  scenario: ResolvedScenario,
  engine: Engine,
  tell: (reply: WholeReply) => void,
): Promise<void> {
  const pool = poolOn(callingThread(engine));
  const result = await simulateIn(pool, scenario, {});
  const worldsFollow = asksForWorlds(scenario);
  tell({ run: await rowsOf(result), worldsFollow });
  if (worldsFollow) tell({ uncertainty: uncertaintyRows(await runWorlds(pool, scenario, result.blends.plan.blends)) });
}

async function rowsOf(result: Result): Promise<WholeRun> {
  const { scenario } = result;
  const summary = summaryRows(scenario.name, seriesOf(result));
  const notes = notesOf(scenario, summary, await inputRows(result));
  return { summary, fleet: fleetRows(result), load: await loadRows(result), notes };
}
