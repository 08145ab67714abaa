import { exp, ln, square } from '../distributions/elementary.js';
import { cumulativeOf, quantileOf } from '../model/serving/predicted-energy.js';
import { choleskyOf, inverseOfCholesky, quadraticForm, solveCholesky } from '../model/throughput/symmetric-matrix.js';
import { fromBoards } from './at-boundary.js';
import { valuesOf } from './predict-serving.js';
import { PROBABILITIES, type Prediction, type ScorableRow } from './scored-row.js';

/** The formula's name in tables. */
export const REGRESSION = 'regression';

/**
 * The bar that physics must beat: least squares of ln J per output token on ln batch and its square, ln active and total parameters,
 * ln accelerators, ln rated power, ln bytes per weight and ln output tokens, with the row's family left out. It needs no table but the
 * measurements, and knows nothing of lengths of input, memory or contexts.
 */
export function regressionPredictor(learnt: readonly ScorableRow[]): (row: ScorableRow) => Prediction {
  const boards = learnt.filter(({ boundary }) => boundary === 'gpu_board');
  const fits = new Map<string, Regression>();
  return (row) => {
    const fit = fits.get(row.family) ?? regressionOf(boards.filter(({ family }) => family !== row.family));
    fits.set(row.family, fit);
    return predictionOf(fit, row);
  };
}

interface Regression {
  readonly coefficients: readonly number[];
  /** Of the coefficients, in units of the residual variance. */
  readonly covariance: readonly (readonly number[])[];
  readonly residual_sd: number;
  readonly df: number;
}

function regressorsOf({ concurrency, deployment, output_tokens }: ScorableRow): number[] {
  const { active_params_b, total_params_b, gpu_count, tdp_w, bytes_per_weight } = deployment;
  const batch = ln(concurrency);
  const sizes = [active_params_b, total_params_b, gpu_count, tdp_w, bytes_per_weight, output_tokens].map(ln);
  return [1, batch, square(batch), ...sizes];
}

/** A thousandth of a unit of each regressor: keeps the equations solvable where all rows are of one chip or precision. */
const RIDGE = 1e-3;

function regressionOf(rows: readonly ScorableRow[]): Regression {
  const design = rows.map(regressorsOf);
  const values = rows.map(({ measured_wh, output_tokens }) => ln((measured_wh * 3600) / output_tokens));
  const size = design[0].length;
  const matrix = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, k) => design.reduce((sum, x) => sum + x[i] * x[k], i === k ? RIDGE : 0)),
  );
  const right = matrix.map((_, i) => design.reduce((sum, x, row) => sum + x[i] * values[row], 0));
  const lower = choleskyOf(matrix);
  if (lower === undefined) throw new RangeError('the regressors are no finite numbers');
  const coefficients = solveCholesky(lower, right);
  const df = Math.max(1, rows.length - size);
  const squares = design.reduce((sum, x, row) => sum + square(values[row] - dot(x, coefficients)), 0);
  return { coefficients, covariance: inverseOfCholesky(lower), residual_sd: Math.sqrt(squares / df), df };
}

function predictionOf({ coefficients, covariance, residual_sd, df }: Regression, row: ScorableRow): Prediction {
  const x = regressorsOf(row);
  const joules = exp(dot(x, coefficients));
  const { tdp_w } = row.deployment;
  const { median } = fromBoards(row.hardware, REGRESSION_POWER * tdp_w, row.boundary);
  const energy = {
    median: (joules * row.output_tokens * median) / 3600,
    ln_sd: residual_sd * Math.sqrt(1 + quadraticForm(covariance, x)),
    df,
  };
  return {
    quantiles: valuesOf((quantile) => quantileOf(energy, PROBABILITIES[quantile])),
    pit: cumulativeOf(energy, row.measured_wh),
  };
}

/** Share of rated power at which boards stand in the node's line, as the regression says nothing of power: ML.ENERGY v3's mean. */
const REGRESSION_POWER = 0.74;

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
