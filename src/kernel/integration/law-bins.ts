import { exp } from '../../distributions/elementary.js';
import { BINS_PER_E, type HistogramData } from '../../sketch/histogram.js';
import type { Bin } from '../../sketch/statistics.js';
import { type LnLaw, rangeOf, shareBelow } from './ln-law.js';

/**
 * Draws that a law's shares are told as where a table or figure counts draws: a whole number, so that columns of counts
 * stay whole, and so many that no share above 1e-9 is lost.
 */
export const DRAWS_TOLD = 2 ** 32;

/**
 * A law in bins, as `coarseBins` has a histogram: zeros first as the bin [0, 0], empty bins left out. Counts are those
 * of so many draws, whole, and add up to them but for draws of no finite number: each is the difference of rounded
 * sums.
 *
 * @param width of a bin, in bins of histograms
 */
export function lawBins(law: LnLaw, width: number, draws = DRAWS_TOLD): Bin[] {
  const edge = (bin: number) => (bin * width) / BINS_PER_E;
  const bins: Bin[] = [];
  let told = Math.round(law.zero * draws);
  if (told > 0) bins.push({ low: 0, high: 0, count: told });
  eachBin(law, width, (bin, below) => {
    const upTo = Math.round(below * draws);
    if (upTo > told) bins.push({ low: exp(edge(bin)), high: exp(edge(bin + 1)), count: upTo - told });
    told = upTo;
  });
  return bins;
}

/**
 * The same as a histogram, in its own bins: for what reads those. Within 1e-4 relative; tables take quantiles from the
 * law itself.
 */
export function lawHistogram(law: LnLaw, draws = DRAWS_TOLD): HistogramData {
  const [ln_min, ln_max] = rangeOf(law);
  const zeros = Math.round(law.zero * draws);
  const counts: number[] = [];
  let told = zeros;
  let first_bin = 0;
  eachBin(law, 1, (bin, below) => {
    if (counts.length === 0) first_bin = bin;
    const upTo = Math.round(below * draws);
    counts.push(Math.max(0, upTo - told));
    told = upTo;
  });
  return {
    first_bin,
    counts: Float64Array.from(counts),
    zeros,
    non_finite: Math.round(law.non_finite * draws),
    ln_min,
    ln_max,
  };
}

/**
 * Calls with each bin from the one of the least to the one of the greatest value, and the share of draws up to its end.
 */
function eachBin(law: LnLaw, width: number, call: (bin: number, below: number) => void): void {
  const [low, high] = rangeOf(law);
  if (!(low <= high)) return;
  const perBin = BINS_PER_E / width;
  const last = Math.floor(high * perBin);
  for (let bin = Math.floor(low * perBin); bin <= last; bin++) {
    call(bin, bin === last ? 1 - law.non_finite : shareBelow(law, (bin + 1) / perBin));
  }
}
