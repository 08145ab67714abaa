import { ln } from '../../distributions/elementary.js';
import type { InputColumn } from './draw-points.js';
import type { PartFunction } from './part-function.js';
import { alikeRanges, type WholeNumbers } from './whole-numbers.js';

/** The ends of ranges of counts that differ by less than 1/64, each from its least to its greatest. */
export function rangeEnds(whole: WholeNumbers): InputColumn {
  return columnOf([...alikeRanges(whole)].flat());
}

/**
 * Probability that an indicator of a count is 1: exactly, where it changes at most once among counts that differ by less
 * than 1/64. @param ends as `rangeEnds` has them
 */
export function shareWhere({ upTo, greatest }: WholeNumbers, ends: InputColumn, lnTruth: PartFunction): number {
  const truths = lnTruth(ends).map((lnValue) => (lnValue === 0 ? 1 : 0));
  const { values } = ends;
  let share = 0;
  for (let i = 1; i < truths.length; i++) {
    if (truths[i] === truths[i - 1]) continue;
    const below = upTo(lastAlike(values[i - 1], values[i], truths[i - 1], lnTruth));
    share += truths[i - 1] === 1 ? below : -below;
  }
  return share + (truths[truths.length - 1] === 1 ? upTo(greatest) : 0);
}

/** The last count from the first of two on, of which the indicator is what it is of the first; it is not of the second. */
function lastAlike(first: number, second: number, truth: number, lnTruth: PartFunction): number {
  let [low, high] = [first, second];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const isTrue = lnTruth(columnOf([middle]))[0] === 0;
    if (isTrue === (truth === 1)) low = middle;
    else high = middle;
  }
  return low;
}

function columnOf(counts: readonly number[]): InputColumn {
  const values = Float64Array.from(counts);
  return { values, lnValues: values.map((count) => (count === 0 ? -Infinity : ln(count))) };
}
