import type { HistogramData } from './histogram.js';
import type { Bin, Statistics } from './statistics.js';

/** A quantile and the interval that its error leaves. */
export interface QuantileFound {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A distribution that was integrated, in whole or in part, in the unit of the quantity itself. */
export interface Integrated {
  /** Its `n` is the number of draws that were made for it: 0 where all of it was integrated. */
  readonly statistics: Statistics;
  /** Shares of draws that are exactly 0, and that are no finite number. */
  readonly zeros: number;
  readonly non_finite: number;
  /** Half-width of the 95 % interval that draws leave of the mean; 0 without draws. */
  readonly meanError: number;
  /** Share below a value, and above one, of the draws that are a finite number. */
  shareBelow(value: number): number;
  shareAbove(value: number): number;
  /** The interval is what numerical error leaves and, where draws were made, their 95 % interval around it. */
  quantile(probability: number): QuantileFound;
  /** Bins `width` of a histogram's own wide, as `coarseBins` has them. */
  bins(width: number): Bin[];
  /** The same in a histogram's own bins, for what reads those: within 1e-4 relative. */
  histogram(): HistogramData;
  /** The distribution of what is 1 where this is 0, or no finite number, and else 0. */
  share(of: 'zeros' | 'non_finite'): Integrated;
}
