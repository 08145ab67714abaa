// Draws into histogram windows: 32-bit counts of consecutive bins. What lies in no bin of the window (far tails, zeros, values
// that are no number, the last draws of a block that is not full) goes to a list of doubles that TypeScript counts.
import { both } from './elementary';

/** BINS_PER_E of ../../sketch/histogram.ts. */
const BINS_PER_E: f64 = 10000;

/**
 * Counts the first `n` of a column.
 *
 * @param window address of `length` 32-bit counts, the first for bin `first`
 * @param extremes address of two doubles, lowered and raised to the least and greatest value that a bin took
 * @param odd address of a column for the values that no bin took
 * @returns how many those are
 */
export function count(x: usize, n: u32, window: usize, first: i32, length: u32, extremes: usize, odd: usize): u32 {
  let low = both(load<f64>(extremes));
  let high = both(load<f64>(extremes, 8));
  let end = odd;
  const fours = <usize>(n & ~3) << 3;
  for (let i: usize = 0; i < fours; i += 32) {
    const a = v128.load(x + i);
    const b = v128.load(x + i, 16);
    const bins = i32x4.sub(binsOf(a, b), i32x4.splat(first));
    if (anyOdd(bins, length, a, b)) {
      for (let j: usize = 0; j < 32; j += 8) end = countOne(load<f64>(x + i + j), window, first, length, extremes, end);
      continue;
    }
    low = f64x2.pmin(f64x2.pmin(low, a), b);
    high = f64x2.pmax(f64x2.pmax(high, a), b);
    increment(window + (<usize>i32x4.extract_lane(bins, 0) << 2));
    increment(window + (<usize>i32x4.extract_lane(bins, 1) << 2));
    increment(window + (<usize>i32x4.extract_lane(bins, 2) << 2));
    increment(window + (<usize>i32x4.extract_lane(bins, 3) << 2));
  }
  for (let i = fours; i < <usize>n << 3; i += 8) end = countOne(load<f64>(x + i), window, first, length, extremes, end);
  widen(extremes, low, high);
  return <u32>((end - odd) >> 3);
}

/**
 * Counts `x - y` of the first `n` draws into one of two windows of equal length that follow each other: the first takes
 * the draws for which `x` lies in the bins from `lowest` to `highest`, the second all others.
 *
 * @param extremes address of four doubles: of the kept draws, and of all
 * @param oddKept address of a column for the values of kept draws that no bin took; `oddOthers`: of the others
 * @returns how many those are: kept ones in the lower, others in the upper 16 bits
 */
export function countKept(
  x: usize,
  y: usize,
  n: u32,
  lowest: f64,
  highest: f64,
  window: usize,
  first: i32,
  length: u32,
  extremes: usize,
  oddKept: usize,
  oddOthers: usize,
): u32 {
  let keptLow = both(load<f64>(extremes));
  let keptHigh = both(load<f64>(extremes, 8));
  let low = both(load<f64>(extremes, 16));
  let high = both(load<f64>(extremes, 24));
  let endKept = oddKept;
  let endOthers = oddOthers;
  const fours = <usize>(n & ~3) << 3;
  for (let i: usize = 0; i < <usize>n << 3; i += 32) {
    const xa = v128.load(x + i);
    const xb = v128.load(x + i, 16);
    const a = f64x2.sub(xa, v128.load(y + i));
    const b = f64x2.sub(xb, v128.load(y + i, 16));
    const bins = i32x4.sub(binsOf(a, b), i32x4.splat(first));
    const keepA = within(xa, lowest, highest);
    const keepB = within(xb, lowest, highest);
    if (i >= fours || anyOdd(bins, length, a, b)) {
      const to = min<usize>(32, (<usize>n << 3) - i);
      for (let j: usize = 0; j < to; j += 8) {
        const bin = Math.floor(load<f64>(x + i + j) * BINS_PER_E);
        const value = load<f64>(x + i + j) - load<f64>(y + i + j);
        const kept = bin >= lowest && bin <= highest;
        if (kept) {
          endKept = countOne(value, window, first, length, extremes, endKept);
          if (inWindow(value, first, length)) widenTo(extremes + 16, value);
        } else endOthers = countOne(value, window + (<usize>length << 2), first, length, extremes + 16, endOthers);
      }
      continue;
    }
    low = f64x2.pmin(f64x2.pmin(low, a), b);
    high = f64x2.pmax(f64x2.pmax(high, a), b);
    keptLow = f64x2.pmin(f64x2.pmin(keptLow, orInfinity(a, keepA)), orInfinity(b, keepB));
    keptHigh = f64x2.pmax(f64x2.pmax(keptHigh, orMinusInfinity(a, keepA)), orMinusInfinity(b, keepB));
    const kept = v128.shuffle<i32>(keepA, keepB, 0, 2, 4, 6);
    const at = i32x4.add(bins, v128.andnot(i32x4.splat(length), kept));
    increment(window + (<usize>i32x4.extract_lane(at, 0) << 2));
    increment(window + (<usize>i32x4.extract_lane(at, 1) << 2));
    increment(window + (<usize>i32x4.extract_lane(at, 2) << 2));
    increment(window + (<usize>i32x4.extract_lane(at, 3) << 2));
  }
  widen(extremes, keptLow, keptHigh);
  widen(extremes + 16, low, high);
  return <u32>((endKept - oddKept) >> 3) | (<u32>((endOthers - oddOthers) >> 3) << 16);
}

/** Whether the bin of an ln value is one from `lowest` to `highest`, in each lane. */
// @ts-ignore: decorator
@inline
function within(x: v128, lowest: f64, highest: f64): v128 {
  const bin = f64x2.floor(f64x2.mul(x, both(BINS_PER_E)));
  return v128.and(f64x2.ge(bin, both(lowest)), f64x2.le(bin, both(highest)));
}

// @ts-ignore: decorator
@inline
function orInfinity(x: v128, kept: v128): v128 {
  return v128.bitselect(x, both(Infinity), kept);
}

// @ts-ignore: decorator
@inline
function orMinusInfinity(x: v128, kept: v128): v128 {
  return v128.bitselect(x, both(-Infinity), kept);
}

/** The bins of four ln values; one that is no finite number saturates, and so lies in no window. */
// @ts-ignore: decorator
@inline
function binsOf(a: v128, b: v128): v128 {
  const lower = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.mul(a, both(BINS_PER_E))));
  const upper = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.mul(b, both(BINS_PER_E))));
  return v128.shuffle<i32>(lower, upper, 0, 1, 4, 5);
}

/** Whether any of four values is for no bin of the window. NaN would be bin 0; it survives the sum. */
// @ts-ignore: decorator
@inline
function anyOdd(bins: v128, length: u32, a: v128, b: v128): bool {
  const sum = f64x2.add(a, b);
  const notNumber = f64x2.ne(sum, sum);
  return v128.any_true(v128.or(i32x4.ge_u(bins, i32x4.splat(length)), notNumber));
}

/** Counts one value, or appends it to the list that ends at `end`; returns where the list ends then. */
function countOne(value: f64, window: usize, first: i32, length: u32, extremes: usize, end: usize): usize {
  if (!inWindow(value, first, length)) {
    store<f64>(end, value);
    return end + 8;
  }
  increment(window + (<usize>(<i32>Math.floor(value * BINS_PER_E) - first) << 2));
  widenTo(extremes, value);
  return end;
}

function inWindow(value: f64, first: i32, length: u32): bool {
  const bin = Math.floor(value * BINS_PER_E) - <f64>first;
  return bin >= 0 && bin < <f64>length;
}

// @ts-ignore: decorator
@inline
function increment(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

function widenTo(extremes: usize, value: f64): void {
  widen(extremes, both(value), both(value));
}

function widen(extremes: usize, lows: v128, highs: v128): void {
  const low = min(f64x2.extract_lane(lows, 0), f64x2.extract_lane(lows, 1));
  const high = max(f64x2.extract_lane(highs, 0), f64x2.extract_lane(highs, 1));
  if (low < load<f64>(extremes)) store<f64>(extremes, low);
  if (high > load<f64>(extremes, 8)) store<f64>(extremes, high, 8);
}
