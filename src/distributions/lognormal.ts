import type { Family } from './distribution.js';
import { exp, expMinusOne, ln, lnOnePlus, square } from './elementary.js';
import { anyNumber, below, described, form, positive, type Range, type Written, writtenAs } from './forms.js';
import { normalQuantile } from './normal-quantile.js';
import { normalFromRoundedP5P95, sdFromMedianP95 } from './p5-p95.js';

/** Lognormal distribution: mean and standard deviation of the logarithm. */
export interface LognormalParameters extends Written {
  readonly mu: number;
  readonly sigma: number;
}

/** Standard normal scores of P90 and P75, to double precision. */
const Z90 = 1.2815515655446004;
const Z75 = 0.6744897501960817;

const aboveOne: Range = { text: 'above 1', contains: (x) => x > 1, schema: { type: 'number', exclusiveMinimum: 1 } };

export const lognormal: Family<LognormalParameters> = {
  name: 'lognormal',
  ...writtenAs<LognormalParameters>([
    described(
      'P5 and P95 as in the code of Oviedo et al.: z = 1.645 for 1.64485, so both are drawn 0.009 % of their ln distance nearer',
      form({ p5: positive, p95: positive }, ({ p5, p95 }) => fromP5P95(p5, p95), below('p5', 'p95')),
    ),
    form({ median: positive, p95: positive }, ({ median, p95 }) => fromMedianP95(median, p95), below('median', 'p95')),
    form({ p10: positive, p90: positive }, ({ p10, p90 }) => fromPair(p10, p90, Z90), below('p10', 'p90')),
    form({ p25: positive, p75: positive }, ({ p25, p75 }) => fromPair(p25, p75, Z75), below('p25', 'p75')),
    form({ median: positive, geometric_sd: aboveOne }, ({ median, geometric_sd }) => ({
      mu: ln(median),
      sigma: ln(geometric_sd),
    })),
    form({ mean: positive, sd: positive }, ({ mean, sd }) => fromMoments(mean, sd)),
    form({ mu: anyNumber, sigma: positive }, ({ mu, sigma }) => ({ mu, sigma })),
  ]),
  mean: ({ mu, sigma }) => exp(mu + square(sigma) / 2),
  variance: ({ mu, sigma }) => expMinusOne(square(sigma)) * exp(2 * mu + square(sigma)),
  support: () => [0, Infinity],
  quantile:
    ({ mu, sigma }) =>
    (u) =>
      exp(mu + sigma * normalQuantile(u)),
  lnQuantile:
    ({ mu, sigma }) =>
    (u) =>
      mu + sigma * normalQuantile(u),
  async cdf({ mu, sigma }) {
    const { default: cumulative } = await import('@stdlib/stats-base-dists-normal-cdf');
    const lnCumulative = cumulative.factory(mu, sigma);
    return (x) => (x > 0 ? lnCumulative(ln(x)) : 0);
  },
  async sampler({ mu, sigma }, prng) {
    const { default: sampling } = await import('@stdlib/random-base-lognormal');
    return sampling.factory(mu, sigma, { prng });
  },
};

function fromP5P95(p5: number, p95: number): LognormalParameters {
  const { mean, sd } = normalFromRoundedP5P95(ln(p5), ln(p95));
  return { mu: mean, sigma: sd };
}

function fromMedianP95(median: number, p95: number): LognormalParameters {
  return { mu: ln(median), sigma: sdFromMedianP95(ln(median), ln(p95)) };
}

/** From two quantiles equally far from the median, `z` standard deviations of the logarithm. */
function fromPair(lower: number, upper: number, z: number): LognormalParameters {
  return { mu: (ln(lower) + ln(upper)) / 2, sigma: (ln(upper) - ln(lower)) / (2 * z) };
}

/** Method of moments: the parameters whose lognormal has this mean and standard deviation. */
function fromMoments(mean: number, sd: number): LognormalParameters {
  const lnVariance = lnOnePlus(square(sd / mean));
  return { mu: ln(mean) - lnVariance / 2, sigma: Math.sqrt(lnVariance) };
}
