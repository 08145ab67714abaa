import { square } from '../../../distributions/elementary.js';

/** Share of what was measured that 90 % intervals are made to cover. */
const COVERED = 0.9;

/** Standard deviations from the centre to the end of a 90 % interval. */
const REACH = 1.6448536269514722;

/** A miss and the variance that was foretold for it. */
export interface Miss {
  readonly error: number;
  readonly variance: number;
}

/** Share of misses that lie within their 90 % intervals. */
export function coverage(misses: readonly Miss[]): number {
  return misses.filter(({ error, variance }) => square(error) < square(REACH) * variance).length / misses.length;
}

/** The least value, by halving, at which 90 % intervals that widen with it cover 90 % of the misses. */
export function leastCovering(misses: (value: number) => readonly Miss[]): number {
  let [low, high] = [0, 1];
  while (coverage(misses(high)) < COVERED && high < 64) high *= 2;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (coverage(misses(middle)) < COVERED) low = middle;
    else high = middle;
  }
  return high;
}
