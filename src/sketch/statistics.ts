import { exp } from '../distributions/elementary.js';
import { BINS_PER_E, binOf, type HistogramData } from './histogram.js';
import { meanInterval, type SummedDraws } from './mean-interval.js';
import { Moments } from './moments.js';
import { type Position, positions, STRETCH, stretchCounts, sumOf, touched } from './positions.js';
import { lnMomentsWithin, type WithinBins } from './within-bins.js';

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
  /** 95 % confidence interval of the median: Monte Carlo error only. NaN below `LEAST_DRAWS` draws. */
  readonly p50_ci_low: number;
  readonly p50_ci_high: number;
  /** 95 % confidence interval of the mean: Monte Carlo error only. NaN below `LEAST_DRAWS` draws. */
  readonly mean_low: number;
  readonly mean_high: number;
}

/** 97.5th percentile of the standard normal distribution: half-width of a 95 % interval in standard errors. */
export const Z_95 = 1.959963984540054;

/**
 * Independent draws below which nothing has an interval: between the lowest and the highest of five draws or fewer the median
 * lies in less than 95 % of runs, and the normal interval of its rank is about right from eight on.
 */
export const LEAST_DRAWS = 8;

/** Probabilities at the ends of the 95 % interval of the median among so many independent draws; NaN where there are too few. */
export function medianInterval(draws: number): [low: number, high: number] {
  if (draws < LEAST_DRAWS) return [Number.NaN, Number.NaN];
  const halfWidth = (Z_95 * 0.5) / Math.sqrt(draws);
  return [0.5 - halfWidth, 0.5 + halfWidth];
}

/**
 * Probabilities at the ends of the 95 % interval of a quantile among so many independent draws, by the normal distribution of
 * its rank: below 0 or above 1 where too few draws lie beyond the quantile to bound it.
 */
export function rankInterval(probability: number, draws: number): [low: number, high: number] {
  const error = Z_95 * Math.sqrt((probability * (1 - probability)) / draws);
  return [probability - error, probability + error];
}

/** One bin's draws: how many, and the value that stands for them. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Draws that quantiles and moments speak of: all but those that are no finite number. */
export function countOf(histogram: HistogramData): number {
  return stretchCounts(histogram).reduce((sum, count) => sum + count, histogram.zeros);
}

/**
 * Quantiles for probabilities in any order: each within 1e-4 relative of the draw of that rank, and exact where that draw is
 * zero or shares its bin with the lowest or highest draw. NaN without draws.
 */
export function quantiles(histogram: HistogramData, probabilities: readonly number[]): number[] {
  return valuesAt(histogram, positions(histogram, probabilities));
}

function valuesAt(histogram: HistogramData, ranks: readonly Position[]): number[] {
  return ranks.map(({ bin, fraction }) => exp(lnWithinBin(histogram, bin, fraction)));
}

/** The bins that hold the quantiles for probabilities in any order; -Infinity for a zero. */
export function quantileBins(histogram: HistogramData, probabilities: readonly number[]): number[] {
  return positions(histogram, probabilities).map(({ bin }) => bin);
}

/**
 * Mean and standard deviation (of the population) from the bins. Each bin's draws count as its middle in ln x, the lowest
 * and highest bin as the lowest and highest draw: at most 5e-5 relative from the draws' own mean, and about
 * 3e-5 / sqrt(n) for a smooth density, where the errors within bins cancel. Where the bins are fewer than `NARROW`, from the
 * places of the draws within them.
 */
export function meanAndStd(histogram: HistogramData): { mean: number; std: number } {
  return meanAndStdOf(sumUp(histogram));
}

/** What is summed up of a histogram in one pass. */
interface SummedUp {
  /** The draws of each stretch of the bins touched, as `stretchCounts` has them. */
  readonly draws: Float64Array;
  /** Moments of the quantity divided by `e^lnUnit`. */
  readonly moments: Moments;
  readonly lnUnit: number;
}

function meanAndStdOf({ moments: { n, mean, squares }, lnUnit }: SummedUp): { mean: number; std: number } {
  const unit = exp(lnUnit);
  return n > 0 ? { mean: mean * unit, std: Math.sqrt(squares / n) * unit } : { mean: Number.NaN, std: Number.NaN };
}

/** ln of values from which on their squares may be no finite numbers. */
const SQUARES_OVERFLOW = 350;

function sumUp(histogram: HistogramData, middles = binMiddles()): SummedUp {
  const { counts, first_bin, zeros, ln_min, ln_max } = histogram;
  const { within } = histogram;
  const lnUnit = ln_max > SQUARES_OVERFLOW ? ln_max : 0;
  if (within && ln_min < ln_max)
    return { draws: stretchCounts(histogram), moments: momentsWithin(histogram, within, lnUnit), lnUnit };
  const [from, to] = touched(histogram);
  const draws = new Float64Array(Math.ceil((to - from) / STRETCH));
  const moments = new Moments(zeros, 0, 0);
  for (let k = 0; k < draws.length; k++) {
    const begin = from + k * STRETCH;
    const [start, end] = [Math.max(begin, from + 1), Math.min(begin + STRETCH, to - 1)];
    draws[k] = addStretch(moments, counts, start, end, first_bin, lnUnit, middles);
  }
  if (from < to) draws[0] += addAlike(moments, counts[from], ln_min - lnUnit);
  if (from < to - 1) draws[draws.length - 1] += addAlike(moments, counts[to - 1], ln_max - lnUnit);
  return { draws, moments, lnUnit };
}

/**
 * Moments of a narrow distribution, from where in their bins its draws lie: within 1e-10 relative of the draws' own mean, and
 * within 1e-4 of their standard deviation.
 */
function momentsWithin(
  { counts, first_bin, zeros, ln_min, ln_max }: HistogramData,
  within: WithinBins,
  lnUnit: number,
): Moments {
  const moments = new Moments(zeros, 0, 0);
  for (let bin = binOf(ln_min); bin <= binOf(ln_max); bin++) {
    const n = counts[bin - first_bin];
    if (n === 0) continue;
    const { mean, variance } = lnMomentsWithin(within, bin, n);
    const middle = exp(bin / BINS_PER_E + mean - lnUnit);
    moments.add(n, middle * (1 + variance / 2), n * variance * middle * middle);
  }
  return moments;
}

function addAlike(moments: Moments, draws: number, lnValue: number): number {
  moments.add(draws, exp(lnValue), 0);
  return draws;
}

/** Middles of a stretch's bins from ln x = 0 on, less 1, so that their squares do not cancel. */
export function binMiddles(): Float64Array {
  const middles = new Float64Array(STRETCH);
  for (let i = 0; i < middles.length; i++) middles[i] = exp((i + 0.5) / BINS_PER_E) - 1;
  return middles;
}

/** Adds the draws between two positions in the window of counts; returns how many. */
function addStretch(
  moments: Moments,
  counts: HistogramData['counts'],
  start: number,
  end: number,
  first_bin: number,
  lnUnit: number,
  middles: Float64Array,
): number {
  let n = 0;
  let sum = 0;
  let squares = 0;
  let i = start;
  // Four bins at a time: none of their sums waits for another, and in sparse histograms most hold nothing.
  for (; i + 4 <= end; i += 4) {
    const four = counts[i] + counts[i + 1] + (counts[i + 2] + counts[i + 3]);
    if (four === 0) continue;
    n += four;
    const k = i - start;
    const a = counts[i] * middles[k];
    const b = counts[i + 1] * middles[k + 1];
    const c = counts[i + 2] * middles[k + 2];
    const d = counts[i + 3] * middles[k + 3];
    sum += a + b + (c + d);
    squares += a * middles[k] + b * middles[k + 1] + (c * middles[k + 2] + d * middles[k + 3]);
  }
  for (; i < end; i++) {
    n += counts[i];
    sum += counts[i] * middles[i - start];
    squares += counts[i] * middles[i - start] ** 2;
  }
  if (n === 0) return 0;
  const scale = exp((first_bin + start) / BINS_PER_E - lnUnit);
  moments.add(n, scale * (1 + sum / n), scale * scale * Math.max(0, squares - (sum * sum) / n));
  return n;
}

/** What tells the errors of a distribution's statistics. */
export interface DrawsWorth {
  /** Independent draws that the median is worth, given its value. */
  readonly median: (value: number) => number;
  /** Independent draws that the mean is worth. */
  readonly mean: number;
  /** Half-width of the mean's interval, where it is known otherwise; or `plain`: of `mean` draws without heavy tails. */
  readonly meanError?: number | 'plain' | undefined;
}

/**
 * All columns of one summary row.
 *
 * @param worth independent draws behind the quantiles, for the confidence interval: the samples of one model times
 *   the square of the share a trim keeps (the ranks of a trimmed distribution are 1/share times as uncertain); behind the mean too, unless said
 */
export function statisticsOf(histogram: HistogramData, worth: number | DrawsWorth, middles = binMiddles()): Statistics {
  const draws = typeof worth === 'number' ? { median: () => worth, mean: worth } : worth;
  const sums = sumUp(histogram, middles);
  const { draws: stretches, moments } = sums;
  const at = (probabilities: readonly number[]) => valuesAt(histogram, positions(histogram, probabilities, stretches));
  const [p05, p25, p50, p75, p95] = at([0.05, 0.25, 0.5, 0.75, 0.95]);
  const [p50_ci_low, p50_ci_high] = at(medianInterval(draws.median(p50)));
  const { n } = moments;
  const { mean, std } = meanAndStdOf(sums);
  const [mean_low, mean_high] = intervalOfMean({ histogram, stretches, n, mean, std }, draws);
  return { n, mean, std, p05, p25, p50, p75, p95, p50_ci_low, p50_ci_high, mean_low, mean_high };
}

function intervalOfMean(drawn: SummedDraws, { mean: draws, meanError }: DrawsWorth): [low: number, high: number] {
  const { mean, std } = drawn;
  if (!(draws >= LEAST_DRAWS)) return [Number.NaN, Number.NaN];
  if (meanError === undefined) return meanInterval(drawn, draws);
  const error = meanError === 'plain' ? (Z_95 * std) / Math.sqrt(draws) : meanError;
  return [mean - error, mean + error];
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
  const { first_bin, zeros } = histogram;
  const bins: Bin[] = zeros > 0 ? [{ low: 0, high: 0, count: zeros }] : [];
  const [from, to] = touched(histogram);
  for (let start = from; start < to; ) {
    const key = Math.floor((first_bin + start) / width);
    const end = Math.min((key + 1) * width - first_bin, to);
    const count = sumOf(histogram, start, end);
    if (count > 0)
      bins.push({ low: exp((key * width) / BINS_PER_E), high: exp(((key + 1) * width) / BINS_PER_E), count });
    start = end;
  }
  return bins;
}

/** Draws in bins `from` up to but not including `to`. */
function sumBetween(histogram: HistogramData, from: number, to: number): number {
  const { counts, first_bin } = histogram;
  return sumOf(histogram, Math.max(0, from - first_bin), Math.min(to - first_bin, counts.length));
}

function lnWithinBin({ ln_min, ln_max }: HistogramData, bin: number, fraction: number): number {
  if (bin === binOf(ln_min)) return ln_min;
  if (bin === binOf(ln_max)) return ln_max;
  return (bin + fraction) / BINS_PER_E;
}
