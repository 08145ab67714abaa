// Draws into histogram windows: 32-bit counts of consecutive bins. The fast path takes four draws that all lie between the
// extremes seen so far, so it has neither extremes to widen nor the window's ends to mind. Any other four go one by one; what
// lies in no bin of the window (far tails, zeros, values that are no number) goes to a list that TypeScript counts.
import { both, WHOLE_IN_LOW_BITS } from './elementary';

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
  const binsPerE = both(BINS_PER_E);
  const whole = both(WHOLE_IN_LOW_BITS);
  const origin = i32x4.splat(<i32>window - (first << 2));
  let low = v128.load64_splat(extremes);
  let high = v128.load64_splat(extremes, 8);
  let end = odd;
  const size = <usize>n << 3;
  for (let i: usize = 0; i < size; i += 32) {
    const a = v128.load(x + i);
    const b = v128.load(x + i, 16);
    if (i + 32 <= size && i64x2.all_true(v128.and(between(a, low, high), between(b, low, high)))) {
      incrementFour(i32x4.add(origin, i32x4.shl(binsOf(a, b, binsPerE, whole), 2)));
      continue;
    }
    const to = min<usize>(i + 32, size);
    for (let j = i; j < to; j += 8) end = countOne(load<f64>(x + j), window, first, length, extremes, end);
    low = v128.load64_splat(extremes);
    high = v128.load64_splat(extremes, 8);
  }
  return <u32>((end - odd) >> 3);
}

/** Marks the draws of a column that lie in the bins from `lowest` to `highest`: all bits of a double set, or none. */
export function kept(x: usize, lowest: f64, highest: f64, out: usize): void {
  const binsPerE = both(BINS_PER_E);
  const from = both(lowest);
  const to = both(highest);
  for (let i: usize = 0; i < 8192; i += 16) {
    const bin = f64x2.floor(f64x2.mul(v128.load(x + i), binsPerE));
    v128.store(out + i, between(bin, from, to));
  }
}

/**
 * Counts `x - y` of the first `n` draws into one of two windows of equal length that follow each other: the first takes
 * the draws that `marks` marks, the second all others.
 *
 * @param marks address of a column that `kept` has filled
 * @param extremes address of four doubles: of the kept draws, and of the others
 * @param oddKept address of a column for the values of kept draws that no bin took; `oddOthers`: of the others
 * @returns how many those are: kept ones in the lower, others in the upper 16 bits
 */
export function countKept(
  x: usize,
  y: usize,
  marks: usize,
  n: u32,
  window: usize,
  first: i32,
  length: u32,
  extremes: usize,
  oddKept: usize,
  oddOthers: usize,
): u32 {
  const binsPerE = both(BINS_PER_E);
  const whole = both(WHOLE_IN_LOW_BITS);
  const origin = i32x4.splat(<i32>window - (first << 2));
  const bytes = i32x4.splat(length << 2);
  let low = v128.load64_splat(extremes);
  let high = v128.load64_splat(extremes, 8);
  let otherLow = v128.load64_splat(extremes, 16);
  let otherHigh = v128.load64_splat(extremes, 24);
  let endKept = oddKept;
  let endOthers = oddOthers;
  const size = <usize>n << 3;
  for (let i: usize = 0; i < size; i += 32) {
    const a = f64x2.sub(v128.load(x + i), v128.load(y + i));
    const b = f64x2.sub(v128.load(x + i, 16), v128.load(y + i, 16));
    const markA = v128.load(marks + i);
    const markB = v128.load(marks + i, 16);
    const insideA = between(a, v128.bitselect(low, otherLow, markA), v128.bitselect(high, otherHigh, markA));
    const insideB = between(b, v128.bitselect(low, otherLow, markB), v128.bitselect(high, otherHigh, markB));
    if (i + 32 <= size && i64x2.all_true(v128.and(insideA, insideB))) {
      const toOthers = v128.andnot(bytes, v128.shuffle<i32>(markA, markB, 0, 2, 4, 6));
      incrementFour(i32x4.add(i32x4.add(origin, toOthers), i32x4.shl(binsOf(a, b, binsPerE, whole), 2)));
      continue;
    }
    const to = min<usize>(i + 32, size);
    for (let j = i; j < to; j += 8) {
      const value = load<f64>(x + j) - load<f64>(y + j);
      if (load<u64>(marks + j) != 0) endKept = countOne(value, window, first, length, extremes, endKept);
      else endOthers = countOne(value, window + (<usize>length << 2), first, length, extremes + 16, endOthers);
    }
    low = v128.load64_splat(extremes);
    high = v128.load64_splat(extremes, 8);
    otherLow = v128.load64_splat(extremes, 16);
    otherHigh = v128.load64_splat(extremes, 24);
  }
  return <u32>((endKept - oddKept) >> 3) | (<u32>((endOthers - oddOthers) >> 3) << 16);
}

/** Whether each lane lies from `low` to `high`; NaN does not. */
@inline
function between(x: v128, low: v128, high: v128): v128 {
  return v128.and(f64x2.ge(x, low), f64x2.le(x, high));
}

/** The bins of four ln values that lie in a window. */
@inline
function binsOf(a: v128, b: v128, binsPerE: v128, whole: v128): v128 {
  const lower = f64x2.add(f64x2.floor(f64x2.mul(a, binsPerE)), whole);
  const upper = f64x2.add(f64x2.floor(f64x2.mul(b, binsPerE)), whole);
  return v128.shuffle<i32>(lower, upper, 0, 2, 4, 6);
}

@inline
function incrementFour(addresses: v128): void {
  const lower = i64x2.extract_lane(addresses, 0);
  const upper = i64x2.extract_lane(addresses, 1);
  increment(<usize>lower);
  increment(<usize>(lower >> 32));
  increment(<usize>upper);
  increment(<usize>(upper >> 32));
}

@inline
function increment(at: usize): void {
  store<u32>(at, load<u32>(at) + 1);
}

/** Counts one value, or appends it to the list that ends at `end`; returns where the list ends then. */
function countOne(value: f64, window: usize, first: i32, length: u32, extremes: usize, end: usize): usize {
  const bin = Math.floor(value * BINS_PER_E) - <f64>first;
  if (!(bin >= 0 && bin < <f64>length)) {
    store<f64>(end, value);
    return end + 8;
  }
  increment(window + (<usize>bin << 2));
  if (value < load<f64>(extremes)) store<f64>(extremes, value);
  if (value > load<f64>(extremes, 8)) store<f64>(extremes, value, 8);
  return end;
}
