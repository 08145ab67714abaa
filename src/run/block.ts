import type { BlockRange } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { runRange } from '../engine/draw-range.js';
import { RunError } from '../errors.js';
import { BASELINE } from '../model/pathway.js';
import { isInput } from '../model/quantities.js';
import type { PassNumber, Plan } from '../plan/plan.js';
import { countStages, planOfPass } from '../plan/stages.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Sketches } from '../sketch/sketches.js';
import { countOf, quantiles } from '../sketch/statistics.js';
import type { Pool } from '../workers/pool.js';

/** One block drawn alone: what to look at when a run names the block that it failed at. */
export interface BlockRun {
  readonly plan: Plan;
  readonly sketches: Sketches;
}

/** What one output of a plan counted in a block. */
export interface BlockOutput {
  readonly output: string;
  readonly n: number;
  readonly zeros: number;
  readonly non_finite: number;
  /** Null where all draws are zero or not finite. */
  readonly p50: number | null;
}

/**
 * Draws one block of one pass, in the calling thread. The second pass depends on the quantiles of the whole first one, which
 * `pool` draws for it.
 *
 * @throws RunError if the scenario has no such pass; what the block throws, unchanged, so that its stack is seen
 */
export async function runBlock(
  pool: Pool,
  scenario: ResolvedScenario,
  pass: PassNumber,
  block: number,
  signal: AbortSignal,
): Promise<BlockRun> {
  if (pass > countStages(scenario)) throw new RunError(`${scenario.name} has no blends, so no second pass`);
  const plan = await planOfPass(scenario, pass, async (plan) => ({
    plan,
    sketches: await pool.run(plan, () => {}, signal),
  }));
  return { plan, sketches: await drawn(pool, plan, { firstBlock: block, blocks: 1 }) };
}

async function drawn({ engine }: Pool, plan: Plan, range: BlockRange): Promise<Sketches> {
  const sketches = emptySketches(plan);
  sketches.merge(await runRange({ planNumber: 0, plan, engine: engine.handle, range }));
  return sketches;
}

/** One row for each output, in the plan's order. */
export function blockOutputs({ plan, sketches }: BlockRun): BlockOutput[] {
  return sketches.histograms.map((histogram, i) => {
    const { zeros, non_finite } = histogram;
    const finite = countOf(histogram);
    const p50 = finite > 0 ? quantiles(histogram, [0.5])[0] : null;
    return { output: nameOf(plan, i), n: finite + non_finite, zeros, non_finite, p50 };
  });
}

/** What was counted, in words: as the first of its rows is called. */
function nameOf({ measures }: Plan, place: number): string {
  const measure = measures.find(({ of, share }) => of === place && share === undefined);
  if (measure === undefined) throw new RangeError('a plan counts what has no name');
  const { regime, subject, subject_kind, pathway, trim, metric } = measure.row;
  if (isInput(metric)) return metric;
  if (subject_kind === 'blend') return `${regime} ${subject} ${pathway} ${trim}`;
  return `${regime} ${subject} ${pathway === BASELINE ? '' : `${pathway} `}${metric}`;
}
