import type { Report } from '../errors.js';
import { parseNumber } from './written.js';

/** A weight: a finite number that is not negative. Or a complaint and undefined. */
export function parseWeight(written: unknown, report: Report, ...path: (string | number)[]): number | undefined {
  const weight = parseNumber(written, report, ...path);
  if (weight === undefined || weight >= 0) return weight;
  report(path, `a weight must not be negative; found ${weight}`);
  return undefined;
}

export function total(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** The same proportions with sum 1. */
export function normalized(weights: readonly number[]): number[] {
  const sum = total(weights);
  return weights.map((weight) => weight / sum);
}

/** Share of the first 1, 2, … weights in all; the last is exactly 1. */
export function cumulated(weights: readonly number[]): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  weights.forEach((weight, i) => {
    sum += weight;
    sums[i] = sum;
  });
  return sums.map((partial) => partial / sum);
}

/** Index of the first entry of an ascending list that is above x; its length if there is none. */
export function firstAbove(ascending: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] > x) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * `firstAbove` for one list of cumulated shares and x in [0, 1), in a time that does not grow with its length: x is looked up in
 * as many equal parts of [0, 1) as there are shares, and walks on from there by one entry in the mean (Chen and Asau, "On
 * generating random variates from an empirical distribution", AIIE Transactions 1974).
 */
export function guidedSearch(shares: Float64Array): (x: number) => number {
  const starts = Uint32Array.from(shares, (_, part) => firstAbove(shares, part / shares.length));
  return (x) => {
    let i = starts[Math.floor(x * shares.length)];
    // Where x · length is rounded up into the part above.
    while (i > 0 && shares[i - 1] > x) i--;
    while (shares[i] <= x) i++;
    return i;
  };
}

/** Index drawn with probability proportional to the weights: a plain walk, independent of the quantile functions. */
export function walkTo(weights: readonly number[], u: number): number {
  let rest = u * total(weights);
  const index = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  return index < 0 ? weights.length - 1 : index;
}
