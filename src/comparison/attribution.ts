import { BLOCK_SIZE } from '../kernel/uniforms.js';
import { type Plan, planModels } from '../plan.js';
import { blendMembers } from '../result.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { shapleyValues } from '../sensitivity/shapley-values.js';
import { Histogram } from '../sketch/histogram.js';
import { quantiles } from '../sketch/statistics.js';
import { sketchesOf } from '../workers/run-range.js';
import { type DifferingParameter, differingParameters, hybridOf } from './hybrid.js';

/** How much of the change of a subject's median energy each differing parameter makes. */
export interface Attribution {
  readonly regime: string;
  readonly kind: 'model' | 'blend';
  readonly name: string;
  /** Median energy in A and in B, Wh. */
  readonly p50_a: number;
  readonly p50_b: number;
  /** Wh; they add up to `p50_b - p50_a`. */
  readonly changes: readonly { readonly parameter: DifferingParameter; readonly change: number }[];
}

/**
 * Shapley values of the change of the median over the parameters in which the scenarios differ: the median is computed anew,
 * with the same draws, for A with every subset of them from B.
 *
 * @param onSubset called before each of the 2^d subsets
 */
export async function attributions(
  a: ResolvedScenario,
  b: ResolvedScenario,
  samples: number,
  onSubset?: (done: number, of: number) => void,
): Promise<Attribution[]> {
  const parameters = differingParameters(a, b);
  const medians: Map<string, Median>[] = [];
  for (let subset = 0; subset < 2 ** parameters.length; subset++) {
    onSubset?.(subset, 2 ** parameters.length);
    const fromB = new Set(parameters.filter((_, i) => (subset >> i) & 1));
    medians.push(await mediansOf({ ...hybridOf(a, b, fromB), samples }));
  }
  const last = medians[medians.length - 1];
  const common = [...medians[0]].filter(([key]) => last.has(key));
  return common.map(([key, { regime, kind, name, p50 }]) => {
    const changes = shapleyValues(parameters.length, (subset) => (medians[subset].get(key) ?? { p50: Number.NaN }).p50);
    return {
      regime,
      kind,
      name,
      p50_a: p50,
      p50_b: last.get(key)!.p50,
      changes: parameters.map((parameter, i) => ({ parameter, change: changes[i] })),
    };
  });
}

interface Median {
  readonly regime: string;
  readonly kind: 'model' | 'blend';
  readonly name: string;
  readonly p50: number;
}

/** Median energy of every model and untrimmed blend, by regime, kind and name. */
async function mediansOf(scenario: ResolvedScenario): Promise<Map<string, Median>> {
  // As the pairs are drawn.
  const plan: Plan = { ...planModels(scenario), sampler: 'pseudo' };
  const range = { firstBlock: 0, blocks: Math.ceil(scenario.samples / BLOCK_SIZE) };
  const sketches = await sketchesOf(plan, range);
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
  return new Map([...models, ...blends].map((one) => [JSON.stringify([one.regime, one.kind, one.name]), one]));
}

function medianOf(regime: string, kind: Median['kind'], name: string, energies: readonly Histogram[]): Median {
  const pool = new Histogram();
  for (const energy of energies) pool.merge(energy);
  return { regime, kind, name, p50: quantiles(pool, [0.5])[0] };
}
