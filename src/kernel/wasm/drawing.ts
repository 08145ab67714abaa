import { compileDistribution } from '../../distributions/compile.js';
import { ln, lnOnePlus } from '../../distributions/elementary.js';
import type { Distribution, Simple } from '../../distributions/index.js';
import { normalQuantile } from '../../distributions/normal-quantile.js';
import type { Recorded } from '../../distributions/record.js';
import { recordIn } from '../../distributions/recorded.js';
import { stepsOf } from '../../distributions/steps.js';
import { isTruncated, withBoundsInside } from '../../distributions/truncation.js';
import type { Tabulated } from './cubic-table.js';

/** A column read from a table: `shift + scale · quantile(u)`, within `low` and `high`. */
export interface Drawing extends Tabulated {
  readonly scale: number;
  readonly shift: number;
  readonly low: number;
  readonly high: number;
}

/** Normal scores. */
export const STANDARD_NORMAL: Drawing = {
  exact: normalQuantile,
  steps: [],
  isLogarithm: false,
  scale: 1,
  shift: 0,
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
};

/** Quantile of the exponential distribution of mean 1. */
export function exponentialQuantile(u: number): number {
  return -lnOnePlus(-u);
}

/** Draws of a distribution. Those that differ by scale and place alone share a table. */
export async function valueDrawing(distribution: Distribution): Promise<Drawing> {
  const { quantile, support } = await compileDistribution(distribution);
  const [low, high] = support;
  const { exact, scale, shift } = sharedValue(distribution) ?? { exact: quantile, scale: 1, shift: 0 };
  return { exact, steps: await stepsOf(distribution), isLogarithm: false, scale, shift, low, high };
}

/** Logarithms of the draws of a distribution, -Infinity for 0. */
export async function logarithmDrawing(distribution: Distribution): Promise<Drawing> {
  const { quantile, lnQuantile, support } = await compileDistribution(distribution);
  const [low, high] = support.map((end) => ln(Math.max(end, 0)));
  const own = { exact: lnQuantile ?? ((u: number) => ln(quantile(u))), scale: 1, shift: 0 };
  const { exact, scale, shift } = sharedLogarithm(distribution) ?? own;
  return { exact, steps: await stepsOf(distribution), isLogarithm: true, scale, shift, low, high };
}

/** The rows of a file that lie within a distribution's bounds: no table interpolates between them. */
export async function recordWithinBounds(distribution: Simple<'recorded'>): Promise<Recorded> {
  const inside = await withBoundsInside(distribution);
  return recordIn(inside.family === 'recorded' ? inside.parameters : distribution.parameters);
}

type Shared = Pick<Drawing, 'exact' | 'scale' | 'shift'>;

function sharedValue(distribution: Distribution): Shared | undefined {
  if (isTruncated(distribution)) return undefined;
  const { family, parameters } = distribution;
  if (family === 'normal') return { exact: normalQuantile, scale: parameters.sd, shift: parameters.mean };
  if (family === 'exponential') return { exact: exponentialQuantile, scale: parameters.mean, shift: 0 };
  return undefined;
}

function sharedLogarithm(distribution: Distribution): Shared | undefined {
  if (isTruncated(distribution) || distribution.family !== 'lognormal') return undefined;
  const { mu, sigma } = distribution.parameters;
  return { exact: normalQuantile, scale: sigma, shift: mu };
}
