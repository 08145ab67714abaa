import { clamp } from './bounds.js';
import type { Family } from './distribution.js';
import { square } from './elementary.js';
import { anyNumber, below, form, type Written, writtenAs } from './forms.js';

/** Every value from min to max equally likely. */
export interface UniformParameters extends Written {
  readonly min: number;
  readonly max: number;
}

export const uniform: Family<UniformParameters> = {
  name: 'uniform',
  ...writtenAs([form({ min: anyNumber, max: anyNumber }, ({ min, max }) => ({ min, max }), below('min', 'max'))]),
  mean: ({ min, max }) => min / 2 + max / 2,
  variance: ({ min, max }) => square(max - min) / 12,
  support: ({ min, max }) => [min, max],
  quantile({ min, max }) {
    const width = max - min;
    return (u) => clamp(min + u * width, min, max);
  },
  cdf:
    ({ min, max }) =>
    (x) =>
      clamp((x - min) / (max - min), 0, 1),
  async sampler({ min, max }, prng) {
    const { default: sampling } = await import('@stdlib/random-base-uniform');
    return sampling.factory(min, max, { prng });
  },
};
