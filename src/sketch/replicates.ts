import { REPLICATES } from '../random/sampler.js';
import { CollapsingHistogram } from './collapsing-histogram.js';
import type { SketchesData } from './sketches.js';
import { Z_95 } from './statistics.js';

/** 97.5th percentile of Student's t with 15 degrees of freedom, one fewer than replicates. */
const T_95 = 2.131449545559323;

/**
 * What each replicate of a run found, output by output, in bounded memory: replicates are independent, so the spread between
 * them tells the error of their mean, whatever the sampler does within each (Owen, "Monte Carlo theory, methods and
 * examples", chapter 17).
 */
export class Replicates {
  /** By output, then by replicate. */
  readonly #counts: readonly (readonly CollapsingHistogram[])[];

  constructor(outputs: number) {
    this.#counts = Array.from({ length: outputs }, () =>
      Array.from({ length: REPLICATES }, () => new CollapsingHistogram()),
    );
  }

  /** Adds what a range of one replicate's blocks counted; the order of ranges does not matter. */
  add(replicate: number, { parts }: SketchesData): void {
    for (const { of, data } of parts) for (const place of of) this.#counts[place][replicate].merge(data);
  }

  /**
   * Independent draws that would tell the rank of a value as well as these do, where the value is near the quantile for a
   * probability: from the spread of the share of draws below it. Infinite if all replicates agree.
   */
  effectiveDraws(output: number, lnValue: number, probability: number): number {
    const shares = this.#counts[output].map((one) => one.below(lnValue) / one.n);
    return probability * (1 - probability) * (Z_95 / this.#halfWidth(output, shares)) ** 2;
  }

  /** Half-width of the 95 % interval of a weighted sum of outputs' means. */
  meanError(terms: readonly { readonly output: number; readonly weight: number }[]): number {
    const sums = Array.from({ length: REPLICATES }, (_, replicate) =>
      terms.reduce((sum, { output, weight }) => sum + weight * this.#counts[output][replicate].mean(), 0),
    );
    return terms.length === 0 ? 0 : this.#halfWidth(terms[0].output, sums);
  }

  /** Half-width of the 95 % interval of the mean over replicates, each weighted by its draws. */
  #halfWidth(output: number, values: readonly number[]): number {
    const sizes = this.#counts[output].map(({ n }) => n);
    const total = sizes.reduce((sum, n) => sum + n, 0);
    const mean = values.reduce((sum, value, i) => sum + value * (sizes[i] / total), 0);
    const variance = values.reduce((sum, value, i) => sum + (value - mean) ** 2 * (sizes[i] / total), 0);
    return T_95 * Math.sqrt(variance / (REPLICATES - 1));
  }
}
