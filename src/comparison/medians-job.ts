import { allBlocks } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { rangeRunner } from '../engine/run-range.js';
import { type Plan, planModels } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import { blendMembers } from '../result/result.js';
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
  const draw = await rangeRunner(plan, undefined);
  const sketches = emptySketches(plan);
  const { blocks } = allBlocks(plan.samples);
  for (let firstBlock = 0; firstBlock < blocks; firstBlock += STEP) {
    sketches.merge(draw({ firstBlock, blocks: Math.min(STEP, blocks - firstBlock) }));
    onDraws(Math.min(STEP * BLOCK_SIZE, plan.samples - firstBlock * BLOCK_SIZE));
  }
  return sketches;
}

function mediansOf(scenario: ResolvedScenario, plan: Plan, sketches: Sketches): Median[] {
  const energyOf = (regime: string, model: string) =>
    sketches.histograms[
      plan.outputs.findIndex((output) => {
        if (output.kind !== 'energy') return false;
        const cell = plan.cells[output.cell];
        return plan.regimes[cell.regime].name === regime && cell.model === model;
      })
    ];
  const models = plan.cells.map(({ regime, model }) => {
    const name = plan.regimes[regime].name;
    return medianOf(name, 'model', model, [energyOf(name, model)]);
  });
  const blends = blendMembers(scenario, { plan, sketches }).map(({ blend, regime, members }) =>
    medianOf(
      regime,
      'blend',
      blend,
      members.map(({ model }) => energyOf(regime, model)),
    ),
  );
  return [...models, ...blends];
}

function medianOf(regime: string, kind: Median['kind'], name: string, energies: readonly Histogram[]): Median {
  const pool = new Histogram();
  for (const energy of energies) pool.merge(energy);
  return { regime, kind, name, p50: quantiles(pool, [0.5])[0] };
}
