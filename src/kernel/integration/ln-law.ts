import { type Atoms, countUpTo } from './atoms.js';

/**
 * The distribution of a quantity that is not negative, told by its logarithm: shares of draws at 0, at no finite
 * number, at single values and along curves. The shares add up to 1.
 */
export interface LnLaw {
  /** Share of draws that are exactly 0. */
  readonly zero: number;
  /**
   * Share of draws that are no finite number, or below 0 and so without a logarithm: quantiles and moments leave them
   * out.
   */
  readonly non_finite: number;
  readonly atoms: Atoms;
  readonly curves: readonly Curve[];
}

/** A stretch of continuously spread draws. */
export interface Curve {
  /** Ends in ln x, finite. */
  readonly low: number;
  readonly high: number;
  /** Share of draws on the stretch. */
  readonly mass: number;
  /**
   * Share of draws on the stretch and at or below a ln value: 0 up to `low`, `mass` from `high` on, and nowhere
   * decreasing.
   */
  below(lnValue: number): number;
  /**
   * Share of draws that waves too short for a lattice may move across a ln value; 0 where `below` did not come from
   * one.
   */
  missing(lnValue: number): number;
  /** Where `below` has a kink or a steep end, ends included, ascending: integrals stop there. */
  readonly breaks: readonly number[];
}

/** Share of all draws at or below a ln value, those without a finite number left out of the count. */
export function shareBelow({ zero, atoms, curves }: LnLaw, lnValue: number): number {
  let share = zero + atoms.cumulated[countUpTo(atoms.lnValues, lnValue)];
  for (const curve of curves) share += curve.below(lnValue);
  return share;
}

/** Least and greatest finite logarithm; the low end is above the high end if there is none. */
export function rangeOf({ atoms: { lnValues }, curves }: LnLaw): readonly [low: number, high: number] {
  let [least, greatest] = lnValues.length > 0 ? [lnValues[0], lnValues[lnValues.length - 1]] : [Infinity, -Infinity];
  for (const { low, high } of curves) {
    least = Math.min(least, low);
    greatest = Math.max(greatest, high);
  }
  return [least, greatest];
}

/** Share of draws that have a finite logarithm. */
export function finiteShare({ atoms, curves }: LnLaw): number {
  return curves.reduce((sum, { mass }) => sum + mass, atoms.cumulated[atoms.shares.length]);
}
