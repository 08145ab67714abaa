import { ln } from '../../distributions/elementary.js';
import type { PartFunction } from './part-function.js';
import { alikeRanges, probabilityWhere, type WholeNumbers } from './whole-numbers.js';

/** Probability that an indicator of a count is 1, as exact as `probabilityWhere`: the ends of its ranges are asked for at once. */
export function shareWhere(whole: WholeNumbers, lnTruth: PartFunction): number {
  const ends = [...new Set([...alikeRanges(whole)].flat())];
  const truths = lnTruth(columnOf(ends));
  const known = new Map(ends.map((count, i) => [count, truths[i] === 0]));
  return probabilityWhere(whole, (count) => known.get(count) ?? lnTruth(columnOf([count]))[0] === 0);
}

function columnOf(counts: readonly number[]) {
  const values = Float64Array.from(counts);
  return { values, lnValues: values.map((count) => (count === 0 ? -Infinity : ln(count))) };
}
