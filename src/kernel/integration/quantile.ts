import { type LnLaw, rangeOf, shareBelow } from './ln-law.js';

/** Halvings after which a bracket of any finite width has shrunk to neighbouring doubles. */
const MOST_STEPS = 200;

/**
 * ln of the quantile for a probability: the least ln x at or below which lies that share of the draws that are a finite
 * number; -Infinity where that is 0, NaN where no draw is a finite number. Found by bisection, to the last bits of ln
 * x: an atom is met exactly but for those.
 */
export function lnQuantile(law: LnLaw, probability: number): number {
  const rank = probability * (1 - law.non_finite);
  const [lowest, highest] = rangeOf(law);
  if (law.zero > 0 && law.zero >= rank) return -Infinity;
  if (!(lowest <= highest)) return law.zero > 0 ? -Infinity : NaN;
  if (shareBelow(law, lowest) >= rank) return lowest;
  let [low, high] = [lowest, highest];
  for (let i = 0; i < MOST_STEPS; i++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (shareBelow(law, middle) >= rank) high = middle;
    else low = middle;
  }
  return high;
}
