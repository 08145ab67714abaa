import { cholesky, solveCholesky } from '../random/cholesky.js';
import { type PointKind, pointsOf } from '../random/points.js';
import { type BootstrapOptions, blockOf, bootstrap } from './bootstrap.js';
import { type GivenData, givenData } from './given-data.js';
import type { OutputEffects, SensitivityProblem } from './problem.js';
import { ranks } from './ranks.js';

/** Samples in all, and how they are placed. */
export interface RegressionOptions extends BootstrapOptions {
  readonly samples: number;
  readonly points: PointKind;
}

/**
 * Standardised regression coefficients of the output on all inputs (`src`, with R² as `r2`), and the same on ranks (`srrc`,
 * `r2_rank`). The squares of `src` are first-order indices as far as R² is near 1 and inputs are independent.
 *
 * Source: Saltelli, Chan, Scott, "Sensitivity Analysis" (2000), section 6.6; ranks: Iman and Conover, Technometrics 21 (1979).
 */
export function regressionEffects(problem: SensitivityProblem, options: RegressionOptions): OutputEffects[] {
  const points = pointsOf(options.points, options.seed, problem.parameters.length + 1, options.samples);
  return regressionOf(givenData(problem, points, options.samples), problem.outputs, options);
}

/** The same from draws that are there already. @param outputs their names */
export function regressionOf(data: GivenData, outputs: readonly string[], options: BootstrapOptions): OutputEffects[] {
  return outputs.map((output, o) => outputEffects(output, usableRows(data, o), options));
}

interface Rows {
  readonly parameters: readonly string[];
  /** Inputs, then the output. */
  readonly columns: readonly Float64Array[];
  readonly n: number;
  readonly n_dropped: number;
}

function usableRows({ parameters, inputs, outputs, usable }: GivenData, output: number): Rows {
  const mark = usable[output];
  const columns = [...inputs, outputs[output]].map((column) => column.filter((_, r) => mark[r] === 1));
  const n = columns[0].length;
  return { parameters, columns, n, n_dropped: mark.length - n };
}

function outputEffects(output: string, rows: Rows, options: BootstrapOptions): OutputEffects {
  const { parameters, columns, n, n_dropped } = rows;
  const plain = standardised(columns, options);
  const ranked = standardised(columns.map(ranks), options);
  const k = parameters.length;
  const effects = parameters.map((parameter, j) => ({
    parameter,
    numbers: {
      src: plain.values[j],
      src_conf: plain.conf[j],
      r2: plain.values[k],
      srrc: ranked.values[j],
      srrc_conf: ranked.conf[j],
      r2_rank: ranked.values[k],
    },
  }));
  return { output, effects, n, n_dropped };
}

/** Coefficients of the standardised columns, then R², with intervals. */
function standardised(columns: readonly Float64Array[], options: BootstrapOptions) {
  const blocks = crossProducts(columns.map(centred));
  return bootstrap(blocks, (sums) => coefficients(sums, columns.length), options);
}

/** Sums of each block: count, each column, each product of two columns. */
function crossProducts(columns: readonly Float64Array[]): Float64Array[] {
  const m = columns.length;
  const n = columns[0].length;
  const blocks = Array.from({ length: n === 0 ? 1 : blockOf(n - 1, n) + 1 }, () => new Float64Array(1 + m + m * m));
  for (let r = 0; r < n; r++) {
    const sums = blocks[blockOf(r, n)];
    sums[0]++;
    for (let i = 0; i < m; i++) {
      sums[1 + i] += columns[i][r];
      for (let j = 0; j <= i; j++) sums[1 + m + i * m + j] += columns[i][r] * columns[j][r];
    }
  }
  return blocks;
}

function coefficients(sums: Float64Array, m: number): number[] {
  const n = sums[0];
  const covariance = (i: number, j: number) =>
    sums[1 + m + Math.max(i, j) * m + Math.min(i, j)] / n - (sums[1 + i] * sums[1 + j]) / (n * n);
  const deviations = Array.from({ length: m }, (_, i) => Math.sqrt(covariance(i, i)));
  const correlation = deviations.map((one, i) => deviations.map((other, j) => covariance(i, j) / (one * other)));
  const inputs = m - 1;
  const lower = cholesky(correlation.slice(0, inputs).map((row) => row.slice(0, inputs)));
  if (!lower) return new Array<number>(m).fill(Number.NaN);
  const withOutput = correlation[inputs].slice(0, inputs);
  const slopes = solveCholesky(lower, withOutput);
  return [...slopes, slopes.reduce((sum, slope, i) => sum + slope * withOutput[i], 0)];
}

/** Less the mean, so that products keep their digits. */
function centred(column: Float64Array): Float64Array {
  const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
  return column.map((value) => value - mean);
}
