import type { Interval } from './bounds.js';
import type { QuantileFunction } from './distribution.js';
import type { Distribution, Mixture } from './index.js';
import { mixtureQuantile } from './mixture.js';
import { supportOf } from './support.js';
import { isTruncated, quantilesOf, requireMass, truncatedQuantiles, withBoundsInside } from './truncation.js';

/** A distribution ready to draw from. It holds functions, so it stays in its thread. */
export interface CompiledDistribution {
  /** Value for a uniform number in (0, 1); allocates nothing. Non-decreasing, for a mixture within each component's share. */
  readonly quantile: QuantileFunction;
  /** ln of the value, where that is cheaper than the logarithm of the quantile. */
  readonly lnQuantile?: QuantileFunction;
  /** Smallest and largest value that can be drawn (may be infinite). */
  readonly support: Interval;
  /** Probability, in [0, 1), that a draw made without any bounds falls outside them. */
  readonly removedMass: number;
}

/** Loads what the family needs. Rejects with a RangeError, written for the user, if the bounds leave nothing to draw. */
export async function compileDistribution(distribution: Distribution): Promise<CompiledDistribution> {
  const mass = await requireMass(distribution);
  const inside = await withBoundsInside(distribution);
  const quantiles = inside.family === 'mixture' ? await mixtureQuantiles(inside) : await simpleQuantiles(inside);
  return { ...quantiles, support: supportOf(distribution), removedMass: 1 - mass };
}

type Quantiles = Pick<CompiledDistribution, 'quantile' | 'lnQuantile'>;

function simpleQuantiles(distribution: Exclude<Distribution, Mixture>): Promise<Quantiles> {
  return isTruncated(distribution) ? truncatedQuantiles(distribution) : quantilesOf(distribution);
}

async function mixtureQuantiles({ parameters }: Mixture): Promise<Quantiles> {
  const weights = parameters.components.map(({ weight }) => weight);
  const compiled = await Promise.all(
    parameters.components.map(({ distribution }) => compileDistribution(distribution)),
  );
  const lnQuantiles = compiled.flatMap(({ lnQuantile }) => lnQuantile ?? []);
  return {
    quantile: mixtureQuantile(
      weights,
      compiled.map(({ quantile }) => quantile),
    ),
    ...(lnQuantiles.length === weights.length && { lnQuantile: mixtureQuantile(weights, lnQuantiles) }),
  };
}
