import { exp, ln } from '../../distributions/elementary.js';
import type { NodeOf } from '../../plan/node.js';
import { countPoints } from './count-points.js';
import { type DrawPoints, type InputColumn, pointsOfCounts, pointsOfLaw } from './draw-points.js';
import { factorLaw } from './factor-law.js';
import type { LnLaw } from './ln-law.js';
import type { PartFunction } from './part-function.js';
import { lnQuantile } from './quantile.js';
import { remembering } from './remembering.js';
import { rangeEnds, shareWhere } from './share-where.js';
import { type WholeNumbers, wholeNumbers } from './whole-numbers.js';

/** What is known of a random input by itself. */
export interface RandomInput {
  /** Points that stand for it, as fine as a width in ln x. */
  points(width: number): DrawPoints;
  /** The quantile for a probability, alone in a column. */
  quantile(probability: number): InputColumn;
  /** The greatest value that no less than a share of all draws reach, alone in a column. */
  reachedBy(share: number): InputColumn;
  /** Of token counts, the probability that an indicator of them is 1. */
  readonly shareWhere?: (lnTruth: PartFunction) => number;
}

/** An input as the kernels draw it: token counts rounded, all else as it is. */
export async function randomInput({ distribution, scale }: NodeOf<'draw'>): Promise<RandomInput> {
  return scale === 'tokens' ? wholeInput(await wholeNumbers(distribution)) : spreadInput(await factorLaw(distribution));
}

function wholeInput(whole: WholeNumbers): RandomInput {
  let ends: InputColumn | undefined;
  return {
    points: remembering((width) => pointsOfCounts(countPoints(whole, width))),
    quantile: (probability) => columnOf(leastCount(whole, (share) => share >= probability)),
    reachedBy: (wanted) => columnOf(leastCount(whole, (share) => share > 1 - wanted)),
    shareWhere(lnTruth) {
      ends ??= rangeEnds(whole);
      return shareWhere(whole, ends, lnTruth);
    },
  };
}

/** The least count of whose probability of no more something holds. */
function leastCount({ least, greatest, upTo }: WholeNumbers, holds: (share: number) => boolean): number {
  let [low, high] = [least, greatest];
  while (high > low) {
    const middle = Math.floor((low + high) / 2);
    if (holds(upTo(middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}

function columnOf(count: number): InputColumn {
  return { values: Float64Array.of(count), lnValues: Float64Array.of(count === 0 ? -Infinity : ln(count)) };
}

function spreadInput(law: LnLaw): RandomInput {
  const quantile = (probability: number): InputColumn => {
    const lnValue = lnQuantile(law, probability);
    return { values: Float64Array.of(exp(lnValue)), lnValues: Float64Array.of(lnValue) };
  };
  return {
    points: remembering((width) => pointsOfLaw(law, width)),
    quantile,
    reachedBy: (share) => quantile(1 - share),
  };
}
