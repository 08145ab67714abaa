import { clamp } from './bounds.js';
import type { Family } from './distribution.js';
import { ln } from './elementary.js';
import { parseNumber } from './written.js';

/** One value, always. Written as the bare number. */
export interface ConstantParameters {
  readonly value: number;
}

export const constant: Family<ConstantParameters> = {
  name: 'constant',
  schema: { type: 'number' },
  parse(written, report) {
    const value = parseNumber(written, report);
    return value === undefined ? undefined : { value };
  },
  mean: ({ value }) => value,
  variance: () => 0,
  support: ({ value }) => [value, value],
  quantile:
    ({ value }) =>
    () =>
      value,
  lnQuantile({ value }) {
    const lnValue = ln(value);
    return value < 0 ? undefined : () => lnValue;
  },
  cdf:
    ({ value }) =>
    (x) =>
      x < value ? 0 : 1,
  restrict: (parameters, min, max) =>
    clamp(parameters.value, min, max) === parameters.value ? { parameters, mass: 1 } : undefined,
  sampler:
    async ({ value }) =>
    () =>
      value,
};
