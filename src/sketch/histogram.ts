import { RunError } from '../errors.js';
import { BINS_PER_E } from './bins.js';
import { addPlace, addWithin, NARROW, type WithinBins, withinAbout, withinCopy } from './within-bins.js';

export { BINS_PER_E };

/** The window of counts grows by whole chunks, so growth is rare. */
const CHUNK = 32_768;

/** Bins of one histogram: as many as all positive numbers of 64 bits span, 5e-324 to 1.8e308; at most 128 MiB of counts. */
export const MOST_BINS = 2 ** 24;

/** ln of the greatest number of 64 bits, 1.8e308: what is above it is no finite number where it is told. */
export const LN_GREATEST = 709.782712893384;

/** A histogram as plain data, to travel between threads. */
export interface HistogramData {
  readonly first_bin: number;
  readonly counts: Uint8Array | Uint32Array | Float64Array;
  readonly zeros: number;
  readonly non_finite: number;
  readonly ln_min: number;
  readonly ln_max: number;
  /** Where in their bins the draws lie, while these are fewer than `NARROW`; one value alone needs none. */
  readonly within?: WithinBins | undefined;
}

/**
 * Counts of a non-negative quantity in bins of equal width in ln x; exact zeros, and values that are no finite number, are
 * counted apart. Bin k holds [k, k + 1) / BINS_PER_E in ln x. Only the touched range is stored, so memory follows the spread
 * of the values and not their number. Counts are integers, so merging is exact in any order and grouping.
 */
export class Histogram implements HistogramData {
  first_bin = 0;
  counts: HistogramData['counts'];
  zeros = 0;
  non_finite = 0;
  ln_min = Number.POSITIVE_INFINITY;
  ln_max = Number.NEGATIVE_INFINITY;
  within: WithinBins | undefined;

  /** Of the type to count in. */
  readonly #none: Uint32Array | Float64Array;
  readonly #allocate: ((bins: number) => Uint32Array) | undefined;

  /**
   * @param counts an empty array of the type to count in: Uint32Array below 2^32 draws, Float64Array up to 2^53
   * @param allocate zeroed memory for so many bins, where it is to be other than new
   */
  constructor(counts: Uint32Array | Float64Array = new Float64Array(0), allocate?: (bins: number) => Uint32Array) {
    this.counts = counts;
    this.#none = counts;
    this.#allocate = allocate;
  }

  /** Adds the first `n` of `lnValues`: -Infinity is an exact zero. */
  add(lnValues: Float64Array, n: number): void {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      const value = lnValues[i];
      if (value < low && value !== Number.NEGATIVE_INFINITY && value <= LN_GREATEST) low = value;
      if (value > high && value <= LN_GREATEST) high = value;
    }
    if (low <= high) this.makeRoom(low, high, lnValues, n);
    const { counts, first_bin } = this;
    for (let i = 0; i < n; i++) {
      const bin = binOf(lnValues[i]) - first_bin;
      if (bin >= 0 && bin < counts.length && lnValues[i] <= LN_GREATEST) counts[bin]++;
      else this.addOdd(lnValues[i]);
    }
  }

  /** For the finite ones of the first `n` values, which lie between `low` and `high`; their places are added already. */
  private makeRoom(low: number, high: number, lnValues: Float64Array, n: number): void {
    const known = this.staysNarrow(low, high) ? this.placesBefore(low) : undefined;
    this.cover(low, high);
    this.within = known && withPlaces(known, lnValues, n);
  }

  /** Places of the draws so far, to which others may be added; undefined where they are not known. */
  private placesBefore(low: number): WithinBins | undefined {
    return this.ln_min <= this.ln_max ? withinOf(this) : withinAbout(binOf(low));
  }

  /** Whether places are still of use with what lies between two more ln values. Asked first: keeping places costs more than counting. */
  private staysNarrow(low: number, high: number): boolean {
    return binOf(Math.max(high, this.ln_max)) - binOf(Math.min(low, this.ln_min)) < NARROW;
  }

  /** Adds another histogram's counts. */
  merge(other: HistogramData): void {
    if (this.mayKeep(other)) this.keep({ ...other, counts: other.counts.slice() });
    else this.addAll(other);
  }

  /** As `merge`, for counts that nobody looks at afterwards: an empty histogram keeps them, in their own memory. */
  adopt(other: HistogramData): void {
    if (this.mayKeep(other)) this.keep(other);
    else this.addAll(other);
  }

  /** Whether this is empty and can hold counts as they are: in the type to count in, or in bytes, which are widened when more comes. */
  private mayKeep({ counts }: HistogramData): boolean {
    if (this.counts.length > 0 || counts.length === 0 || this.#allocate) return false;
    return counts instanceof Uint8Array || counts.constructor === this.#none.constructor;
  }

  private keep(other: HistogramData): void {
    const { counts, first_bin, ln_min, ln_max, zeros, non_finite } = other;
    const within = this.staysNarrow(ln_min, ln_max) ? withinOf(other) : undefined;
    Object.assign(this, { counts, first_bin, ln_min, ln_max });
    this.within = within && withinCopy(within, binOf(ln_min));
    this.zeros += zeros;
    this.non_finite += non_finite;
  }

  private addAll(other: HistogramData): void {
    const { counts, first_bin, ln_min, ln_max, zeros, non_finite } = other;
    this.zeros += zeros;
    this.non_finite += non_finite;
    if (counts.length === 0) return;
    const isEmpty = this.counts.length === 0;
    this.within = this.staysNarrow(ln_min, ln_max)
      ? together(isEmpty, withinOf(this), withinOf(other), binOf(ln_min))
      : undefined;
    this.cover(ln_min, ln_max);
    const mine = this.counts;
    const shift = first_bin - this.first_bin;
    if (isEmpty && shift >= 0 && shift + counts.length <= mine.length) mine.set(counts, shift);
    else addCounts(mine, counts, shift);
  }

  private addOdd(lnValue: number): void {
    if (lnValue === Number.NEGATIVE_INFINITY) this.zeros++;
    else this.non_finite++;
  }

  /**
   * Makes room for all bins between two ln values, both included; nothing where low is above high.
   *
   * @throws RunError if that are more than `MOST_BINS`
   */
  private cover(low: number, high: number): void {
    if (!(low <= high)) return;
    this.ln_min = Math.min(this.ln_min, low);
    this.ln_max = Math.max(this.ln_max, high);
    const isWide = !(this.counts instanceof Uint8Array);
    if (isWide && this.holds(binOf(this.ln_min)) && this.holds(binOf(this.ln_max))) return;
    const from = Math.floor(binOf(this.ln_min) / CHUNK) * CHUNK;
    const to = (Math.floor(binOf(this.ln_max) / CHUNK) + 1) * CHUNK;
    const grown = to - from;
    if (!(grown <= MOST_BINS)) throw new RunError(tooWide(this.ln_min, this.ln_max));
    const fresh = () => (this.#none instanceof Uint32Array ? new Uint32Array(grown) : new Float64Array(grown));
    const counts = this.#allocate?.(grown) ?? fresh();
    if (this.counts.length > 0) counts.set(this.counts, this.first_bin - from);
    this.counts = counts;
    this.first_bin = from;
  }

  private holds(bin: number): boolean {
    return bin >= this.first_bin && bin < this.first_bin + this.counts.length;
  }
}

/** Where in their bins the draws of a histogram lie, so far as it is known; nothing of one without draws. */
function withinOf(data: HistogramData): WithinBins | undefined {
  const { within, ln_min, ln_max, counts, first_bin } = data;
  if (within || ln_min !== ln_max) return within;
  const bin = binOf(ln_min);
  const one = withinAbout(bin);
  addPlace(one, ln_min, bin, counts[bin - first_bin]);
  return one;
}

/** Adds the places of the first `n` values. */
function withPlaces(within: WithinBins, lnValues: Float64Array, n: number): WithinBins {
  for (let i = 0; i < n; i++) if (isCounted(lnValues[i])) addPlace(within, lnValues[i], binOf(lnValues[i]));
  return within;
}

function together(
  isEmpty: boolean,
  mine: WithinBins | undefined,
  its: WithinBins | undefined,
  bin: number,
): WithinBins | undefined {
  if (its === undefined || (mine === undefined && !isEmpty)) return undefined;
  if (mine === undefined) return withinCopy(its, bin);
  addWithin(mine, its);
  return mine;
}

function isCounted(lnValue: number): boolean {
  return lnValue > Number.NEGATIVE_INFINITY && lnValue <= LN_GREATEST;
}

/** Without asking which are empty: in sparse histograms a processor guesses that wrong more often than not. */
function addCounts(to: HistogramData['counts'], counts: HistogramData['counts'], shift: number): void {
  for (let i = 0; i < counts.length; i++) to[i + shift] += counts[i];
}

/** One ln value so many times, with no room for others. @param times the count alone, in an array of the type to count in */
export function repeatedValue(lnValue: number, times: Uint32Array | Float64Array): HistogramData {
  const none = new Histogram();
  if (times[0] === 0) return none;
  if (lnValue === Number.NEGATIVE_INFINITY) return { ...none, zeros: times[0] };
  if (!isCounted(lnValue)) return { ...none, non_finite: times[0] };
  return { ...none, first_bin: binOf(lnValue), counts: times, ln_min: lnValue, ln_max: lnValue };
}

function tooWide(lnLow: number, lnHigh: number): string {
  const spread = `a quantity's values lie further apart than histograms hold (e^${MOST_BINS / BINS_PER_E})`;
  return `${spread}: drawn from e^${lnLow.toPrecision(4)} to e^${lnHigh.toPrecision(4)}; narrow the distributions with min and max`;
}

/** The bin of an ln value. */
export function binOf(lnValue: number): number {
  return Math.floor(lnValue * BINS_PER_E);
}
