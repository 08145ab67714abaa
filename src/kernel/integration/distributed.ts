import { exp } from '../../distributions/elementary.js';
import { conditionalShare } from './drawn-law.js';
import type { LnLaw } from './ln-law.js';
import { productOf } from './product.js';
import { remembering } from './remembering.js';
import { lawOfValue } from './reshape.js';
import type { Spectra } from './spectra.js';

/** A quantity's distribution and moments, found when they are asked for. */
export interface Distributed {
  /** By lattices of a step in ln x. */
  law(step: number): LnLaw;
  /** Mean of a power over the draws that are a finite number. */
  mean(power: number): Promise<number>;
  /** ln of the quantile for a probability, without a lattice; absent where nothing gives it. */
  exactly?(): ((probability: number) => number) | undefined;
  /** What sampling leaves unknown; absent where nothing was drawn. */
  readonly sampling?: Sampling | undefined;
}

/** The error of a distribution of which a part was drawn. */
export interface Sampling {
  readonly draws: number;
  /** Standard deviation of the share of draws at or below a ln value. */
  rankDeviation(lnValue: number): number;
  /** Standard deviation of the mean. */
  meanDeviation(): Promise<number>;
}

/** Step of the lattice by which the worth of draws is told, in ln x. */
const WORTH_STEP = 1 / 64;

/** The product of independent quantities and a constant, by ln of it. */
export function productDistributed(factors: readonly Distributed[], lnConstant: number, spectra: Spectra): Distributed {
  const constant = lawOfValue(lnConstant);
  const lawOf = (some: readonly Distributed[], step: number) =>
    productOf([...some.map(({ law }) => law(step)), constant], step, spectra);
  const mean = remembering(async (power: number) => {
    const means = await Promise.all(factors.map((factor) => factor.mean(power)));
    return means.reduce((product, one) => product * one, exp(power * lnConstant));
  });
  return {
    law: remembering((step) => lawOf(factors, step)),
    mean,
    exactly: () => exactlyOf(factors, lnConstant),
    sampling: samplingOf(factors, (some) => lawOf(some, WORTH_STEP), mean),
  };
}

/** Nothing is convolved where one factor alone varies. */
function exactlyOf(factors: readonly Distributed[], lnConstant: number): ((probability: number) => number) | undefined {
  if (factors.length === 0) return Number.isFinite(lnConstant) ? () => lnConstant : undefined;
  const exactly = factors.length > 1 ? undefined : factors[0].exactly?.();
  return exactly && ((probability) => exactly(probability) + lnConstant);
}

/** Errors of drawn factors are independent of each other: their variances add up, to first order. */
function samplingOf(
  factors: readonly Distributed[],
  lawOf: (some: readonly Distributed[]) => LnLaw,
  mean: Distributed['mean'],
): Sampling | undefined {
  const drawn = factors.flatMap((factor) => (factor.sampling ? [{ factor, sampling: factor.sampling }] : []));
  if (drawn.length === 0) return undefined;
  const rests = remembering((place) => lawOf(factors.filter((other) => other !== drawn[place].factor)));
  return {
    draws: Math.min(...drawn.map(({ sampling }) => sampling.draws)),
    rankDeviation(lnValue) {
      const variances = drawn.map(({ factor, sampling: { draws } }, place) => {
        const own = factor.law(WORTH_STEP);
        return conditionalShare(own, rests(place), lnValue).variance / draws;
      });
      return Math.sqrt(variances.reduce((sum, one) => sum + one, 0));
    },
    async meanDeviation() {
      const relative = await Promise.all(
        drawn.map(async ({ factor, sampling }) => (await sampling.meanDeviation()) / (await factor.mean(1))),
      );
      return (await mean(1)) * Math.sqrt(relative.reduce((sum, one) => sum + one * one, 0));
    },
  };
}
