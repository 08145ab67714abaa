import type { Column } from '../kernel/layout.js';
import type { Operations } from '../kernel/wasm/operations.js';
import {
  MOST_BIN,
  WINDOW_BYTES,
  WINDOW_CARRIED,
  WINDOW_COUNTS,
  WINDOW_FIRST,
  WINDOW_LENGTH,
  WINDOW_LOW,
  WINDOW_WORDS,
} from '../kernel/wasm/shape.js';
import { BINS_PER_E, binOf, type HistogramData } from '../sketch/histogram.js';
import { addPlace, addWithin, NARROW, type WithinBins, withinAbout } from '../sketch/within-bins.js';

/** Most bins of a window: 26 units of ln x, a factor of 2e11 from the least to the greatest value. Untouched ones cost nothing. */
const LONGEST = 262_144;
/** Fewest: 0.8 units of ln x, a factor of 2.3. */
const SHORTEST = 8_192;
/** Bytes for the windows of one plan, which its outputs share where they are many. */
const BUDGET = 512 * 2 ** 20;
/** A bin's word and its byte. */
const BIN_BYTES = 5;
/** Place of a window's first bin in its record. */
const FIRST = WINDOW_FIRST / 4;
/** Bytes that are settled, or added, at once. */
const AT_ONCE = 16;

/** A window's parts of a kernel's memory. */
export interface WindowMemory {
  /** Counts of consecutive bins, less what the bytes hold. */
  readonly counts: Uint32Array;
  /** What the kernel counted since it last carried or settled it. */
  readonly bytes: Uint8Array;
  /** What the kernel knows a window by, see kernel/wasm/shape.ts. */
  readonly record: Int32Array;
  /** The least and greatest value counted. */
  readonly extremes: Float32Array;
  /** 1 once there is something in `counts`. Where there is not, its memory is not touched: pages that nobody touched cost nothing. */
  readonly carried: Uint32Array;
}

/**
 * Counts of consecutive bins in a kernel's memory, and the least and greatest value counted there. Its place is chosen from
 * the first values it sees and then stays: what lies outside is counted elsewhere, so its place is in no result.
 */
export class Window {
  readonly memory: WindowMemory;
  #placed = false;
  #isWide = false;
  #within: WithinBins | undefined;
  readonly #operations: Operations;

  constructor(memory: WindowMemory, operations: Operations) {
    this.memory = memory;
    this.#operations = operations;
    clearMarks(memory);
  }

  /** Places the window about the first finite ones of `n` values; does nothing while there are none, and once it is placed. */
  place(lnValues: () => Column, n: number): void {
    if (this.#placed) return;
    const finite = firstFinite(lnValues().subarray(0, n)).sort();
    if (finite.length === 0) return;
    const middle = finite[finite.length >> 1];
    const [least, greatest] = [finite[0], finite[finite.length - 1]];
    const share = greatest > least ? (middle - least) / (greatest - least) : 0.5;
    const { length } = this.memory.counts;
    const below = Math.round(length * Math.max(LEAST_SHARE, Math.min(1 - LEAST_SHARE, share)));
    this.memory.record[FIRST] = Math.max(-MOST_BIN, Math.min(MOST_BIN - length, binOf(middle) - below));
    this.#placed = true;
  }

  get firstBin(): number {
    return this.memory.record[FIRST];
  }

  /** Counts the first `n` of a column of ln values. Returns how many lie outside, which then begin the column `odd`. */
  count(lnValues: Float32Array, n: number, odd: Float32Array): number {
    this.place(() => lnValues, n);
    const left = countColumn(this.memory, lnValues, n, BINS_PER_E, odd, this.#operations);
    if (this.isNarrow()) for (let i = 0; i < n; i++) this.addPlace(lnValues[i]);
    return left;
  }

  /** Whether where in their bins the draws lie is still of use: not once they span so many bins that the bins tell enough. */
  isNarrow(): boolean {
    const [low, high] = this.memory.extremes;
    if (this.#isWide || !(low <= high)) return false;
    this.#isWide = kernelBin(high) - kernelBin(low) >= NARROW;
    if (this.#isWide) this.#within = undefined;
    return !this.#isWide;
  }

  /** Adds where in its bin a draw lies that was counted; does nothing with one that lies outside. */
  addPlace(lnValue: number, times = 1): void {
    const bin = kernelBin(lnValue);
    if (!(bin >= this.firstBin && bin < this.firstBin + this.memory.counts.length)) return;
    this.#within ??= withinAbout(bin);
    addPlace(this.#within, settled(lnValue), bin, times);
  }

  /** As `count`, each value so many times. @param odd pairs, of a value that lies outside and how often it came */
  countTimes(lnValues: Float32Array, times: Uint32Array, odd: Float32Array): number {
    this.place(() => lnValues, times.length);
    const { byteOffset } = this.memory.record;
    const [values, often, n] = [lnValues.byteOffset, times.byteOffset, times.length];
    const left = this.#operations.countTimes(values, often, n, byteOffset, odd.byteOffset);
    if (this.isNarrow()) for (let i = 0; i < n; i++) if (times[i] > 0) this.addPlace(lnValues[i], times[i]);
    return left;
  }

  /** What was counted, between the extremes, in the window's own memory. */
  view(): HistogramData {
    const [ln_min, ln_max] = this.#settledExtremes();
    const [from, to] = this.#filled();
    const { counts, bytes, carried } = this.memory;
    if (carried[0] === 1) settleBytes(this.memory, from, to, this.#operations);
    const held = (carried[0] === 1 ? counts : bytes).subarray(from, to);
    const within = this.#within;
    return { first_bin: this.firstBin + from, counts: held, zeros: 0, non_finite: 0, ln_min, ln_max, within };
  }

  /**
   * Counts what another window of the same place counted, here too, where both hold bytes alone and none overflows. Returns
   * whether it did.
   */
  takeIn(other: Window): boolean {
    const { bytes, carried, extremes } = this.memory;
    const [low, high] = other.memory.extremes;
    if (!(low <= high)) return true;
    if (carried[0] === 1 || other.memory.carried[0] === 1 || other.firstBin !== this.firstBin) return false;
    const [from, to] = other.#filled();
    const start = from - (from % AT_ONCE);
    const { byteOffset } = other.memory.bytes;
    if (!this.#operations.addBytes(byteOffset + start, bytes.byteOffset + start, to - start)) return false;
    const isEmpty = !(extremes[0] <= extremes[1]);
    extremes[0] = Math.min(extremes[0], low);
    extremes[1] = Math.max(extremes[1], high);
    if (this.isNarrow()) this.#within = this.#withPlacesOf(other, isEmpty);
    return true;
  }

  /** As far as both are known. */
  #withPlacesOf(other: Window, isEmpty: boolean): WithinBins | undefined {
    const [mine, its] = [this.#within, other.#within];
    if (its === undefined || (mine === undefined && !isEmpty)) return undefined;
    const sum = mine ?? withinAbout(kernelBin(other.memory.extremes[0]));
    addWithin(sum, its);
    return sum;
  }

  /** Leaves the window empty, in its place. */
  clear(): void {
    this.#isWide = false;
    this.#within = undefined;
    const [from, to] = this.#filled();
    const { counts, bytes, carried } = this.memory;
    bytes.fill(0, from, to);
    if (carried[0] === 1) counts.fill(0, from, to);
    clearMarks(this.memory);
  }

  /** Where the bins from the least to the greatest value stand; an empty range where nothing was counted. */
  #filled(): [from: number, to: number] {
    const [ln_min, ln_max] = this.#settledExtremes();
    return ln_min <= ln_max ? [binOf(ln_min) - this.firstBin, binOf(ln_max) + 1 - this.firstBin] : [0, 0];
  }

  #settledExtremes(): [low: number, high: number] {
    const [low, high] = this.memory.extremes;
    return [settled(low), settled(high)];
  }
}

/**
 * Counts the first `n` of a column.
 *
 * @param binsPerUnit how many bins there are to a unit of the values
 * @returns how many values lie in none of the bins, which then begin the column `odd`
 */
export function countColumn(
  { record }: WindowMemory,
  values: Float32Array,
  n: number,
  binsPerUnit: number,
  odd: Float32Array,
  operations: Operations,
): number {
  return operations.count(values.byteOffset, n, binsPerUnit, record.byteOffset, odd.byteOffset);
}

/** Moves what the bytes of some bins hold to their words. */
export function settleBytes({ counts, bytes }: WindowMemory, from: number, to: number, operations: Operations): void {
  const start = from - (from % AT_ONCE);
  operations.settle(bytes.byteOffset + start, counts.byteOffset + 4 * start, to - start);
}

/** As where nothing was counted. */
export function clearMarks({ extremes, carried }: WindowMemory): void {
  extremes[0] = Number.POSITIVE_INFINITY;
  extremes[1] = Number.NEGATIVE_INFINITY;
  carried[0] = 0;
}

/** The bin in which the kernel counts a value of single precision. */
export function kernelBin(lnValue: number): number {
  return Math.floor(Math.fround(lnValue * BINS_PER_E));
}

/**
 * A value of single precision as histograms take it. The kernel finds its bin in single precision, which may round up into the
 * bin above: then that bin's lower edge, a millionth away, so that all agree on the bin.
 */
export function settled(lnValue: number): number {
  const bin = kernelBin(lnValue);
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

/** Bins of each window of a plan that needs so many. */
export function windowLength(windows: number): number {
  const fair = Math.floor(BUDGET / (BIN_BYTES * Math.max(1, windows)));
  return Math.max(SHORTEST, Math.min(LONGEST, 2 ** Math.floor(Math.log2(fair))));
}

/** Bytes of so many windows. */
export function windowBytes(windows: number): number {
  return marksBytes(windows) + windows * BIN_BYTES * windowLength(windows);
}

/** Bytes before the counts. */
export function marksBytes(windows: number): number {
  return WINDOW_BYTES * windows;
}

/** Lays windows out from a byte offset on, in the order of their numbers: first all marks, then all words, then all bytes. */
export function windowMemories(buffer: ArrayBuffer, start: number, windows: number): WindowMemory[] {
  const length = windowLength(windows);
  const words = start + marksBytes(windows);
  const bytes = words + 4 * length * windows;
  return Array.from({ length: windows }, (_, i) => {
    const counts = new Uint32Array(buffer, words + 4 * length * i, length);
    const own = new Uint8Array(buffer, bytes + length * i, length);
    const at = start + WINDOW_BYTES * i;
    const record = new Int32Array(buffer, at, WINDOW_BYTES / 4);
    record[WINDOW_LENGTH / 4] = length;
    record[WINDOW_WORDS / 4] = counts.byteOffset;
    record[WINDOW_COUNTS / 4] = own.byteOffset;
    const extremes = new Float32Array(buffer, at + WINDOW_LOW, 2);
    return { counts, bytes: own, record, extremes, carried: new Uint32Array(buffer, at + WINDOW_CARRIED, 1) };
  });
}
