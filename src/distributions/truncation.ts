import { clamp, type Interval, intersection, intervalOf, LARGEST_U, narrowed } from './bounds.js';
import type { QuantileFunction } from './distribution.js';
import { ln } from './elementary.js';
import { type Distribution, type FamilyName, families, type Mixture, type Simple } from './index.js';
import { distributionText } from './text.js';
import { normalized, total } from './weights.js';

/**
 * Bounds that leave less than this of a distribution are refused: probabilities carry an absolute error of about 1e-16, so
 * of what is left less than four digits would be right.
 */
const LEAST_MASS = 1e-12;

/** Whether any bound is set on the distribution itself (its components may have their own). */
export function isTruncated({ min, max }: Distribution): boolean {
  return min !== undefined || max !== undefined;
}

/** The probability, in [0, 1], that a draw made without any bounds lies within them, those of components included. */
export async function keptMass(distribution: Distribution): Promise<number> {
  if (distribution.family !== 'mixture') return isTruncated(distribution) ? simpleMass(distribution) : 1;
  const interval = intervalOf(distribution);
  return weightedMean(distribution, (component) => keptMass(narrowed(component, interval)));
}

/** `keptMass`, or a RangeError that tells the user that the bounds leave nothing to draw. */
export async function requireMass(distribution: Distribution): Promise<number> {
  const mass = await keptMass(distribution);
  if (mass >= LEAST_MASS) return mass;
  throw new RangeError(`${distributionText(distribution)}: the bounds leave no probability (less than ${LEAST_MASS})`);
}

/**
 * The same distribution with bounds only on continuous families: those of a mixture go to its components, whose weights
 * follow the probability they keep, and those of a family with steps choose its values. What was removed is then lost.
 * Rejects like `requireMass`.
 */
export async function withBoundsInside(distribution: Distribution): Promise<Distribution> {
  if (!isTruncated(distribution)) return distribution;
  await requireMass(distribution);
  return distribution.family === 'mixture' ? mixtureWithBoundsInside(distribution) : restricted(distribution);
}

/** The quantile function of a truncated continuous distribution: u is shrunk to the probabilities between the bounds. */
export async function truncatedQuantiles<K extends FamilyName>(distribution: Simple<K>) {
  const { quantile, lnQuantile } = await quantilesOf(distribution);
  const [min, max] = intervalOf(distribution);
  const [low, high] = await probabilitiesBetween(distribution);
  return {
    quantile: shrunk(quantile, [low, high], [min, max]),
    ...(lnQuantile && { lnQuantile: shrunk(lnQuantile, [low, high], [ln(Math.max(min, 0)), ln(max)]) }),
  };
}

/** The quantile functions of a distribution's family, bounds ignored. */
export async function quantilesOf<K extends FamilyName>(distribution: Simple<K>) {
  const family = families[distribution.family];
  const lnQuantile = family.lnQuantile?.(distribution.parameters);
  return { quantile: await family.quantile(distribution.parameters), ...(lnQuantile && { lnQuantile }) };
}

async function simpleMass<K extends FamilyName>(distribution: Simple<K>): Promise<number> {
  const { restrict } = families[distribution.family];
  const [min, max] = intervalOf(distribution);
  if (restrict) return restrict(distribution.parameters, min, max)?.mass ?? 0;
  const [low, high] = await probabilitiesBetween(distribution);
  return Math.max(0, high - low);
}

/** Probabilities below the lower and below the upper bound. */
export async function probabilitiesBetween<K extends FamilyName>(distribution: Simple<K>): Promise<Interval> {
  const cdf = await families[distribution.family].cdf(distribution.parameters);
  const [min, max] = intervalOf(distribution);
  return [min === -Infinity ? 0 : cdf(min), max === Infinity ? 1 : cdf(max)];
}

function restricted<K extends FamilyName>(distribution: Simple<K>): Simple<K> {
  const { restrict } = families[distribution.family];
  const [min, max] = intervalOf(distribution);
  const kept = restrict?.(distribution.parameters, min, max);
  return kept ? { family: distribution.family, parameters: kept.parameters } : distribution;
}

async function mixtureWithBoundsInside(mixture: Mixture): Promise<Mixture> {
  const interval = intervalOf(mixture);
  const components = await Promise.all(
    mixture.parameters.components.map(async ({ weight, distribution }) => ({
      weight: weight * (await probabilityWithin(distribution, interval)),
      distribution: narrowed(distribution, interval),
    })),
  );
  const left = components.filter(({ weight }) => weight >= LEAST_MASS);
  const weights = normalized(left.map(({ weight }) => weight));
  return { family: 'mixture', parameters: { components: left.map((part, i) => ({ ...part, weight: weights[i] })) } };
}

/** The probability that a draw, which respects the distribution's own bounds, lies in an interval. */
export async function probabilityWithin(distribution: Distribution, interval: Interval): Promise<number> {
  if (distribution.family !== 'mixture')
    return (await keptMass(narrowed(distribution, interval))) / (await requireMass(distribution));
  const own = intervalOf(distribution);
  const inside = (bounds: Interval) => weightedMean(distribution, (component) => probabilityWithin(component, bounds));
  return (await inside(intersection(own, interval))) / (await inside(own));
}

/** The mean over the components by weight. Weights may miss 1 by rounding; 1 for each component gives exactly 1. */
async function weightedMean({ parameters }: Mixture, term: (component: Distribution) => Promise<number>) {
  const drawn = parameters.components.filter(({ weight }) => weight > 0);
  const terms = await Promise.all(drawn.map(async ({ weight, distribution }) => weight * (await term(distribution))));
  return total(terms) / total(drawn.map(({ weight }) => weight));
}

function shrunk(quantile: QuantileFunction, [low, high]: Interval, [min, max]: Interval): QuantileFunction {
  const width = high - low;
  return (u) => clamp(quantile(Math.min(low + u * width, LARGEST_U)), min, max);
}
