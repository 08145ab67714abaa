import { exp } from '../distributions/elementary.js';
import { BINS_PER_E, binOf, type HistogramData } from './histogram.js';

/** A distribution's summary, in the unit of the quantity itself. */
export interface Statistics {
  /** Draws counted, zeros included, draws that are no finite number left out. */
  readonly n: number;
  readonly mean: number;
  readonly std: number;
  readonly p05: number;
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  readonly p95: number;
  /** 95 % confidence interval of the median: Monte Carlo error only. */
  readonly p50_ci_low: number;
  readonly p50_ci_high: number;
}

/** 97.5th percentile of the standard normal distribution: half-width of a 95 % interval in standard errors. */
export const Z_95 = 1.959963984540054;

/** One bin's draws: how many, and the value that stands for them. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Draws that quantiles and moments speak of: all but those that are no finite number. */
export function countOf(histogram: HistogramData): number {
  const { counts, zeros } = histogram;
  const [from, to] = touched(histogram);
  let sum = zeros;
  for (let i = from; i < to; i++) sum += counts[i];
  return sum;
}

/**
 * Quantiles for ascending probabilities: each within 1e-4 relative of the draw of that rank, and exact where that draw is
 * zero or shares its bin with the lowest or highest draw. NaN without draws.
 */
export function quantiles(histogram: HistogramData, probabilities: readonly number[]): number[] {
  return positions(histogram, probabilities).map(({ bin, fraction }) => exp(lnWithinBin(histogram, bin, fraction)));
}

/** The bins that hold the quantiles for ascending probabilities; -Infinity for a zero. */
export function quantileBins(histogram: HistogramData, probabilities: readonly number[]): number[] {
  return positions(histogram, probabilities).map(({ bin }) => bin);
}

/**
 * Mean and standard deviation (of the population) from the bins. Each bin's draws count as its middle in ln x, the lowest
 * and highest bin as the lowest and highest draw: at most 5e-5 relative from the draws' own mean, and about
 * 3e-5 / sqrt(n) for a smooth density, where the errors within bins cancel.
 */
export function meanAndStd(histogram: HistogramData): { mean: number; std: number } {
  const { counts, first_bin, zeros } = histogram;
  const [from, to] = touched(histogram);
  let n = zeros;
  let mean = n > 0 ? 0 : Number.NaN;
  let squares = 0;
  for (let i = from; i < to; i++) {
    const count = counts[i];
    if (count === 0) continue;
    // West, "Updating mean and variance estimates: an improved method", CACM 1979.
    const value = exp(lnWithinBin(histogram, first_bin + i, 0.5));
    const step = n > 0 ? value - mean : 0;
    mean = n > 0 ? mean + (step * count) / (n + count) : value;
    squares += (step * step * n * count) / (n + count);
    n += count;
  }
  return { mean, std: n > 0 ? Math.sqrt(squares / n) : Number.NaN };
}

/**
 * All columns of one summary row.
 *
 * @param effectiveDraws independent draws behind the quantiles, for the confidence interval: the samples of one model times
 *   the square of the share a trim keeps (the ranks of a trimmed distribution are 1/share times as uncertain)
 */
export function statisticsOf(histogram: HistogramData, effectiveDraws: number): Statistics {
  const halfWidth = (Z_95 * 0.5) / Math.sqrt(effectiveDraws);
  const [p05, p25, p50, p75, p95] = quantiles(histogram, [0.05, 0.25, 0.5, 0.75, 0.95]);
  const [p50_ci_low, p50_ci_high] = quantiles(histogram, [Math.max(0, 0.5 - halfWidth), Math.min(1, 0.5 + halfWidth)]);
  return { n: countOf(histogram), ...meanAndStd(histogram), p05, p25, p50, p75, p95, p50_ci_low, p50_ci_high };
}

/** Share of draws with ln x below 0, i.e. x < 1. */
export function shareBelowOne(histogram: HistogramData): number {
  return (histogram.zeros + sumBetween(histogram, histogram.first_bin, 0)) / countOf(histogram);
}

/** Share of draws with x > 1; a highest draw of exactly 1 is not above. */
export function shareAboveOne(histogram: HistogramData): number {
  return histogram.ln_max > 0 ? 1 - shareBelowOne(histogram) : 0;
}

/** The distribution in bins `width` of the histogram's own wide, zeros first as the bin [0, 0]; empty bins left out. */
export function coarseBins(histogram: HistogramData, width: number): Bin[] {
  const { counts, first_bin, zeros } = histogram;
  const bins: Bin[] = zeros > 0 ? [{ low: 0, high: 0, count: zeros }] : [];
  for (let key = Math.floor(first_bin / width); key * width < first_bin + counts.length; key++) {
    const count = sumBetween(histogram, key * width, (key + 1) * width);
    if (count > 0)
      bins.push({ low: exp((key * width) / BINS_PER_E), high: exp(((key + 1) * width) / BINS_PER_E), count });
  }
  return bins;
}

/** Positions in the window of counts that hold any: a constant touches one bin of tens of thousands. */
function touched({ counts, first_bin, ln_min, ln_max }: HistogramData): [from: number, to: number] {
  return counts.length === 0 ? [0, 0] : [binOf(ln_min) - first_bin, binOf(ln_max) + 1 - first_bin];
}

/** Draws in bins `from` up to but not including `to`. */
function sumBetween({ counts, first_bin }: HistogramData, from: number, to: number): number {
  const end = Math.min(to - first_bin, counts.length);
  let sum = 0;
  for (let i = Math.max(0, from - first_bin); i < end; i++) sum += counts[i];
  return sum;
}

/** Where in the histogram a rank falls: the bin, and how far through its draws; bin -Infinity among the zeros. */
interface Position {
  readonly bin: number;
  readonly fraction: number;
}

/** One walk through the bins for all ranks. */
function positions(histogram: HistogramData, probabilities: readonly number[]): Position[] {
  const { counts, first_bin, zeros } = histogram;
  const n = countOf(histogram);
  const [from, to] = touched(histogram);
  let i = from - 1;
  let below = 0;
  let inBin = zeros;
  return probabilities.map((p) => {
    while (below + inBin < p * n || inBin === 0) {
      if (i + 1 >= to) return { bin: n === 0 ? Number.NaN : binOf(histogram.ln_max), fraction: 1 };
      below += inBin;
      inBin = counts[++i];
    }
    return i < from
      ? { bin: Number.NEGATIVE_INFINITY, fraction: 0 }
      : { bin: first_bin + i, fraction: (p * n - below) / inBin };
  });
}

function lnWithinBin({ ln_min, ln_max }: HistogramData, bin: number, fraction: number): number {
  if (bin === binOf(ln_min)) return ln_min;
  if (bin === binOf(ln_max)) return ln_max;
  return (bin + fraction) / BINS_PER_E;
}
