import { clamp } from './bounds.js';
import type { Family } from './distribution.js';
import { square } from './elementary.js';
import { anyNumber, below, form, positive, type Written, writtenAs } from './forms.js';
import { tabulated } from './quantile-table.js';

/** Beta distribution with shapes alpha and beta, stretched from 0..1 to min..max. */
export interface BetaParameters extends Written {
  readonly alpha: number;
  readonly beta: number;
  readonly min: number;
  readonly max: number;
}

export const beta: Family<BetaParameters> = {
  name: 'beta',
  ...writtenAs<BetaParameters>([
    form({ alpha: positive, beta: positive }, ({ alpha, beta }) => ({ alpha, beta, min: 0, max: 1 })),
    form(
      { alpha: positive, beta: positive, min: anyNumber, max: anyNumber },
      ({ alpha, beta, min, max }) => ({ alpha, beta, min, max }),
      below('min', 'max'),
    ),
  ]),
  mean: ({ alpha, beta, min, max }) => min + ((max - min) * alpha) / (alpha + beta),
  variance: ({ alpha, beta, min, max }) =>
    (square(max - min) * alpha * beta) / (square(alpha + beta) * (alpha + beta + 1)),
  support: ({ min, max }) => [min, max],
  async quantile({ alpha, beta, min, max }) {
    const { default: quantile } = await import('@stdlib/stats-base-dists-beta-quantile');
    const standard = tabulated(quantile.factory(alpha, beta));
    return (u) => clamp(min + (max - min) * standard(u), min, max);
  },
  async cdf({ alpha, beta, min, max }) {
    const { default: cumulative } = await import('@stdlib/stats-base-dists-beta-cdf');
    const standard = cumulative.factory(alpha, beta);
    return (x) => standard((x - min) / (max - min));
  },
  async sampler({ alpha, beta, min, max }, prng) {
    const { default: sampling } = await import('@stdlib/random-base-beta');
    const standard = sampling.factory(alpha, beta, { prng });
    return () => min + (max - min) * standard();
  },
};
