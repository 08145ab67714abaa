import { isMapping } from '../distributions/written.js';

/** Parameters that are values of the variable, by family: all of them scale with it. */
const SCALING: Readonly<Record<string, readonly string[]>> = {
  constant: ['value'],
  exponential: ['median', 'mean'],
  lognormal: ['p5', 'p10', 'p25', 'median', 'p75', 'p90', 'p95', 'mean', 'sd'],
  uniform: ['min', 'max'],
  loguniform: ['min', 'max'],
  triangular: ['min', 'mode', 'max'],
  pert: ['min', 'mode', 'max'],
  normal: ['mean', 'sd', 'p5', 'p95'],
};

/** Keys beside the family: bounds are values of the variable, too. */
const BOUNDS = ['min', 'max'];

/**
 * A number or distribution as it is written, of `factor` times the variable; undefined for a family that is written otherwise than by
 * values of the variable alone (mixtures, tables, traces).
 */
export function scaledWritten(written: unknown, factor: number): unknown {
  if (typeof written === 'number') return times(written, factor);
  if (!isMapping(written)) return undefined;
  const family = Object.keys(written).find((key) => Object.hasOwn(SCALING, key));
  const parameters = family === undefined ? undefined : written[family];
  if (family === undefined || !isMapping(parameters)) return undefined;
  const isKnown = Object.entries(parameters).every(([key, value]) => isScalable(family, key, value));
  if (!isKnown) return undefined;
  const scaled = (key: string, value: unknown, scaling: readonly string[]) =>
    typeof value === 'number' && scaling.includes(key) ? times(value, factor) : value;
  const inner = Object.entries(parameters).map(([key, value]) => [key, scaled(key, value, SCALING[family])]);
  const outer = Object.entries(written).map(([key, value]) => [key, scaled(key, value, BOUNDS)]);
  return { ...Object.fromEntries(outer), [family]: Object.fromEntries(inner) };
}

/** A parameter whose part in the scale is known: a number that scales, or the shape of a lognormal. */
function isScalable(family: string, key: string, value: unknown): boolean {
  const isShape = family === 'lognormal' && key === 'geometric_sd';
  return typeof value === 'number' && (isShape || SCALING[family].includes(key));
}

/** Digits that a reader can take in; a setting is meant to be typed. */
const DIGITS = 6;

function times(value: number, factor: number): number {
  return Number((value * factor).toPrecision(DIGITS));
}
