import { clamp, LARGEST_U, SMALLEST_U } from '../distributions/bounds.js';
import { normalCumulative } from '../distributions/normal-cumulative.js';
import { normalQuantile } from '../distributions/normal-quantile.js';
import { cholesky, type Matrix } from './cholesky.js';

/**
 * A Gaussian copula: makes independent columns of uniforms dependent, in place, each staying uniform.
 *
 * @param correlation of the normal scores
 * @throws RangeError if it is not positive definite
 */
export function copula(correlation: Matrix): (uniforms: readonly Float64Array[], n: number) => void {
  const lower = cholesky(correlation);
  if (!lower) throw new RangeError('the correlation matrix is not positive definite');
  const scores = new Float64Array(lower.length);
  return (uniforms, n) => {
    for (let r = 0; r < n; r++) {
      for (let j = 0; j < lower.length; j++) scores[j] = normalQuantile(uniforms[j][r]);
      for (let i = 1; i < lower.length; i++) {
        let sum = 0;
        for (let j = 0; j <= i; j++) sum += lower[i][j] * scores[j];
        uniforms[i][r] = uniformOf(sum);
      }
    }
  };
}

/** The uniform number of a normal score, kept inside (0, 1). */
export function uniformOf(score: number): number {
  return clamp(normalCumulative(score), SMALLEST_U, LARGEST_U);
}

/** Pearson correlation of normal scores whose Spearman rank correlation is `rank`. Source: Pearson 1907; Kruskal 1958. */
export function scoreCorrelation(rank: number): number {
  return 2 * Math.sin((Math.PI * rank) / 6);
}

/** The inverse of `scoreCorrelation`. */
export function rankCorrelation(score: number): number {
  return (6 / Math.PI) * Math.asin(score / 2);
}
