import { square } from '../../distributions/elementary.js';
import type { LnNormal } from './request-cost-prior.js';
import { choleskyOf, inverseOfCholesky, quadraticForm, solveCholesky } from './symmetric-matrix.js';

/** One configuration's value of what is regressed. */
export interface GroupedValue {
  /** Regressors, 1 first for the mean. */
  readonly x: readonly number[];
  readonly y: number;
  /** Variance of y as measured. */
  readonly variance: number;
  /** What shares an effect: here, a family of models. */
  readonly group: string;
}

/** A regression whose groups, and members within them, differ by more than their errors of measurement. */
export interface RandomIntercept {
  readonly coefficients: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  /** Standard deviation between groups, and between the members of one. */
  readonly between_sd: number;
  readonly within_sd: number;
}

const MOST_ROUNDS = 2000;
const SMALLEST_CHANGE = 1e-9;

/**
 * Empirical Bayes: y = x'β + group effect + member effect + error of known variance, the two variances by expectation and
 * maximisation of the restricted likelihood over Henderson's mixed-model equations (Laird and Ware 1982, Biometrics 38, 963).
 */
export function randomIntercept(values: readonly GroupedValue[]): RandomIntercept {
  const groups = [...new Set(values.map(({ group }) => group))];
  const rows = values.map((value) => ({ ...value, design: designOf(value, groups) }));
  let variances: Variances = { between: 0.1, within: 0.1 };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const next = improved(rows, groups.length, variances);
    const change = Math.max(Math.abs(next.between - variances.between), Math.abs(next.within - variances.within));
    variances = next;
    if (change < SMALLEST_CHANGE) break;
  }
  const regressors = rows[0].x.length;
  const { effects, covariance } = solved(rows, groups.length, variances);
  return {
    coefficients: effects.slice(0, regressors),
    covariance: covariance.slice(0, regressors).map((row) => row.slice(0, regressors)),
    between_sd: Math.sqrt(variances.between),
    within_sd: Math.sqrt(variances.within),
  };
}

/** The value of a member of a group that was not seen: both spreads, and the error of the regression itself. */
export function newMember(fit: RandomIntercept, x: readonly number[]): LnNormal {
  const mean = fit.coefficients.reduce((sum, coefficient, i) => sum + coefficient * x[i], 0);
  const variance = square(fit.between_sd) + square(fit.within_sd) + quadraticForm(fit.covariance, x);
  return { mean, sd: Math.sqrt(variance) };
}

interface Variances {
  readonly between: number;
  readonly within: number;
}

interface DesignRow extends GroupedValue {
  readonly design: readonly number[];
}

function designOf({ x, group }: GroupedValue, groups: readonly string[]): number[] {
  return [...x, ...groups.map((one) => (one === group ? 1 : 0))];
}

/** Coefficients and group effects, and their covariance, for given variances. */
function solved(rows: readonly DesignRow[], groups: number, { between, within }: Variances) {
  const size = rows[0].design.length;
  const matrix = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, k) => (i === k && i >= size - groups ? 1 / between : 0)),
  );
  const right = matrix.map(() => 0);
  for (const { design, y, variance } of rows) {
    const weight = 1 / (within + variance);
    for (let i = 0; i < size; i++) {
      right[i] += weight * design[i] * y;
      for (let k = 0; k < size; k++) matrix[i][k] += weight * design[i] * design[k];
    }
  }
  const lower = choleskyOf(matrix);
  if (lower === undefined) throw new RangeError('the regressors do not vary independently');
  return { effects: solveCholesky(lower, right), covariance: inverseOfCholesky(lower) };
}

function improved(rows: readonly DesignRow[], groups: number, variances: Variances): Variances {
  const { effects, covariance } = solved(rows, groups, variances);
  const first = effects.length - groups;
  let between = 0;
  for (let i = first; i < effects.length; i++) between += square(effects[i]) + covariance[i][i];
  let within = 0;
  for (const { design, y, variance } of rows) {
    const share = variances.within / (variances.within + variance);
    const miss = y - design.reduce((sum, value, i) => sum + value * effects[i], 0);
    within += square(share) * (square(miss) + quadraticForm(covariance, design)) + share * variance;
  }
  // A variance of exactly 0 would have no inverse.
  return { between: Math.max(between / groups, 1e-8), within: Math.max(within / rows.length, 1e-8) };
}
