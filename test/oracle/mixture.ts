import type { Lognormal } from './lognormal.js';
import { standardNormalCdf } from './normal.js';
import { risingRoot } from './root.js';

/** A finite mixture of lognormals of one common sigma, with an atom at zero. Weights and `zeroMass` sum to 1. */
export interface Mixture {
  readonly zeroMass: number;
  readonly weights: Float64Array;
  /** Mean of ln X of each part. */
  readonly mus: Float64Array;
  readonly sigma: number;
}

/** P(X <= x). */
export function mixtureCdf({ zeroMass, weights, mus, sigma }: Mixture, x: number): number {
  if (x < 0) return 0;
  if (x === 0) return zeroMass;
  const lnX = Math.log(x);
  let sum = zeroMass;
  for (let i = 0; i < mus.length; i++) sum += weights[i] * standardNormalCdf((lnX - mus[i]) / sigma);
  return sum;
}

/** Smallest x with P(X <= x) >= p, by root finding on ln x. */
export function quantileOf(parts: readonly Mixture[], cdf: (x: number) => number, p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`quantile of ${p}`);
  if (cdf(0) >= p) return 0;
  const low = Math.min(...parts.map((part) => extreme(part, Math.min) - 9 * part.sigma));
  const high = Math.max(...parts.map((part) => extreme(part, Math.max) + 9 * part.sigma));
  return Math.exp(risingRoot((lnX) => cdf(Math.exp(lnX)) - p, low, high));
}

/** X / M, M lognormal and independent of X: exact, as variances of logs add. */
export function dividedBy(mixture: Mixture, { mu, sigma }: Lognormal): Mixture {
  return { ...mixture, mus: mixture.mus.map((value) => value - mu), sigma: Math.hypot(mixture.sigma, sigma) };
}

function extreme(part: Mixture, pick: (a: number, b: number) => number): number {
  return part.mus.reduce((a, b) => pick(a, b));
}
