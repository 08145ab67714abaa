import { ln, square } from '../../distributions/elementary.js';
import { leaveOneOut, medianAbsolute } from './leave-one-out.js';
import { choleskyOf, inverseOfCholesky, quadraticForm } from './symmetric-matrix.js';
import { fitThroughput, lnLength, lnTpsUncapped, type ThroughputRow } from './throughput.js';

/** What a log-log regression does not know of itself: classical least squares in ln, about the centre of its rows. */
export interface LogLogUncertainty {
  /** Means of ln input and ln output tokens over the rows. There the level and the slopes err independently. */
  readonly centre: readonly [number, number];
  /** Rows less the three coefficients. */
  readonly df: number;
  /** Residual standard deviation of ln tps. */
  readonly residual_sd: number;
  /** Variance of the level at the centre, as a multiple of the residual variance: 1 / rows. */
  readonly level_variance: number;
  /** Covariance of the two slopes, as a multiple of the residual variance. */
  readonly slope_covariance: readonly (readonly number[])[];
}

/** Rows that leave a regression on two lengths something to judge it by. */
export const LOG_LOG_ROWS = 4;

/**
 * How well the regression of ln tps on both ln lengths is known: with Student's t of `df`. Undefined below four rows, where
 * nothing is left to tell, and where the rows do not vary in both directions.
 */
export function logLogUncertainty(rows: readonly ThroughputRow[]): LogLogUncertainty | undefined {
  const fit = fitThroughput(rows);
  if (rows.length < LOG_LOG_ROWS || fit?.residual_std == null || fit.residual_df !== rows.length - 3) return undefined;
  const lengths = rows.map((row) => [lnLength(row.input_tokens), lnLength(row.output_tokens)]);
  const centre = [0, 1].map((k) => lengths.reduce((sum, point) => sum + point[k], 0) / rows.length);
  const products = [0, 1].map((i) =>
    [0, 1].map((k) => lengths.reduce((sum, point) => sum + (point[i] - centre[i]) * (point[k] - centre[k]), 0)),
  );
  const lower = choleskyOf(products);
  if (lower === undefined) return undefined;
  return {
    centre: [centre[0], centre[1]],
    df: fit.residual_df,
    residual_sd: fit.residual_std,
    level_variance: 1 / rows.length,
    slope_covariance: inverseOfCholesky(lower),
  };
}

/** Standard errors of ln tps at given lengths: of the regression, and of one more measurement about it. Times a t of `df`. */
export function logLogErrors(
  { centre, residual_sd, level_variance, slope_covariance }: LogLogUncertainty,
  lnInput: number,
  lnOutput: number,
): { readonly fit_sd: number; readonly predicted_sd: number } {
  const away = [lnInput - centre[0], lnOutput - centre[1]];
  const variance = level_variance + quadraticForm(slope_covariance, away);
  return { fit_sd: residual_sd * Math.sqrt(variance), predicted_sd: residual_sd * Math.sqrt(1 + variance) };
}

/**
 * What a world adds to ln tps: standard normal scores for the level and the two slopes, divided by `rootChiSquare`, the root of
 * a draw of χ² of `df` over `df`, which the residual of the world is divided by as well.
 */
export function drawnLogLog(
  { centre, residual_sd, level_variance, slope_covariance }: LogLogUncertainty,
  scores: readonly [level: number, first: number, second: number],
  rootChiSquare: number,
): (lnInput: number, lnOutput: number) => number {
  const sd = residual_sd / rootChiSquare;
  const lower = choleskyOf(slope_covariance) ?? [];
  const level = sd * Math.sqrt(level_variance) * scores[0];
  const input = sd * lower[0][0] * scores[1];
  const output = sd * (lower[1][0] * scores[1] + lower[1][1] * scores[2]);
  return (lnInput, lnOutput) => level + input * (lnInput - centre[0]) + output * (lnOutput - centre[1]);
}

/** Median |ln error| of each row's throughput, predicted by the capped law from the others; null where no row can be. */
export function logLogLooError(rows: readonly ThroughputRow[]): number | null {
  const errors = leaveOneOut(rows, (others) => {
    const fit = fitThroughput(others);
    if (fit === undefined) return undefined;
    const lnCap = ln(fit.cap_tps);
    return (row) => Math.min(lnCap, lnTpsUncapped(fit, lnLength(row.input_tokens), lnLength(row.output_tokens)));
  });
  return medianAbsolute(errors);
}

/** Share of the variance of ln tps about its mean that predictions explain; null where all rows are equally fast. */
export function explainedShare<Row extends ThroughputRow>(
  rows: readonly Row[],
  lnTps: (row: Row) => number,
): number | null {
  const logs = rows.map((row) => ln(row.tps));
  const mean = logs.reduce((sum, value) => sum + value, 0) / rows.length;
  const total = logs.reduce((sum, value) => sum + square(value - mean), 0);
  const left = rows.reduce((sum, row, i) => sum + square(logs[i] - lnTps(row)), 0);
  return total > 0 ? 1 - left / total : null;
}
