import { clamp } from '../../distributions/bounds.js';
import { exp, ln } from '../../distributions/elementary.js';
import type { CountPoints } from './count-points.js';
import type { Curve, LnLaw } from './ln-law.js';

/** Values of a random input in a column, and their logarithms; NaN for what has none. */
export interface InputColumn {
  readonly values: Float64Array;
  readonly lnValues: Float64Array;
}

/** Values that stand for a random input's distribution. */
export interface DrawPoints extends InputColumn {
  /** Probabilities, of sum 1. */
  readonly shares: Float64Array;
}

/** The points of a whole number. */
export function pointsOfCounts({ counts, shares }: CountPoints): DrawPoints {
  const lnValues = counts.map((count) => (count === 0 ? Number.NEGATIVE_INFINITY : ln(count)));
  return { values: counts, lnValues, shares };
}

/**
 * The points of a quantity: its single values, and along its curves two for each `width` of ln x, which keep the draws
 * of either half and, for an even density, the variance (Gauss's rule): integrals are right to width^4 / 4320 of the
 * fourth derivative, and to width^2 / 8 of a kink.
 */
export function pointsOfLaw({ zero, non_finite, atoms, curves }: LnLaw, width: number): DrawPoints {
  const along = curves.map((curve) => pointsAlong(curve, width));
  const lnValues = Float64Array.from([
    ...(zero > 0 ? [Number.NEGATIVE_INFINITY] : []),
    ...(non_finite > 0 ? [Number.NaN] : []),
    ...atoms.lnValues,
    ...along.flatMap((points) => points.lnValues),
  ]);
  const shares = Float64Array.from([
    ...(zero > 0 ? [zero] : []),
    ...(non_finite > 0 ? [non_finite] : []),
    ...atoms.shares,
    ...along.flatMap((points) => points.shares),
  ]);
  return { values: lnValues.map(exp), lnValues, shares };
}

function pointsAlong({ low, high, mass, below }: Curve, width: number): { lnValues: number[]; shares: number[] } {
  const cells = Math.max(1, Math.ceil((high - low) / width));
  const own = (high - low) / cells;
  const [lnValues, shares]: [number[], number[]] = [[], []];
  let before = 0;
  for (let i = 0; i < cells; i++) {
    const middle = low + (i + 0.5) * own;
    const upper = i === cells - 1 ? mass : below(low + (i + 1) * own);
    const half = below(middle) - before;
    const share = upper - before;
    // The tilt that puts the middle half where it is, for a density that goes straight over the cell.
    const tilt = clamp((2 / Math.sqrt(3)) * (share - 2 * half), -share, share);
    lnValues.push(middle - own / Math.sqrt(12), middle + own / Math.sqrt(12));
    shares.push((share - tilt) / 2, (share + tilt) / 2);
    before = upper;
  }
  return { lnValues, shares };
}
