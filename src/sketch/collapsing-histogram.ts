import { exp } from '../distributions/elementary.js';
import { BINS_PER_E, binOf, type HistogramData } from './histogram.js';
import { sumOf } from './positions.js';

/** Bins kept at most: with those of the paper's energies, over 13 e-folds, each 0.6 % wide; of narrower quantities less. */
const MOST_BINS = 2048;

/**
 * Counts in bins of 2^k bins of a histogram, k the least for which 2048 hold all: a bounded copy, for what needs no more
 * (Epicoco et al., "UDDSketch", IEEE Access 2020, collapse alike). Merging is exact in any order and grouping, for k follows
 * from the lowest and highest bin alone.
 */
export class CollapsingHistogram {
  #shift = 0;
  #first = 0;
  #counts = new Float64Array(0);
  #zeros = 0;

  /** Adds a histogram's counts. */
  merge({ first_bin, counts, zeros, ln_min, ln_max }: HistogramData): void {
    this.#zeros += zeros;
    if (!(ln_min <= ln_max)) return;
    const [from, to] = [binOf(ln_min), binOf(ln_max)];
    this.#cover(from, to);
    const [mine, shift, first] = [this.#counts, this.#shift, this.#first];
    // All bins of one of its own at a time.
    for (let bin = from; bin <= to; ) {
      const own = bin >> shift;
      const end = Math.min((own + 1) << shift, to + 1);
      mine[own - first] += sumOf({ counts }, bin - first_bin, end - first_bin);
      bin = end;
    }
  }

  /** Draws counted, zeros included. */
  get n(): number {
    return this.#zeros + sumOf({ counts: this.#counts }, 0, this.#counts.length);
  }

  /** Draws below the edge between two bins that is nearest to a ln value. */
  below(lnValue: number): number {
    const edge = Math.round((lnValue * BINS_PER_E) / 2 ** this.#shift) - this.#first;
    return this.#zeros + sumOf({ counts: this.#counts }, 0, Math.min(edge, this.#counts.length));
  }

  /** Mean, each draw at the middle of its bin in ln x. */
  mean(): number {
    const middle = (i: number) => exp(((this.#first + i + 0.5) * 2 ** this.#shift) / BINS_PER_E);
    return this.#counts.reduce((sum, count, i) => sum + count * middle(i), 0) / this.n;
  }

  /** Makes room for bins `from` to `to` of a histogram. */
  #cover(from: number, to: number): void {
    const width = 2 ** this.#shift;
    const empty = this.#counts.length === 0;
    const low = empty ? from : Math.min(from, this.#first * width);
    const high = empty ? to : Math.max(to, (this.#first + this.#counts.length) * width - 1);
    let shift = this.#shift;
    while (binsBetween(low, high, shift) > MOST_BINS) shift++;
    this.#resize(Math.floor(low / 2 ** shift), binsBetween(low, high, shift), shift);
  }

  #resize(first: number, length: number, shift: number): void {
    const counts = new Float64Array(length);
    const step = 2 ** (shift - this.#shift);
    this.#counts.forEach((count, i) => {
      counts[Math.floor((this.#first + i) / step) - first] += count;
    });
    this.#first = first;
    this.#shift = shift;
    this.#counts = counts;
  }
}

function binsBetween(low: number, high: number, shift: number): number {
  return Math.floor(high / 2 ** shift) - Math.floor(low / 2 ** shift) + 1;
}
