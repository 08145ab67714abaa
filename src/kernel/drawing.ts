import { intervalOf, LARGEST_U } from '../distributions/bounds.js';
import { compileDistribution } from '../distributions/compile.js';
import type { QuantileFunction } from '../distributions/distribution.js';
import { ln } from '../distributions/elementary.js';
import type { Distribution, Simple } from '../distributions/index.js';
import { isTruncated, probabilitiesBetween, withBoundsInside } from '../distributions/truncation.js';

/** One elementary operation on a whole column; `quantile` is one that only TypeScript can do. */
export type DrawingStep =
  | { readonly kind: 'affine'; readonly scale: number; readonly shift: number }
  | { readonly kind: 'clamp'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal' | 'ln' | 'exp' }
  | { readonly kind: 'quantile'; readonly quantile: QuantileFunction };

/** How a column of uniform numbers becomes one of draws, and of their logarithms. */
export interface Drawing {
  readonly value: readonly DrawingStep[];
  readonly ln: readonly DrawingStep[];
}

const LN = { kind: 'ln' } as const;
const EXP = { kind: 'exp' } as const;
const NORMAL = { kind: 'normal' } as const;
const COMPLEMENT = affine(-1, 1);

/**
 * The steps for a distribution, in the order in which its quantile function computes them, so that both give the same bits.
 * Families without such steps (gamma, beta, triangular, empirical, mixtures) are drawn by their quantile function.
 */
export async function drawingOf(distribution: Distribution): Promise<Drawing> {
  const inside = await withBoundsInside(distribution);
  const steps = inside.family === 'mixture' ? undefined : familySteps(inside);
  if (steps === undefined || inside.family === 'mixture') return drawnByQuantile(distribution);
  return isTruncated(inside) ? truncated(inside, steps) : steps;
}

function familySteps(distribution: Simple): Drawing | undefined {
  const { family, parameters } = distribution;
  switch (family) {
    case 'lognormal':
      return ofLogarithm([NORMAL, affine(parameters.sigma, parameters.mu)]);
    case 'normal':
      return ofValue([NORMAL, affine(parameters.sd, parameters.mean)]);
    case 'exponential':
      return ofValue([COMPLEMENT, LN, affine(-parameters.mean, 0)]);
    case 'uniform':
      return ofValue([affine(parameters.max - parameters.min, parameters.min), within(parameters.min, parameters.max)]);
    case 'loguniform':
      return loguniform(parameters.min, parameters.max);
    case 'weibull':
      return ofValue([
        COMPLEMENT,
        LN,
        affine(-1, 0),
        LN,
        affine(1 / parameters.shape, 0),
        EXP,
        affine(parameters.scale, 0),
      ]);
    default:
      return undefined;
  }
}

function ofValue(value: readonly DrawingStep[]): Drawing {
  return { value, ln: [...value, LN] };
}

function ofLogarithm(steps: readonly DrawingStep[]): Drawing {
  return { value: [...steps, EXP], ln: steps };
}

function loguniform(min: number, max: number): Drawing {
  const [low, high] = [ln(min), ln(max)];
  const steps = [affine(high - low, low), within(low, high)];
  return { value: [...steps, EXP, within(min, max)], ln: steps };
}

/** u is shrunk to the probabilities between the bounds, and what rounding leaves outside is clamped. */
async function truncated(distribution: Simple, { value, ln: ofLn }: Drawing): Promise<Drawing> {
  const [low, high] = await probabilitiesBetween(distribution);
  const [min, max] = intervalOf(distribution);
  const shrink = [affine(high - low, low), within(Number.NEGATIVE_INFINITY, LARGEST_U)];
  const drawn = [...shrink, ...value, within(min, max)];
  const direct = ofLn.at(-1) !== LN;
  return {
    value: drawn,
    ln: direct ? [...shrink, ...ofLn, within(ln(Math.max(min, 0)), ln(max))] : [...drawn, LN],
  };
}

async function drawnByQuantile(distribution: Distribution): Promise<Drawing> {
  const { quantile, lnQuantile } = await compileDistribution(distribution);
  const step = (drawn: QuantileFunction) => ({ kind: 'quantile', quantile: drawn }) as const;
  return { value: [step(quantile)], ln: lnQuantile ? [step(lnQuantile)] : [step(quantile), LN] };
}

function affine(scale: number, shift: number): DrawingStep {
  return { kind: 'affine', scale, shift };
}

function within(low: number, high: number): DrawingStep {
  return { kind: 'clamp', low, high };
}
