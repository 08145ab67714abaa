import { compileDistribution } from './compile.js';
import { type Distribution, type FamilyName, families, type Mixture, type Simple } from './index.js';
import { mixtureMean, mixtureVariance } from './mixture.js';
import { expectation } from './quadrature.js';
import { isTruncated, withBoundsInside } from './truncation.js';
import { normalized } from './weights.js';

/**
 * Expected value of a draw. Closed form, but for truncated continuous families (alone or in a mixture): these are
 * integrated numerically, see `expectation` for how exactly.
 */
export async function meanOf(distribution: Distribution): Promise<number> {
  return (await momentsOf(distribution)).mean;
}

/** Expected value of a draw where a closed form says it at once; undefined of mixtures and of what has bounds. */
export function closedMeanOf(distribution: Distribution): number | undefined {
  return closedMomentsOf(distribution)?.mean;
}

/** Expected value and variance of a draw where closed forms say them at once; undefined of mixtures and of what has bounds. */
export function closedMomentsOf(distribution: Distribution): Moments | undefined {
  if (distribution.family === 'mixture' || isTruncated(distribution)) return undefined;
  return closedMoments(distribution);
}

/** Variance of a draw, computed like `meanOf`. */
export async function varianceOf(distribution: Distribution): Promise<number> {
  return (await momentsOf(distribution)).variance;
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
}

async function momentsOf(distribution: Distribution): Promise<Moments> {
  const inside = await withBoundsInside(distribution);
  if (inside.family === 'mixture') return mixtureMoments(inside);
  return isTruncated(inside) ? integratedMoments(inside) : closedMoments(inside);
}

function closedMoments<K extends FamilyName>({ family, parameters }: Simple<K>): Moments {
  return { mean: families[family].mean(parameters), variance: families[family].variance(parameters) };
}

async function integratedMoments(distribution: Distribution): Promise<Moments> {
  const { quantile } = await compileDistribution(distribution);
  const mean = expectation(quantile);
  return { mean, variance: expectation((u) => (quantile(u) - mean) * (quantile(u) - mean)) };
}

async function mixtureMoments({ parameters }: Mixture): Promise<Moments> {
  const weights = normalized(parameters.components.map(({ weight }) => weight));
  const moments = await Promise.all(parameters.components.map(({ distribution }) => momentsOf(distribution)));
  const means = moments.map(({ mean }) => mean);
  const variances = moments.map(({ variance }) => variance);
  return { mean: mixtureMean(weights, means), variance: mixtureVariance(weights, means, variances) };
}
