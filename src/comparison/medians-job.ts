import { rangesOfSize } from '../blocks/block-ranges.js';
import { allBlocks, samplesIn } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { rangeDrawer } from '../engine/draw-range.js';
import { REFERENCE_ENGINE } from '../engine/reference-engine.js';
import type { Plan } from '../plan/plan.js';
import { planModels } from '../plan/plan-models.js';
import { blendMembers, energyByModel } from '../plan/stages.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Histogram } from '../sketch/histogram.js';
import type { Sketches } from '../sketch/sketches.js';
import { quantiles } from '../sketch/statistics.js';
import type { Job, OnDraws } from '../workers/jobs.js';

/** Median energy of one subject, Wh. */
export interface Median {
  readonly regime: string;
  readonly kind: 'model' | 'blend';
  readonly name: string;
  readonly p50: number;
}

/** Draws a scenario, with its samples, in any thread: the median of every model and untrimmed blend. */
export const MEDIANS_JOB: Job<{ readonly scenario: ResolvedScenario }, Median[]> = {
  name: 'medians',
  async run({ scenario }, onDraws) {
    // As the pairs are drawn.
    const plan: Plan = { ...planModels(scenario), sampler: 'pseudo' };
    return mediansOf(scenario, plan, await drawn(plan, onDraws));
  },
};

/** Blocks between two words about progress. */
const STEP = 64;

async function drawn(plan: Plan, onDraws: OnDraws): Promise<Sketches> {
  const draw = await rangeDrawer(plan, REFERENCE_ENGINE);
  const sketches = emptySketches(plan);
  for (const range of rangesOfSize(allBlocks(plan.samples), STEP)) {
    sketches.merge(draw(range));
    onDraws(samplesIn(plan, range));
  }
  return sketches;
}

function mediansOf(scenario: ResolvedScenario, plan: Plan, sketches: Sketches): Median[] {
  const pass = { plan, sketches };
  const models = plan.services.map(({ regime, model }) =>
    medianOf(regime, 'model', model, energyByModel(pass, regime), [model]),
  );
  const blends = blendMembers(scenario, pass).map(({ blend, regime, members }) =>
    medianOf(
      regime,
      'blend',
      blend,
      energyByModel(pass, regime),
      members.map(({ model }) => model),
    ),
  );
  return [...models, ...blends];
}

function medianOf(
  regime: string,
  kind: Median['kind'],
  name: string,
  energies: ReadonlyMap<string, Histogram>,
  members: readonly string[],
): Median {
  const pool = new Histogram();
  for (const member of members) pool.merge(energies.get(member) ?? new Histogram());
  return { regime, kind, name, p50: quantiles(pool, [0.5])[0] };
}
