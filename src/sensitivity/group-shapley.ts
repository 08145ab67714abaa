import { normalQuantile } from '../distributions/normal-quantile.js';
import type { Matrix } from '../random/cholesky.js';
import { ROWS } from '../random/point-source.js';
import { pointsOf } from '../random/points.js';
import { pairCorrelation } from './estimators/janon-2014.js';
import { columnsOf } from './problem.js';
import { redrawOf } from './redraw.js';
import { MOST_PARAMETERS } from './shapley.js';
import { shapleyValues } from './shapley-values.js';

/** A function of standard normal scores, which fall into groups. */
export interface ScoreProblem {
  /** Correlation of the scores; its size is how many there are. */
  readonly correlation: Matrix;
  /** Scores of each group; together all of them, each once. */
  readonly groups: readonly (readonly number[])[];
  /** Fills the first `n` (at most `ROWS`) places of the output; what is no finite number is left out. */
  readonly evaluate: (scores: readonly Float64Array[], n: number, output: Float64Array) => void;
}

/** What groups of scores make of a variance. */
export interface GroupShares {
  readonly variance: number;
  /** By group; they add up to 1. */
  readonly shares: readonly number[];
  /** Share of the rows without a finite number. */
  readonly dropped: number;
}

/**
 * Shapley effects of groups of correlated scores: every coalition of groups by pick-freeze with conditional redraws, as
 * `shapleyEffects` does for single inputs.
 *
 * @throws RangeError for more than 10 groups or a correlation that is not positive definite
 */
export function groupShapley(problem: ScoreProblem, seed: string, samples: number): GroupShares {
  const { correlation, groups } = problem;
  if (groups.length > MOST_PARAMETERS)
    throw new RangeError(`shares of variance are those of at most ${MOST_PARAMETERS} sources; found ${groups.length}`);
  const k = correlation.length;
  const redraws = coalitionsOf(groups.length).map((coalition) => {
    const inside = new Set(groups.flatMap((group, g) => ((coalition >> g) & 1 ? group : [])));
    return redrawOf(correlation, (j) => inside.has(j));
  });
  const first = redrawOf(correlation, () => false);
  const points = pointsOf('sobol', seed, 2 * k, samples);
  const [noise, scores, partners] = [columnsOf(2 * k), columnsOf(k), columnsOf(k)];
  const base = new Float64Array(samples);
  const outputs = redraws.map(() => new Float64Array(samples));
  const column = new Float64Array(ROWS);
  const evaluate = (of: readonly Float64Array[], n: number, into: Float64Array, row: number) => {
    problem.evaluate(of, n, column);
    into.set(column.subarray(0, n), row);
  };
  for (let row = 0; row < samples; row += ROWS) {
    const n = Math.min(ROWS, samples - row);
    points(noise, n);
    for (const one of noise) for (let r = 0; r < n; r++) one[r] = normalQuantile(one[r]);
    first(scores, noise, scores, n);
    evaluate(scores, n, base, row);
    redraws.forEach((redraw, coalition) => {
      redraw(scores, noise.slice(k), partners, n);
      evaluate(partners, n, outputs[coalition], row);
    });
  }
  return groupShares(base, outputs, groups.length);
}

/** All coalitions of so many groups but nobody and everybody, whose worth is known. */
export function coalitionsOf(groups: number): number[] {
  return Array.from({ length: Math.max(0, 2 ** groups - 2) }, (_, i) => i + 1);
}

/** The same from the outputs themselves. @param outputs by coalition, in the order of `coalitionsOf` */
export function groupShares(base: Float64Array, outputs: readonly Float64Array[], groups: number): GroupShares {
  const rows = [...base.keys()].filter(
    (row) => Number.isFinite(base[row]) && outputs.every((output) => Number.isFinite(output[row])),
  );
  const [shift = 0] = rows.map((row) => base[row]);
  const mean = (of: (row: number) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const [x, xx] = [mean((row) => base[row] - shift), mean((row) => (base[row] - shift) ** 2)];
  const everybody = 2 ** groups - 1;
  const worth = (coalition: number) => {
    if (coalition === 0 || coalition === everybody) return coalition === 0 ? 0 : 1;
    const output = outputs[coalition - 1];
    const [y, yy] = [mean((row) => output[row] - shift), mean((row) => (output[row] - shift) ** 2)];
    const xy = mean((row) => (base[row] - shift) * (output[row] - shift));
    const found = pairCorrelation(x, y, xx, yy, xy);
    return Number.isFinite(found) ? found : 0;
  };
  const variance = Math.max(0, xx - x * x);
  return { variance, shares: shapleyValues(groups, worth), dropped: 1 - rows.length / base.length };
}
