/** Truncation: draws outside are as if never made. An absent bound is infinite; both are inclusive. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

export type Interval = readonly [low: number, high: number];

export function intervalOf({ min = -Infinity, max = Infinity }: Bounds): Interval {
  return [min, max];
}

/**
 * Smallest step of u near 1, and the largest u below 1: what a rescaled uniform number is kept between, so that rounding does
 * not ask a quantile function for its infinite ends.
 */
export const SMALLEST_U = Number.EPSILON / 2;
export const LARGEST_U = 1 - SMALLEST_U;

/** What lies in both; the low end is above the high end if nothing does. */
export function intersection([a, b]: Interval, [c, d]: Interval): Interval {
  return [Math.max(a, c), Math.min(b, d)];
}

/** The same value with its bounds narrowed to what they share with an interval. */
export function narrowed<D extends Bounds>(bounded: D, interval: Interval): D {
  const [min, max] = intersection(intervalOf(bounded), interval);
  return { ...bounded, ...(min > -Infinity && { min }), ...(max < Infinity && { max }) };
}

/** Nearest value of an interval. */
export function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
