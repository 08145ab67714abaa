import type { Family } from './distribution.js';
import { exp, expMinusOne, ln, square } from './elementary.js';
import { form, positive, type Written, writtenAs } from './forms.js';
import { gammaFunction } from './gamma-function.js';

/** Weibull distribution by shape (k) and scale (lambda, its 63rd percentile). */
export interface WeibullParameters extends Written {
  readonly shape: number;
  readonly scale: number;
}

export const weibull: Family<WeibullParameters> = {
  name: 'weibull',
  ...writtenAs([form({ shape: positive, scale: positive }, ({ shape, scale }) => ({ shape, scale }))]),
  mean: ({ shape, scale }) => scale * gammaFunction(1 + 1 / shape),
  variance: ({ shape, scale }) => square(scale) * (gammaFunction(1 + 2 / shape) - square(gammaFunction(1 + 1 / shape))),
  support: () => [0, Infinity],
  quantile:
    ({ shape, scale }) =>
    (u) =>
      scale * power(-ln(1 - u), 1 / shape),
  cdf:
    ({ shape, scale }) =>
    (x) =>
      x > 0 ? -expMinusOne(-power(x / scale, shape)) : 0,
  async sampler({ shape, scale }, prng) {
    const { default: sampling } = await import('@stdlib/random-base-weibull');
    return sampling.factory(shape, scale, { prng });
  },
};

/** x^y for x >= 0: `Math.pow` may differ by engine. */
function power(x: number, y: number): number {
  return exp(y * ln(x));
}
