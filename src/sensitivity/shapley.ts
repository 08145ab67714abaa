import { normalQuantile } from '../distributions/normal-quantile.js';
import type { Matrix } from '../random/cholesky.js';
import { uniformOf } from '../random/gaussian-copula.js';
import { ROWS } from '../random/point-source.js';
import { type PointKind, pointsOf } from '../random/points.js';
import { type BootstrapOptions, blockOf, bootstrap } from './bootstrap.js';
import { pairCorrelation } from './estimators/janon-2014.js';
import { columnsOf, drawValues, type OutputEffects, type SensitivityProblem } from './problem.js';
import { redrawOf } from './redraw.js';
import { markFinite } from './saltelli-design.js';
import { shapleyValues } from './shapley-values.js';

/** Rows for each subset, and how they are placed. */
export interface ShapleyOptions extends BootstrapOptions {
  /** Rows for each of the 2^k subsets of the k parameters. */
  readonly samples: number;
  readonly points: PointKind;
}

/** Parameters up to which all subsets are computed. */
export const MOST_PARAMETERS = 10;

/**
 * Shapley effects: each parameter's fair share (`shapley`, `shapley_conf`) of the output's variance, correlated or not; they
 * add up to 1.
 *
 * Effects: Owen, SIAM/ASA J. Uncertain. Quantif. 2 (2014); Song, Nelson, Staum, same journal 4 (2016). Estimator: all subsets by
 * pick-freeze with conditional redraws (Broto, Bachoc, Depecker, same journal 8, 2020, section 4), each subset's closed index by
 * the formula of Janon et al. 2014. Within a Gaussian copula the redraw is exact.
 *
 * @throws RangeError for more than 10 parameters or a correlation that is not positive definite
 */
export function shapleyEffects(problem: SensitivityProblem, options: ShapleyOptions): OutputEffects[] {
  const k = problem.parameters.length;
  if (k > MOST_PARAMETERS)
    throw new RangeError(`shapley computes all subsets, of at most ${MOST_PARAMETERS} parameters; found ${k}`);
  const sums = subsetSums(problem, options);
  return problem.outputs.map((output, o) => {
    const { values, conf } = bootstrap(sums[o].blocks, (total) => effectsFrom(total, k), options);
    const effects = problem.parameters.map((parameter, j) => ({
      parameter,
      numbers: { shapley: values[j], shapley_conf: conf[j] },
    }));
    return { output, effects, n: sums[o].n, n_dropped: options.samples - sums[o].n };
  });
}

/** Sums per subset: y, its partner y', their squares and their product. */
const PER_SUBSET = 5;

function effectsFrom(sums: Float64Array, k: number): number[] {
  const n = sums[0];
  const full = 2 ** k - 1;
  return shapleyValues(k, (subset) => {
    if (subset === 0 || subset === full) return subset === 0 ? 0 : 1;
    const [x, y, xx, yy, xy] = sums.subarray(1 + subset * PER_SUBSET);
    return pairCorrelation(x / n, y / n, xx / n, yy / n, xy / n);
  });
}

interface OutputSums {
  readonly blocks: Float64Array[];
  n: number;
  /** Taken off every output, so that products keep their digits: the first finite one. */
  shift: number | undefined;
}

function subsetSums(problem: SensitivityProblem, options: ShapleyOptions): OutputSums[] {
  const { samples } = options;
  const k = problem.parameters.length;
  const points = pointsOf(options.points, options.seed, 2 * k, samples);
  const redraws = Array.from({ length: 2 ** k }, (_, subset) =>
    redrawOf(problem.correlation ?? identity(k), (j) => ((subset >> j) & 1) === 1),
  );
  const noise = columnsOf(2 * k);
  const [scores, partners, values] = [columnsOf(k), columnsOf(k), columnsOf(k)];
  const base = columnsOf(problem.outputs.length);
  const outputs = redraws.map(() => columnsOf(problem.outputs.length));
  const mark = new Uint8Array(ROWS);
  const length = blockOf(samples - 1, samples) + 1;
  const sums = base.map(() => ({
    blocks: Array.from({ length }, () => new Float64Array(1 + PER_SUBSET * 2 ** k)),
    n: 0,
    shift: undefined as number | undefined,
  }));
  for (let row = 0; row < samples; row += ROWS) {
    const n = Math.min(ROWS, samples - row);
    points(noise, n);
    for (const column of noise) for (let r = 0; r < n; r++) column[r] = normalQuantile(column[r]);
    // The empty subset's redraw keeps nothing: on the first half of the noise it makes the base sample.
    redraws[0](scores, noise, scores, n);
    evaluateScores(problem, scores, values, n, base);
    redraws.forEach((redraw, subset) => {
      redraw(scores, noise.slice(k), partners, n);
      evaluateScores(problem, partners, values, n, outputs[subset]);
    });
    base.forEach((y, o) => {
      const partners = outputs.map((out) => out[o]);
      markFinite(mark, [y, ...partners], n);
      addRows(sums[o], y, partners, mark, row, n, samples);
    });
  }
  return sums;
}

function addRows(
  sums: OutputSums,
  y: Float64Array,
  partners: readonly Float64Array[],
  mark: Uint8Array,
  row: number,
  n: number,
  samples: number,
): void {
  for (let r = 0; r < n; r++) {
    if (mark[r] === 0) continue;
    sums.shift ??= y[r];
    sums.n++;
    const block = sums.blocks[blockOf(row + r, samples)];
    block[0]++;
    for (let subset = 0; subset < partners.length; subset++) {
      addPair(block, 1 + subset * PER_SUBSET, y[r] - sums.shift, partners[subset][r] - sums.shift);
    }
  }
}

function addPair(sums: Float64Array, at: number, x: number, y: number): void {
  sums[at] += x;
  sums[at + 1] += y;
  sums[at + 2] += x * x;
  sums[at + 3] += y * y;
  sums[at + 4] += x * y;
}

function evaluateScores(
  problem: SensitivityProblem,
  scores: readonly Float64Array[],
  values: readonly Float64Array[],
  n: number,
  outputs: readonly Float64Array[],
): void {
  const uniforms = scores.map((column) => column.map((score, r) => (r < n ? uniformOf(score) : 0.5)));
  drawValues(problem, uniforms, values, n);
  problem.evaluate(values, n, outputs);
}

function identity(k: number): Matrix {
  return Array.from({ length: k }, (_, i) => Array.from({ length: k }, (_, j) => (i === j ? 1 : 0)));
}
