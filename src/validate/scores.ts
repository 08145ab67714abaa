import { ln, square } from '../distributions/elementary.js';
import type { ScoredRow } from './scored-row.js';

/** How well predictions met measurements, over some rows. */
export interface Scores {
  readonly n: number;
  /** Median of ln(predicted median / measured). */
  readonly bias: number;
  /** Standard deviation of the same. */
  readonly sd: number;
  readonly median_abs: number;
  /** Shares of measurements inside the 50 and 90 % intervals. */
  readonly coverage50: number;
  readonly coverage90: number;
  /** Rise of the error for each e-fold of concurrency; null where that varies too little to tell. */
  readonly slope: number | null;
}

/** ln of a prediction's median over what was measured. */
export function lnErrorOf({ prediction, measured_wh }: ScoredRow): number {
  return ln(prediction.quantiles.p50 / measured_wh);
}

/** Scores of rows, one at least. */
export function scoresOf(rows: readonly ScoredRow[]): Scores {
  const errors = rows.map(lnErrorOf);
  const inside = (low: 'p05' | 'p25', high: 'p75' | 'p95') =>
    mean(
      rows.map(({ prediction: { quantiles }, measured_wh }) =>
        quantiles[low] <= measured_wh && measured_wh <= quantiles[high] ? 1 : 0,
      ),
    );
  const centre = mean(errors);
  return {
    n: rows.length,
    bias: medianOf(errors),
    sd: Math.sqrt(mean(errors.map((error) => square(error - centre)))),
    median_abs: medianOf(errors.map(Math.abs)),
    coverage50: inside('p25', 'p75'),
    coverage90: inside('p05', 'p95'),
    slope: slopeOf(
      rows.map(({ row }) => ln(row.concurrency ?? Number.NaN)),
      errors,
    ),
  };
}

/** Standard deviation of ln concurrency below which no slope is told: 8 to 16 alone have 0.35. */
const LEAST_SPREAD = 0.5;

function slopeOf(x: readonly number[], y: readonly number[]): number | null {
  const [meanX, meanY] = [mean(x), mean(y)];
  const spread = x.reduce((sum, value) => sum + square(value - meanX), 0);
  if (!(spread >= x.length * square(LEAST_SPREAD))) return null;
  return x.reduce((sum, value, i) => sum + (value - meanX) * (y[i] - meanY), 0) / spread;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
