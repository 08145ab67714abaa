import type { BlockRange } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { runRange } from '../engine/run-range.js';
import { RunError } from '../errors.js';
import { type OutputPlan, type Plan, planBlends, planModels } from '../plan/plan.js';
import { blendMembers } from '../result/result.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Sketches } from '../sketch/sketches.js';
import { countOf, quantiles } from '../sketch/statistics.js';
import type { PassNumber } from '../workers/block-error.js';
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
  if (pass === 2 && scenario.blends.length === 0)
    throw new RunError(`${scenario.name} has no blends, so no second pass`);
  const plan = pass === 1 ? planModels(scenario) : await blendPlan(pool, scenario, signal);
  return { plan, sketches: await drawn(pool, plan, { firstBlock: block, blocks: 1 }) };
}

async function drawn({ module }: Pool, plan: Plan, range: BlockRange): Promise<Sketches> {
  const sketches = emptySketches(plan);
  sketches.merge(await runRange({ planNumber: 0, plan, module, range }));
  return sketches;
}

/** One row for each output, in the plan's order. */
export function blockOutputs({ plan, sketches }: BlockRun): BlockOutput[] {
  return sketches.histograms.map((histogram, i) => {
    const { zeros, non_finite } = histogram;
    const finite = countOf(histogram);
    const p50 = finite > 0 ? quantiles(histogram, [0.5])[0] : null;
    return { output: outputName(plan, plan.outputs[i]), n: finite + non_finite, zeros, non_finite, p50 };
  });
}

async function blendPlan(pool: Pool, scenario: ResolvedScenario, signal: AbortSignal): Promise<Plan> {
  const plan = planModels(scenario);
  const sketches = await pool.run(plan, () => {}, signal);
  return planBlends(scenario, blendMembers(scenario, { plan, sketches }));
}

function outputName(plan: Plan, output: OutputPlan): string {
  if (output.kind === 'column') return plan.columns[output.column].variable;
  if (output.kind === 'pathway') {
    const { name, regime } = plan.blends[output.blend];
    return `${plan.regimes[regime].name} ${name} ${output.pathway} ${output.trim}`;
  }
  const { regime, model } = plan.cells[output.cell];
  const quantity = output.kind === 'non-production' ? `${output.serving} ${output.quantity}` : output.kind;
  return `${plan.regimes[regime].name} ${model} ${quantity}`;
}
