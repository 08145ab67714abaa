import { evenRanges, rangesOfSize } from '../blocks/block-ranges.js';
import { allBlocks, samplesIn } from '../blocks/blocks.js';
import { emptySketches } from '../counting/empty-sketches.js';
import { rangeDrawer } from '../engine/draw-range.js';
import { REFERENCE_ENGINE } from '../engine/reference-engine.js';
import type { Plan } from '../plan/plan.js';
import { planModels } from '../plan/plan-models.js';
import { energyBlends, energyByModel, type Pass } from '../plan/stages.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Histogram } from '../sketch/histogram.js';
import { quantiles } from '../sketch/statistics.js';
import type { Job, OnDraws } from '../workers/jobs.js';

/** Median energy of one subject, Wh. */
export interface Median {
  readonly regime: string;
  readonly kind: 'model' | 'blend';
  readonly name: string;
  readonly p50: number;
  /** The same of each batch of draws, in order: what they differ by tells the Monte Carlo error. */
  readonly batches: readonly number[];
}

/** Draws a scenario, with its samples, in any thread: the median of every model and untrimmed blend. */
export const MEDIANS_JOB: Job<{ readonly scenario: ResolvedScenario }, Median[]> = {
  name: 'medians',
  async run({ scenario }, onDraws) {
    // As the pairs are drawn.
    const plan: Plan = { ...planModels(scenario), sampler: 'pseudo' };
    return mediansOf(scenario, await drawn(plan, onDraws));
  },
};

/** Batches of draws: enough to know an error to a quarter, few enough to keep each one's counts in memory. */
const BATCHES = 8;

/** Blocks between two words about progress. */
const STEP = 64;

/** Energies of each model by regime. */
type Energies = ReadonlyMap<string, ReadonlyMap<string, Histogram>>;

interface Drawn {
  readonly pass: Pass;
  readonly batches: readonly Energies[];
}

async function drawn(plan: Plan, onDraws: OnDraws): Promise<Drawn> {
  const draw = await rangeDrawer(plan, REFERENCE_ENGINE);
  const sketches = emptySketches(plan);
  const batches = evenRanges(allBlocks(plan.samples), BATCHES).map((batch) => {
    const own = emptySketches(plan);
    for (const range of rangesOfSize(batch, STEP)) {
      const drawn = draw(range);
      own.merge(drawn);
      sketches.merge(drawn);
      onDraws(samplesIn(plan, range));
    }
    return energiesOf({ plan, sketches: own });
  });
  return { pass: { plan, sketches }, batches };
}

function energiesOf(pass: Pass): Energies {
  const regimes = new Set(pass.plan.services.map(({ regime }) => regime));
  return new Map([...regimes].map((regime) => [regime, energyByModel(pass, regime)]));
}

function mediansOf(scenario: ResolvedScenario, { pass, batches }: Drawn): Median[] {
  const all = energiesOf(pass);
  const medianOf = (regime: string, kind: Median['kind'], name: string, members: readonly string[]): Median => ({
    ...{ regime, kind, name },
    p50: pooledMedian(all.get(regime), members),
    batches: batches.map((energies) => pooledMedian(energies.get(regime), members)),
  });
  const models = pass.plan.services.map(({ regime, model }) => medianOf(regime, 'model', model, [model]));
  const blends = energyBlends(scenario, pass).map(({ blend, regime, members }) =>
    medianOf(
      regime,
      'blend',
      blend,
      members.map(({ model }) => model),
    ),
  );
  return [...models, ...blends];
}

function pooledMedian(energies: ReadonlyMap<string, Histogram> | undefined, members: readonly string[]): number {
  const pool = new Histogram();
  for (const member of members) pool.merge(energies?.get(member) ?? new Histogram());
  return quantiles(pool, [0.5])[0];
}
