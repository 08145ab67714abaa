import { clamp } from './bounds.js';
import type { Family } from './distribution.js';
import { square } from './elementary.js';
import { anyNumber, below, form, notAbove, type Written, writtenAs } from './forms.js';

/** Density that rises straight from min to mode and falls straight from there to max. */
export interface TriangularParameters extends Written {
  readonly min: number;
  readonly mode: number;
  readonly max: number;
}

export const triangular: Family<TriangularParameters> = {
  name: 'triangular',
  ...writtenAs([
    form(
      { min: anyNumber, mode: anyNumber, max: anyNumber },
      ({ min, mode, max }) => ({ min, mode, max }),
      notAbove('min', 'mode'),
      notAbove('mode', 'max'),
      below('min', 'max'),
    ),
  ]),
  mean: ({ min, mode, max }) => (min + mode + max) / 3,
  variance: ({ min, mode, max }) => (square(max - min) - (mode - min) * (max - mode)) / 18,
  support: ({ min, max }) => [min, max],
  quantile({ min, mode, max }) {
    const rising = (max - min) * (mode - min);
    const falling = (max - min) * (max - mode);
    const share = (mode - min) / (max - min);
    return (u) => clamp(u < share ? min + Math.sqrt(u * rising) : max - Math.sqrt((1 - u) * falling), min, max);
  },
  cdf:
    ({ min, mode, max }) =>
    (value) => {
      const x = clamp(value, min, max);
      return x < mode
        ? square(x - min) / ((max - min) * (mode - min))
        : 1 - (max - x === 0 ? 0 : square(max - x) / ((max - min) * (max - mode)));
    },
  async sampler({ min, mode, max }, prng) {
    const { default: sampling } = await import('@stdlib/random-base-triangular');
    return sampling.factory(min, max, mode, { prng });
  },
};
