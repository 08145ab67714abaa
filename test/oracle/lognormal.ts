import { standardNormalCdf } from './normal.js';

/** A 5th and 95th percentile, in the quantity's own unit. */
export type Range = readonly [p5: number, p95: number];

/** Parameters of ln X, X lognormal. */
export interface Lognormal {
  readonly mu: number;
  readonly sigma: number;
}

/** The normal 95th percentile as the paper rounds it; the exact one is 1.6448536. */
const Z95 = 1.645;

/** Lognormal whose stated range is mu -/+ 1.645 sigma in logs. */
export function lognormalFromRange([p5, p95]: Range): Lognormal {
  return { mu: (Math.log(p5) + Math.log(p95)) / 2, sigma: (Math.log(p95) - Math.log(p5)) / (2 * Z95) };
}

/** Product of independent lognormals: means add, variances add. The empty product is the constant 1. */
export function productOf(factors: readonly Lognormal[]): Lognormal {
  return {
    mu: factors.reduce((sum, factor) => sum + factor.mu, 0),
    sigma: Math.sqrt(factors.reduce((sum, factor) => sum + factor.sigma ** 2, 0)),
  };
}

/** E[1/X]. */
export function meanReciprocal({ mu, sigma }: Lognormal): number {
  return Math.exp(-mu + sigma ** 2 / 2);
}

/** P(X <= x), x > 0. */
export function lognormalCdf({ mu, sigma }: Lognormal, x: number): number {
  return standardNormalCdf((Math.log(x) - mu) / sigma);
}
