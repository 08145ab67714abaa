import type { PoolMember } from '../plan/plan.js';
import { BINS_PER_E, binOf, Histogram, type HistogramData } from '../sketch/histogram.js';

/** One model's draws, and the bins of them that the trim keeps. */
export interface TrimmedPart extends Pick<PoolMember, 'lowBin' | 'highBin'> {
  readonly histogram: HistogramData;
}

/**
 * What a blend's trimmed draws count, from what its models have counted: a trim keeps whole bins, so that their counts add up
 * and nothing is drawn again. The counts are those of a second pass; the extremes are known to their bins only, but for those
 * of a model that the trim leaves whole.
 *
 * @param pool empty: where they are added up
 */
export function trimmedPool(parts: readonly TrimmedPart[], pool: Histogram): Histogram {
  for (const part of parts) pool.merge(keptOf(part));
  return pool;
}

/** Whether a value in one of these bins is known no better than to the bin, see `trimmedPool`. */
export function touchesAnEnd({ ln_min, ln_max }: HistogramData, bins: readonly number[]): boolean {
  const ends = [binOf(ln_min), binOf(ln_max)];
  return bins.some((bin) => ends.includes(bin));
}

function keptOf({ histogram, lowBin, highBin }: TrimmedPart): HistogramData {
  const { counts, first_bin, zeros, ln_min, ln_max } = histogram;
  // Zeros lie in bin -Infinity, and a trim may keep nothing else.
  const keptZeros = lowBin === Number.NEGATIVE_INFINITY ? zeros : 0;
  const from = Math.max(lowBin, binOf(ln_min));
  const to = Math.min(highBin, binOf(ln_max));
  if (!(from <= to)) return { ...EMPTY, zeros: keptZeros };
  return {
    first_bin: from,
    counts: counts.subarray(from - first_bin, to + 1 - first_bin),
    zeros: keptZeros,
    non_finite: 0,
    ln_min: from === binOf(ln_min) ? ln_min : middleOf(from),
    ln_max: to === binOf(ln_max) ? ln_max : middleOf(to),
  };
}

function middleOf(bin: number): number {
  return (bin + 0.5) / BINS_PER_E;
}

const EMPTY: HistogramData = new Histogram(new Uint32Array(0));
