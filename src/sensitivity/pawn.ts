import { type PointKind, pointsOf } from '../random/points.js';
import { type BootstrapOptions, blockOf, blockWeights, halfWidths } from './bootstrap.js';
import { type GivenData, givenData } from './given-data.js';
import type { OutputEffects, SensitivityProblem } from './problem.js';
import { ranks } from './ranks.js';

/** Samples in all, how they are placed, and into how many slices they are divided. */
export interface PawnOptions extends SliceOptions {
  readonly samples: number;
  readonly points: PointKind;
}

export interface SliceOptions extends BootstrapOptions {
  /** Intervals of equal probability that each input is divided into. */
  readonly slices: number;
}

/**
 * PAWN: how far (Kolmogorov-Smirnov distance) the output's distribution moves when one input is held within a slice of its
 * own; over the slices the `median`, with `median_conf`, the `mean` and the `maximum`. In [0, 1]. The dummy's is the noise floor.
 *
 * Source: Pianosi and Wagener, "Distribution-based sensitivity analysis from a generic input-output sample", Environ. Model.
 * Softw. 108 (2018).
 */
export function pawnEffects(problem: SensitivityProblem, options: PawnOptions): OutputEffects[] {
  const points = pointsOf(options.points, options.seed, problem.parameters.length + 1, options.samples);
  return pawnOf(givenData(problem, points, options.samples), problem.outputs, options);
}

/** The same from draws that are there already. @param outputs their names */
export function pawnOf(data: GivenData, outputs: readonly string[], options: SliceOptions): OutputEffects[] {
  return outputs.map((output, o) => outputEffects(output, data, o, options));
}

/** Distances are looked at in this many places of the output's distribution, so they are known to 1 / CELLS. */
const CELLS = 1024;

function outputEffects(output: string, data: GivenData, o: number, options: SliceOptions): OutputEffects {
  const mark = data.usable[o];
  const kept = (column: Float64Array) => column.filter((_, r) => mark[r] === 1);
  const y = kept(data.outputs[o]);
  const n = y.length;
  const cells = slicesOf(y, CELLS);
  const weights = blockWeights(n === 0 ? 1 : blockOf(n - 1, n) + 1, options);
  const effects = data.parameters.map((parameter, j) => {
    const slices = slicesOf(kept(data.inputs[j]), options.slices);
    const distances = (weight?: Float64Array) => summaryOf(ksDistances(cells, slices, options.slices, weight));
    const [median, mean, maximum] = distances();
    const [median_conf] = halfWidths(weights.map(distances), 1, options.confLevel);
    return { parameter, numbers: { median, median_conf, mean, maximum } };
  });
  return { output, effects, n, n_dropped: mark.length - n };
}

/** Which of `count` slices of equal probability each value falls into; equal values fall into one. */
function slicesOf(column: Float64Array, count: number): Uint16Array {
  const n = column.length;
  return Uint16Array.from(ranks(column), (rank) => Math.min(count - 1, Math.floor(((rank - 0.5) * count) / n)));
}

/** Largest distance between the distribution over the cells within each slice and over all rows; empty slices left out. */
function ksDistances(cells: Uint16Array, slices: Uint16Array, count: number, weight?: Float64Array): number[] {
  const counts = new Float64Array(CELLS * count);
  const n = cells.length;
  for (let r = 0; r < n; r++) counts[cells[r] * count + slices[r]] += weight ? weight[blockOf(r, n)] : 1;
  const totals = new Float64Array(count);
  counts.forEach((value, at) => {
    totals[at % count] += value;
  });
  const all = totals.reduce((sum, total) => sum + total, 0);
  return largestDistances(counts, totals, all).filter((_, slice) => totals[slice] > 0);
}

function largestDistances(counts: Float64Array, totals: Float64Array, all: number): number[] {
  const count = totals.length;
  const below = new Float64Array(count);
  const largest = new Array<number>(count).fill(0);
  let belowAll = 0;
  for (let cell = 0; cell < CELLS; cell++) {
    for (let slice = 0; slice < count; slice++) {
      below[slice] += counts[cell * count + slice];
      belowAll += counts[cell * count + slice];
    }
    for (let slice = 0; slice < count; slice++) {
      largest[slice] = Math.max(largest[slice], Math.abs(below[slice] / totals[slice] - belowAll / all));
    }
  }
  return largest;
}

function summaryOf(distances: readonly number[]): [median: number, mean: number, maximum: number] {
  const sorted = [...distances].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
  return [median, sorted.reduce((sum, one) => sum + one, 0) / sorted.length, sorted[sorted.length - 1]];
}
