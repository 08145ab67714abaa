import type { Column } from '../kernel/layout.js';
import { BINS_PER_E, binOf, type HistogramData } from '../sketch/histogram.js';

/** Most bins of a window: 26 units of ln x, a factor of 2e11 from the least to the greatest value. Untouched ones cost nothing. */
const LONGEST = 262_144;
/** Fewest: 0.8 units of ln x, a factor of 2.3. */
const SHORTEST = 8_192;
/** Bytes for the windows of one plan, which its outputs share where they are many. */
const BUDGET = 512 * 2 ** 20;
const EXTREMES = 2;

/**
 * Counts of consecutive bins in a kernel's memory, and the least and greatest value counted there. Its place is chosen from
 * the first values it sees and then stays: what lies outside is counted elsewhere, so its place is in no result.
 */
export class Window {
  readonly counts: Uint32Array;
  readonly extremes: Float32Array;
  firstBin = 0;
  #placed = false;

  constructor(counts: Uint32Array, extremes: Float32Array) {
    this.counts = counts;
    this.extremes = extremes;
    this.#clearExtremes();
  }

  /** Places the window about the first finite ones of `n` values; does nothing while there are none, and once it is placed. */
  place(lnValues: () => Column, n: number): void {
    if (this.#placed) return;
    const finite = firstFinite(lnValues().subarray(0, n)).sort();
    if (finite.length === 0) return;
    const middle = finite[finite.length >> 1];
    const [least, greatest] = [finite[0], finite[finite.length - 1]];
    const share = greatest > least ? (middle - least) / (greatest - least) : 0.5;
    const below = Math.round(this.counts.length * Math.max(LEAST_SHARE, Math.min(1 - LEAST_SHARE, share)));
    this.firstBin = Math.max(-LIMIT, Math.min(LIMIT - this.counts.length, binOf(middle) - below));
    this.#placed = true;
  }

  /** What was counted, between the extremes, in the window's own memory. */
  counted(): HistogramData {
    const [ln_min, ln_max] = this.#settledExtremes();
    const first_bin = ln_min <= ln_max ? binOf(ln_min) : this.firstBin;
    return { first_bin, counts: this.#filled(), zeros: 0, non_finite: 0, ln_min, ln_max };
  }

  /** Leaves the window empty, in its place. */
  clear(): void {
    this.#filled().fill(0);
    this.#clearExtremes();
  }

  #filled(): Uint32Array {
    const [ln_min, ln_max] = this.#settledExtremes();
    if (!(ln_min <= ln_max)) return this.counts.subarray(0, 0);
    return this.counts.subarray(binOf(ln_min) - this.firstBin, binOf(ln_max) + 1 - this.firstBin);
  }

  #settledExtremes(): [low: number, high: number] {
    return [settled(this.extremes[0]), settled(this.extremes[1])];
  }

  #clearExtremes(): void {
    this.extremes[0] = Number.POSITIVE_INFINITY;
    this.extremes[1] = Number.NEGATIVE_INFINITY;
  }
}

/**
 * A value of single precision as histograms take it. The kernel finds its bin in single precision, which may round up into the
 * bin above: then that bin's lower edge, a millionth away, so that all agree on the bin.
 */
export function settled(lnValue: number): number {
  const bin = Math.floor(Math.fround(lnValue * BINS_PER_E));
  return bin === binOf(lnValue) || !Number.isFinite(lnValue) ? lnValue : lowerEdge(bin);
}

function lowerEdge(bin: number): number {
  const edge = bin / BINS_PER_E;
  return binOf(edge) === bin ? edge : edge + Math.abs(edge) * Number.EPSILON;
}

/** Values that show where most lie: a median of so many is off by a tenth of the spread at most. */
const LOOKED_AT = 100;

/** Of the window, at least so much lies on either side of their median; the longer tail of a skew distribution gets more. */
const LEAST_SHARE = 0.25;

function firstFinite(values: Column): Float64Array {
  const finite: number[] = [];
  for (let i = 0; i < values.length && finite.length < LOOKED_AT; i++) {
    if (Number.isFinite(values[i])) finite.push(values[i]);
  }
  return Float64Array.from(finite);
}

/** Windows lie between these bins, e^-419 to e^419: the kernel finds bins by the lowest 22 bits (assembly/counting.ts). */
const LIMIT = 2 ** 22;

/** Bins of each window of a plan that needs so many. */
export function windowLength(windows: number): number {
  const fair = Math.floor(BUDGET / (4 * Math.max(1, windows)));
  return Math.max(SHORTEST, Math.min(LONGEST, 2 ** Math.floor(Math.log2(fair))));
}

/** Bytes of so many windows. */
export function windowBytes(windows: number): number {
  return extremesBytes(windows) + windows * 4 * windowLength(windows);
}

/** Bytes before the counts. */
export function extremesBytes(windows: number): number {
  return 4 * EXTREMES * windows;
}

/** Lays windows out from a byte offset on: all extremes first, then all counts, in the order of their numbers. */
export function openWindows(buffer: ArrayBuffer, start: number, windows: number): Window[] {
  const length = windowLength(windows);
  const counts = start + extremesBytes(windows);
  return Array.from({ length: windows }, (_, i) => {
    const extremes = new Float32Array(buffer, start + 4 * EXTREMES * i, EXTREMES);
    return new Window(new Uint32Array(buffer, counts + 4 * length * i, length), extremes);
  });
}
