import type { Curve } from './ln-law.js';

/** Halvings towards a break, where a distribution function may rise like a power: what is left is 2^-24 of a step. */
const GRADES = 24;

/** Shares of draws that rise in one interval by less move no rank by what is asked of it, however they rise. */
const NEGLIGIBLE = 1e-10;

/**
 * Means of a curve's distribution function over the intervals from k · step to (k + 1) · step, from `first` to the one
 * that holds its high end: by Simpson's rule, relative error (ω step)^4 / 2880 of a wave of angular frequency ω;
 * towards breaks on intervals that halve, so that a rise like a power is met as well.
 */
export function meansOver(curve: Curve, step: number, first: number): Float64Array {
  const means = new Float64Array(Math.floor(curve.high / step) - first + 1);
  const broken = new Set(curve.breaks.flatMap((place) => touching(place / step)));
  let low = curve.below(first * step);
  for (let i = 0; i < means.length; i++) {
    const place = first + i;
    const high = curve.below((place + 1) * step);
    means[i] =
      broken.has(place) && !(Math.abs(high - low) < NEGLIGIBLE)
        ? integralBetween(curve, place * step, (place + 1) * step) / step
        : (low + 4 * curve.below((place + 0.5) * step) + high) / 6;
    low = high;
  }
  return means;
}

/** The intervals that hold a place or end there. */
function touching(place: number): number[] {
  const interval = Math.floor(place);
  return place === interval ? [interval - 1, interval] : [interval];
}

function integralBetween(curve: Curve, from: number, to: number): number {
  const inside = curve.breaks.filter((place) => from < place && place < to);
  const ends = [from, ...inside, to];
  let sum = 0;
  for (let i = 1; i < ends.length; i++) {
    const middle = (ends[i - 1] + ends[i]) / 2;
    sum += gradedIntegral(curve, middle, ends[i - 1]) + gradedIntegral(curve, middle, ends[i]);
  }
  return sum;
}

/** The integral between two places, on intervals that halve towards the second. */
function gradedIntegral({ below }: Curve, from: number, towards: number): number {
  let sum = 0;
  let start = from;
  for (let grade = 0; grade < GRADES && start !== towards; grade++) {
    const end = grade === GRADES - 1 ? towards : (start + towards) / 2;
    sum += (Math.abs(end - start) / 6) * (below(start) + 4 * below((start + end) / 2) + below(end));
    start = end;
  }
  return sum;
}
