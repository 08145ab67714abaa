import type { Family } from './distribution.js';
import { square } from './elementary.js';
import { anyNumber, below, form, positive, type Written, writtenAs } from './forms.js';
import { normalQuantile } from './normal-quantile.js';
import { normalFromP5P95 } from './p5-p95.js';

/** Normal (Gaussian) distribution: mean and standard deviation. */
export interface NormalParameters extends Written {
  readonly mean: number;
  readonly sd: number;
}

export const normal: Family<NormalParameters> = {
  name: 'normal',
  ...writtenAs<NormalParameters>([
    form({ mean: anyNumber, sd: positive }, ({ mean, sd }) => ({ mean, sd })),
    form({ p5: anyNumber, p95: anyNumber }, ({ p5, p95 }) => normalFromP5P95(p5, p95), below('p5', 'p95')),
  ]),
  mean: ({ mean }) => mean,
  variance: ({ sd }) => square(sd),
  support: () => [-Infinity, Infinity],
  quantile:
    ({ mean, sd }) =>
    (u) =>
      mean + sd * normalQuantile(u),
  async cdf({ mean, sd }) {
    const { default: cumulative } = await import('@stdlib/stats-base-dists-normal-cdf');
    return cumulative.factory(mean, sd);
  },
  async sampler({ mean, sd }, prng) {
    const { default: sampling } = await import('@stdlib/random-base-normal');
    return sampling.factory(mean, sd, { prng });
  },
};
