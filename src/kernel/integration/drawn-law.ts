import { BINS_PER_E, binOf, type HistogramData } from '../../sketch/histogram.js';
import { touched } from '../../sketch/positions.js';
import { type Atoms, sortedAtoms } from './atoms.js';
import { finiteShare, type LnLaw, shareBelow } from './ln-law.js';

/**
 * What was drawn, as a law: each bin's draws at its middle, those of the lowest and highest bin at the lowest and
 * highest draw, as `quantiles` of the sketch has them. It is to be multiplied by the law of what was not drawn
 * (conditional Monte Carlo, which by the theorem of Rao and Blackwell errs no more than drawing the rest as well; Owen,
 * "Monte Carlo theory, methods and examples", chapter 8.7). Bins are 1e-4 wide in ln x: that moves no quantile by more
 * than 5e-5 relative.
 */
export function drawnLaw(histogram: HistogramData): LnLaw {
  const { counts, zeros, non_finite, first_bin, ln_min, ln_max } = histogram;
  const [from, to] = touched(histogram);
  const lnValues = new Float64Array(to - from);
  const shares = Float64Array.from(counts.subarray(from, to));
  const all = shares.reduce((sum, count) => sum + count, zeros + non_finite);
  for (let i = 0; i < lnValues.length; i++) lnValues[i] = (first_bin + from + i + 0.5) / BINS_PER_E;
  for (const extreme of [ln_min, ln_max]) {
    if (to > from) lnValues[binOf(extreme) - first_bin - from] = extreme;
  }
  return {
    zero: zeros / all,
    non_finite: non_finite / all,
    atoms: sortedAtoms(
      lnValues,
      shares.map((count) => count / all),
    ),
    curves: [],
  };
}

/**
 * How many draws of the whole product one draw of a part of it is worth at a ln value of the product, where the rest is
 * convolved: the variance of one draw's indicator, P (1 - P), over that of its conditional probability, both of the
 * share at or below the value. 1 or more; Infinity where all of the product is in the rest.
 *
 * @param drawn the law of the drawn part
 * @param rest the law of what is convolved with it
 * @returns NaN at a value at which no draw can be told from another
 */
export function worthOfDraw(drawn: LnLaw, rest: LnLaw, lnValue: number): number {
  const { share, variance } = conditionalShare(drawn, rest, lnValue);
  return (share * (1 - share)) / variance;
}

/** The share of a product at or below a ln value by one draw of its drawn part: its mean over draws, and its variance. */
export function conditionalShare(
  drawn: LnLaw,
  rest: LnLaw,
  lnValue: number,
): { readonly share: number; readonly variance: number } {
  const { lnValues, shares }: Atoms = drawn.atoms;
  let [mean, square] = [drawn.zero, drawn.zero];
  for (let i = 0; i < shares.length; i++) {
    const below = shareBelow(rest, lnValue - lnValues[i]);
    mean += shares[i] * below;
    square += shares[i] * below * below;
  }
  const defined = drawn.zero + finiteShare(drawn);
  const [share, second] = [mean / defined, square / defined];
  return { share, variance: Math.max(0, second - share * share) };
}
