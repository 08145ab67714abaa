import { type BetaParameters, beta } from './beta.js';
import type { Family } from './distribution.js';
import { anyNumber, below, form, notAbove, type Written, writtenAs } from './forms.js';

/** PERT distribution: what somebody thinks the least, the likeliest and the greatest value are. */
export interface PertParameters extends Written {
  readonly min: number;
  readonly mode: number;
  readonly max: number;
}

/**
 * A beta distribution from min to max whose mean is (min + 4 mode + max) / 6. Source: Malcolm, Roseboom, Clark and Fazar, "Application
 * of a technique for research and development program evaluation", Operations Research 7 (1959); the shapes as in Vose, "Risk
 * Analysis" (3rd edition, 2008).
 */
export const pert: Family<PertParameters> = {
  name: 'pert',
  ...writtenAs([
    form(
      { min: anyNumber, mode: anyNumber, max: anyNumber },
      ({ min, mode, max }) => ({ min, mode, max }),
      notAbove('min', 'mode'),
      notAbove('mode', 'max'),
      below('min', 'max'),
    ),
  ]),
  mean: (parameters) => beta.mean(asBeta(parameters)),
  variance: (parameters) => beta.variance(asBeta(parameters)),
  support: ({ min, max }) => [min, max],
  quantile: (parameters) => beta.quantile(asBeta(parameters)),
  cdf: (parameters) => beta.cdf(asBeta(parameters)),
  sampler: (parameters, prng) => beta.sampler(asBeta(parameters), prng),
};

function asBeta({ min, mode, max }: PertParameters): BetaParameters {
  const place = (mode - min) / (max - min);
  return { alpha: 1 + 4 * place, beta: 1 + 4 * (1 - place), min, max };
}
