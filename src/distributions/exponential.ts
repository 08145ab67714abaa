import type { Family } from './distribution.js';
import { expMinusOne, ln, square } from './elementary.js';
import { form, positive, type Written, writtenAs } from './forms.js';

/** Exponential distribution by its mean, which is the median over ln 2. */
export interface ExponentialParameters extends Written {
  readonly mean: number;
}

export const exponential: Family<ExponentialParameters> = {
  name: 'exponential',
  ...writtenAs<ExponentialParameters>([
    form({ mean: positive }, ({ mean }) => ({ mean })),
    form({ median: positive }, ({ median }) => ({ mean: median / Math.LN2 })),
  ]),
  mean: ({ mean }) => mean,
  variance: ({ mean }) => square(mean),
  support: () => [0, Infinity],
  quantile:
    ({ mean }) =>
    (u) =>
      -mean * ln(1 - u),
  cdf:
    ({ mean }) =>
    (x) =>
      x > 0 ? -expMinusOne(-x / mean) : 0,
  async sampler({ mean }, prng) {
    const { default: sampling } = await import('@stdlib/random-base-exponential');
    return sampling.factory(1 / mean, { prng });
  },
};
