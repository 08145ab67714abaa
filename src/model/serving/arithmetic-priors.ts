import { overPeak, type Pool } from '../throughput/pool/pool-priors.js';
import { newMember, randomIntercept } from '../throughput/random-intercept.js';
import type { ArithmeticPriors } from './serving-law.js';

/**
 * How many times the arithmetic at peak an input token's prefill and an output token take on full nodes, and how both grow with
 * sparsity: regressions over the pooled tables between families, some of them left out. What a full node takes for an output token
 * holds its share of the weights' reading too, so that the median of `compute` is on the high side.
 */
export function arithmeticPriors(pool: Pool, leftOut: readonly string[]): ArithmeticPriors {
  const fitted = pool.fitted.filter(({ configuration }) => !leftOut.includes(configuration.family));
  const of = (costs: readonly number[]) => randomIntercept(fitted.flatMap((one) => overPeak(one, costs, 'ln_compute')));
  const prefill = of([1, 0, 0]);
  const compute = of([0, 1, 0]);
  return {
    prefill: newMember(prefill, [1, 0]),
    compute: newMember(compute, [1, 0]),
    sparsity: { prefill: prefill.coefficients[1], compute: compute.coefficients[1] },
  };
}

/** The same, computed once for each set of families that the pool has rows of. */
export function arithmeticPriorsOf(pool: Pool): (leftOut: readonly string[]) => ArithmeticPriors {
  const pooled = new Set(pool.fitted.map(({ configuration }) => configuration.family));
  const known = new Map<string, ArithmeticPriors>();
  return (leftOut) => {
    const families = leftOut.filter((family) => pooled.has(family)).sort();
    const key = JSON.stringify(families);
    const priors = known.get(key) ?? arithmeticPriors(pool, families);
    known.set(key, priors);
    return priors;
  };
}
