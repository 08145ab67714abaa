import { TRIM_HIGH, TRIM_LOW } from '../model/blend.js';
import type { Histogram, HistogramData } from '../sketch/histogram.js';
import { type Position, positions } from '../sketch/positions.js';
import { countOf } from '../sketch/statistics.js';

/**
 * What a trim keeps of a model's draws: all in the bins between two, and of those in the two the shares that its ranks say, so
 * that a model keeps its weight in a blend where many of its draws are one value.
 */
export interface KeptBins {
  readonly lowBin: number;
  readonly highBin: number;
  /** Share of the draws of the lowest bin that is kept, and of the highest; absent where all are, for they are few. */
  readonly lowShare?: number;
  readonly highShare?: number;
}

/** Bins with fewer draws, and smaller shares of all draws, stay whole: they move no weight that shows. */
const FEW_DRAWS = 8;
const SMALL_SHARE = 0.001;

/** What the published trim keeps, P14 to P86 by rank. */
export function keptBins(energy: Histogram): KeptBins {
  const [low, high] = positions(energy, [TRIM_LOW, TRIM_HIGH]);
  const bins = { lowBin: low.bin, highBin: high.bin };
  const n = countOf(energy);
  const isTied = ({ bin }: Position) => drawsAt(energy, bin) >= Math.max(FEW_DRAWS, SMALL_SHARE * n);
  const [below, upTo] = [shareBelow(energy, low, TRIM_LOW * n), shareBelow(energy, high, TRIM_HIGH * n)];
  if (low.bin === high.bin) return isTied(low) ? { ...bins, lowShare: upTo - below, highShare: upTo - below } : bins;
  return { ...bins, ...(isTied(low) && { lowShare: 1 - below }), ...(isTied(high) && { highShare: upTo }) };
}

function drawsAt({ zeros, counts, first_bin }: HistogramData, bin: number): number {
  return bin === Number.NEGATIVE_INFINITY ? zeros : counts[bin - first_bin];
}

/** Share of the draws of a rank's bin that lie below the rank. */
function shareBelow({ zeros }: HistogramData, { bin, fraction }: Position, rank: number): number {
  return bin === Number.NEGATIVE_INFINITY ? rank / zeros : fraction;
}
