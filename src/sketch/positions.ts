import { binOf, type HistogramData } from './histogram.js';

/** Consecutive bins that are summed up together. */
export const STRETCH = 512;

/** Positions in the window of counts that hold any: a constant touches one bin of tens of thousands. */
export function touched({ counts, first_bin, ln_min, ln_max }: HistogramData): [from: number, to: number] {
  return counts.length === 0 ? [0, 0] : [binOf(ln_min) - first_bin, binOf(ln_max) + 1 - first_bin];
}

/** Where in the histogram a rank falls: the bin, and how far through its draws; bin -Infinity among the zeros. */
export interface Position {
  readonly bin: number;
  readonly fraction: number;
}

/** Where ranks fall, given as probabilities in any order. @param stretches what `stretchCounts` says of the histogram */
export function positions(
  histogram: HistogramData,
  probabilities: readonly number[],
  stretches = stretchCounts(histogram),
): Position[] {
  const n = stretches.reduce((sum, count) => sum + count, histogram.zeros);
  return probabilities.map((p) => positionOf(histogram, stretches, p * n));
}

/** Walks over whole stretches first. No rank falls nowhere. */
function positionOf(histogram: HistogramData, stretches: Float64Array, rank: number): Position {
  const { counts, first_bin, zeros, ln_max } = histogram;
  if (Number.isNaN(rank)) return { bin: Number.NaN, fraction: 1 };
  if (zeros > 0 && zeros >= rank) return { bin: Number.NEGATIVE_INFINITY, fraction: 0 };
  const [from, to] = touched(histogram);
  let below = zeros;
  const beyond = (count: number) => below + count < rank || count === 0;
  let stretch = 0;
  while (stretch < stretches.length && beyond(stretches[stretch])) below += stretches[stretch++];
  let i = from + stretch * STRETCH;
  while (i < to && beyond(counts[i])) below += counts[i++];
  if (i < to) return { bin: first_bin + i, fraction: (rank - below) / counts[i] };
  return { bin: below === 0 ? Number.NaN : binOf(ln_max), fraction: 1 };
}

/** Draws of each stretch of the bins touched. */
export function stretchCounts(histogram: HistogramData): Float64Array {
  const [from, to] = touched(histogram);
  const counts = new Float64Array(Math.ceil((to - from) / STRETCH));
  for (let k = 0; k < counts.length; k++) {
    const start = from + k * STRETCH;
    counts[k] = sumOf(histogram, start, Math.min(start + STRETCH, to));
  }
  return counts;
}

/** Draws between two positions in the window of counts. */
export function sumOf({ counts }: Pick<HistogramData, 'counts'>, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += counts[i];
  return sum;
}
