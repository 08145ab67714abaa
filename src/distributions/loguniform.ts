import { clamp } from './bounds.js';
import type { Family } from './distribution.js';
import { exp, ln, square } from './elementary.js';
import { below, form, positive, type Written, writtenAs } from './forms.js';

/** Every order of magnitude from min to max equally likely: the logarithm is uniform. Also called reciprocal. */
export interface LoguniformParameters extends Written {
  readonly min: number;
  readonly max: number;
}

export const loguniform: Family<LoguniformParameters> = {
  name: 'loguniform',
  ...writtenAs([form({ min: positive, max: positive }, ({ min, max }) => ({ min, max }), below('min', 'max'))]),
  mean: ({ min, max }) => (max - min) / (ln(max) - ln(min)),
  variance(parameters) {
    const { min, max } = parameters;
    const meanSquare = ((max - min) * (max / 2 + min / 2)) / (ln(max) - ln(min));
    return meanSquare - square(loguniform.mean(parameters));
  },
  support: ({ min, max }) => [min, max],
  quantile(parameters) {
    const { min, max } = parameters;
    const lnQuantile = lnLoguniform(parameters);
    return (u) => clamp(exp(lnQuantile(u)), min, max);
  },
  lnQuantile: lnLoguniform,
  cdf({ min, max }) {
    const low = ln(min);
    const width = ln(max) - low;
    return (x) => clamp((ln(Math.max(x, 0)) - low) / width, 0, 1);
  },
  async sampler({ min, max }, prng) {
    const { default: sampling } = await import('@stdlib/random-base-uniform');
    const lnValue = sampling.factory(ln(min), ln(max), { prng });
    return () => exp(lnValue());
  },
};

function lnLoguniform({ min, max }: LoguniformParameters) {
  const low = ln(min);
  const high = ln(max);
  return (u: number) => clamp(low + u * (high - low), low, high);
}
