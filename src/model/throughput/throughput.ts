import { exp, ln } from '../../distributions/elementary.js';
import type { Distribution } from '../../distributions/index.js';
import type { HardwareFactor } from './hardware-factor.js';
import type { RequestCostThroughput } from './request-cost-throughput.js';

/** One measured operating point: token lengths of a query and the output tokens per second of the whole node. */
export interface ThroughputRow {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly tps: number;
}

/** Lengths covered by the rows of a fit, in tokens; predictions beyond are extrapolations. */
export interface CoveredTokens {
  readonly input_tokens: readonly [number, number];
  readonly output_tokens: readonly [number, number];
}

/** What a fit says of any lengths. */
export interface LogLogLaw extends CoveredTokens {
  /** ln tps = intercept + coef_ln_input_tokens · ln input + coef_ln_output_tokens · ln output; both 0 for `maximum`. */
  readonly intercept: number;
  readonly coef_ln_input_tokens: number;
  readonly coef_ln_output_tokens: number;
  /** Highest observed tps: no prediction exceeds it. */
  readonly cap_tps: number;
}

/** Fitted from measurements, with what a reader needs to judge the fit. */
export interface FittedThroughput extends LogLogLaw {
  readonly method: 'regression' | 'maximum';
  /** Service throughput over that of the rows; absent for 1. */
  readonly offline_to_service?: Distribution;
  /** What rows of other hardware stand in by; absent where they are of the node's own. */
  readonly hardware_factors?: readonly HardwareFactor[];
  readonly rows_used: number;
  readonly residual_df: number;
  /** Share of the variance of ln tps explained; null where the fit leaves nothing to judge it by. */
  readonly r_squared: number | null;
  /** Residual standard deviation of ln tps; null without residual degrees of freedom. */
  readonly residual_std: number | null;
}

/** The law alone, without what tells how good it is. */
export function lawOf(fit: FittedThroughput): LogLogLaw {
  const { intercept, coef_ln_input_tokens, coef_ln_output_tokens, cap_tps, input_tokens, output_tokens } = fit;
  return { intercept, coef_ln_input_tokens, coef_ln_output_tokens, cap_tps, input_tokens, output_tokens };
}

/** Stated by the user in output tokens per second of the whole node. */
export interface GivenThroughput {
  readonly method: 'given';
  readonly tps: Distribution;
}

/** A model's output tokens per second of its node: fitted to measured rows, stated, or by what each request costs the node. */
export type Throughput = FittedThroughput | GivenThroughput | RequestCostThroughput;

/** Rows needed for a regression, and for a constant. Source: Oviedo et al., authors' code `create_tps_regression_models`. */
export const REGRESSION_ROWS = 3;
export const MAXIMUM_ROWS = 2;

/** Lengths below this count as this in the logarithms. Source: as above, `predict_tps_for_lengths`. */
export const SHORTEST_LENGTH = 1e-6;
export const LN_SHORTEST_LENGTH = ln(SHORTEST_LENGTH);

/** A fit through its highest row meets the cap there but for rounding of ln tps; that is not a capped draw. */
const CAP_ROUNDING = 1e-12;

/** ln of a token length as the regression takes it. */
export function lnLength(tokens: number): number {
  return ln(Math.max(tokens, SHORTEST_LENGTH));
}

/** ln tps of the regression before its cap, for the logarithms of lengths, -Infinity for 0. */
export function lnTpsUncapped(fit: LogLogLaw, lnInput: number, lnOutput: number): number {
  const ofInput = fit.coef_ln_input_tokens * Math.max(lnInput, LN_SHORTEST_LENGTH);
  return fit.intercept + ofInput + fit.coef_ln_output_tokens * Math.max(lnOutput, LN_SHORTEST_LENGTH);
}

/** Whether a throughput is held back by the cap. */
export function isCapped(fit: LogLogLaw, lnUncapped: number): boolean {
  return lnUncapped > ln(fit.cap_tps) + CAP_ROUNDING;
}

/**
 * The fewest and the most output tokens that the cap does not hold back, for the logarithm of an input length; the first above
 * the second where it holds back all. Between whole numbers, ln tps goes one way.
 */
export function uncappedTokens(fit: LogLogLaw, lnInput: number): [least: number, most: number] {
  const capped = (tokens: number) => isCapped(fit, lnTpsUncapped(fit, lnInput, ln(tokens)));
  const [none, all] = [capped(0), capped(MOST_TOKENS)];
  if (none === all) return none ? [Number.POSITIVE_INFINITY, 0] : [0, Number.POSITIVE_INFINITY];
  let [below, above] = [0, MOST_TOKENS];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (capped(middle) === none) below = middle;
    else above = middle;
  }
  return none ? [above, Number.POSITIVE_INFINITY] : [0, below];
}

/** Whole numbers are exact up to here. */
const MOST_TOKENS = Number.MAX_SAFE_INTEGER;

/** Output tokens per second of the node for one query's lengths: the fit, at most the highest observed tps. */
export function tpsAt(fit: LogLogLaw, input_tokens: number, output_tokens: number): number {
  return Math.min(fit.cap_tps, exp(lnTpsUncapped(fit, lnLength(input_tokens), lnLength(output_tokens))));
}

/** Whether a query's lengths lie outside what the rows cover. */
export function isExtrapolated(fit: CoveredTokens, input_tokens: number, output_tokens: number): boolean {
  const [inputLow, inputHigh] = fit.input_tokens;
  const [outputLow, outputHigh] = fit.output_tokens;
  return input_tokens < inputLow || input_tokens > inputHigh || output_tokens < outputLow || output_tokens > outputHigh;
}

/**
 * The paper's piecewise throughput model: ordinary least squares of ln tps on ln input and ln output from three rows on,
 * the highest observed tps from two rows, nothing (undefined) from fewer.
 */
export function fitThroughput(rows: readonly ThroughputRow[]): FittedThroughput | undefined {
  if (rows.length < MAXIMUM_ROWS) return undefined;
  return rows.length < REGRESSION_ROWS ? highestThroughput(rows) : regression(rows);
}

/** The highest observed tps for all lengths; of one row at least. */
export function highestThroughput(rows: readonly ThroughputRow[]): FittedThroughput {
  const cap_tps = highestTps(rows);
  return {
    method: 'maximum',
    intercept: ln(cap_tps),
    coef_ln_input_tokens: 0,
    coef_ln_output_tokens: 0,
    cap_tps,
    rows_used: rows.length,
    residual_df: rows.length - 1,
    r_squared: null,
    residual_std: null,
    ...coveredTokens(rows),
  };
}

function regression(rows: readonly ThroughputRow[]): FittedThroughput {
  const x1 = centred(rows.map((row) => lnLength(row.input_tokens)));
  const x2 = centred(rows.map((row) => lnLength(row.output_tokens)));
  const y = centred(rows.map((row) => ln(row.tps)));
  const [b1, b2, rank] = slopes(x1.values, x2.values, y.values);
  const residuals = y.values.map((value, i) => value - b1 * x1.values[i] - b2 * x2.values[i]);
  const total = dot(y.values, y.values);
  const unexplained = dot(residuals, residuals);
  const residual_df = rows.length - 1 - rank;
  return {
    method: 'regression',
    intercept: y.mean - b1 * x1.mean - b2 * x2.mean,
    coef_ln_input_tokens: b1,
    coef_ln_output_tokens: b2,
    cap_tps: highestTps(rows),
    rows_used: rows.length,
    residual_df,
    r_squared: total > 0 ? 1 - unexplained / total : null,
    residual_std: residual_df > 0 ? Math.sqrt(unexplained / residual_df) : null,
    ...coveredTokens(rows),
  };
}

/** Relative size below which a determinant or a variance counts as zero: well above the rounding of a few products. */
const SINGULAR = 1e-10;

/**
 * Least-squares slopes of two centred regressors, and how many directions the data determine. Where the rows vary in one
 * direction only (all lengths equal, or the two proportional), the minimum-norm solution, as LAPACK and scikit-learn give.
 */
function slopes(x1: readonly number[], x2: readonly number[], y: readonly number[]): [number, number, number] {
  const [s11, s22, s12] = [dot(x1, x1), dot(x2, x2), dot(x1, x2)];
  const [s1y, s2y] = [dot(x1, y), dot(x2, y)];
  const trace = s11 + s22;
  if (trace < SINGULAR) return [0, 0, 0];
  const determinant = s11 * s22 - s12 * s12;
  if (determinant < SINGULAR * trace * trace) {
    // Rank one: S = v vᵀ with |v|² = trace, so its pseudo-inverse is S / trace².
    const square = trace * trace;
    return [(s11 * s1y + s12 * s2y) / square, (s12 * s1y + s22 * s2y) / square, 1];
  }
  return [(s22 * s1y - s12 * s2y) / determinant, (s11 * s2y - s12 * s1y) / determinant, 2];
}

/** The least and the greatest lengths of rows, one at least. */
export function coveredTokens(rows: readonly ThroughputRow[]): CoveredTokens {
  return {
    input_tokens: range(rows.map((row) => row.input_tokens)),
    output_tokens: range(rows.map((row) => row.output_tokens)),
  };
}

/** tok/s of the fastest row. */
export function highestTps(rows: readonly ThroughputRow[]): number {
  return Math.max(...rows.map((row) => row.tps));
}

function range(values: readonly number[]): [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

function centred(values: readonly number[]): { mean: number; values: readonly number[] } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, values: values.map((value) => value - mean) };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
