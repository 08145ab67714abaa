import type { ResolvedScenario } from '../scenario/resolved.js';
import { shapleyValues } from '../sensitivity/shapley-values.js';
import { type DifferingParameter, differingParameters, hybridOf } from './hybrid.js';
import { MEDIANS_JOB, type Median } from './medians-job.js';
import type { Carrying } from './paired.js';

/** How much of the change of a subject's median energy each differing parameter makes. */
export interface Attribution {
  readonly regime: string;
  readonly kind: 'model' | 'blend';
  readonly name: string;
  /** Median energy in A and in B, Wh. */
  readonly p50_a: number;
  readonly p50_b: number;
  /**
   * Wh; they add up to `p50_b - p50_a`. `mc_error` is the Monte Carlo standard error of the change, from batches of
   * draws; NaN where there is one batch only.
   */
  readonly changes: readonly {
    readonly parameter: DifferingParameter;
    readonly change: number;
    readonly mc_error: number;
  }[];
}

/**
 * Shapley values of the change of the median over the parameters in which the scenarios differ: the median is computed
 * anew, with the same draws, for A with every subset of them from B.
 */
export async function attributions(
  a: ResolvedScenario,
  b: ResolvedScenario,
  samples: number,
  { jobs, signal, onDraws }: Carrying,
): Promise<Attribution[]> {
  const parameters = differingParameters(a, b);
  const tasks = Array.from({ length: subsetsOf(a, b) }, (_, subset) => {
    const fromB = new Set(parameters.filter((_, i) => (subset >> i) & 1));
    return { scenario: { ...hybridOf(a, b, fromB), samples } };
  });
  const found = await jobs.all(MEDIANS_JOB, tasks, signal, onDraws);
  const medians = found.map((list) => new Map(list.map((one) => [keyOf(one), one])));
  const last = medians[medians.length - 1];
  const common = [...medians[0]].filter(([key]) => last.has(key));
  return common.map(([key, { regime, kind, name, p50, batches }]) => {
    const shares = (of: (median: Median) => number) =>
      shapleyValues(parameters.length, (subset) => {
        const median = medians[subset].get(key);
        return median === undefined ? Number.NaN : of(median);
      });
    const changes = shares((median) => median.p50);
    const byBatch = batches.map((_, batch) => shares((median) => median.batches[batch]));
    return {
      regime,
      kind,
      name,
      p50_a: p50,
      p50_b: last.get(key)!.p50,
      changes: parameters.map((parameter, i) => ({
        parameter,
        change: changes[i],
        mc_error: standardError(byBatch.map((batch) => batch[i])),
      })),
    };
  });
}

/** Standard error of the mean of values that are independent of one another; NaN for fewer than two. */
function standardError(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** How many medians of every subject it takes. */
export function subsetsOf(a: ResolvedScenario, b: ResolvedScenario): number {
  return 2 ** differingParameters(a, b).length;
}

function keyOf({ regime, kind, name }: Median): string {
  return JSON.stringify([regime, kind, name]);
}
