// Draws into histogram windows: counts of consecutive bins, each of a byte, so that many windows fit into cache, and of a 32-bit
// word that the byte is carried to when it is full. The fast path takes four draws that all lie
// between the extremes seen so far, so it has neither extremes to widen nor the window's ends to mind. Any other four go one by
// one; what lies in no bin of the window (far tails, zeros, values that are no number) goes to a list that TypeScript counts.

import { BINS_PER_E as BINS } from '../../sketch/bins';
import {
  TRIM_HIGHEST,
  TRIM_LOWEST,
  TRIM_MANY_KEPT,
  TRIM_MANY_OTHERS,
  TRIM_ODD_KEPT,
  TRIM_ODD_OTHERS,
  WINDOW_BYTES,
  WINDOW_CARRIED,
  WINDOW_COUNTS,
  WINDOW_FIRST,
  WINDOW_HIGH,
  WINDOW_LENGTH,
  WINDOW_LOW,
  WINDOW_WORDS,
} from '../wasm/shape';

/** Bins of a unit of ln x. */
const BINS_PER_E: f32 = <f32>BINS;

/**
 * 2^23 · 1.5, and its bits: added to a whole number of less than 2^22, its lowest bits are those of
 * that number in two's complement. Windows lie within: MOST_BIN of ../wasm/shape.ts.
 */
const WHOLE_IN_LOW_BITS: f32 = 12582912;
const WHOLE_BITS: i32 = 0x4b400000;

const ALL_FOUR: i32 = 0b1111;

/** What a byte that is full carries. */
const FULL: u32 = 256;

/**
 * Counts the first `n` of a column.
 *
 * @param binsPerUnit bins of a unit of x: 1 counts whole numbers as they are
 * @param window address of the record of a window: see ../wasm/shape.ts
 * @param odd address of a column for the values that no bin took
 * @returns how many those are
 */
export function count(x: usize, n: u32, binsPerUnit: f32, window: usize, odd: usize): u32 {
  const scale = f32x4.splat(binsPerUnit);
  const origin = originOf(window);
  const size = <usize>n << 2;
  const full = size & ~15;
  let end = odd;
  for (let i: usize = 0; i < size; ) {
    const low = v128.load32_splat(window, WINDOW_LOW);
    const high = v128.load32_splat(window, WINDOW_HIGH);
    for (; i < full; i += 16) {
      const values = v128.load(x + i);
      if (i32x4.bitmask(between(values, low, high)) !== ALL_FOUR) break;
      incrementFour(i32x4.add(origin, binsOf(values, scale)), window);
    }
    const to = min<usize>(i + 16, size);
    for (; i < to; i += 4) {
      const value = load<f32>(x + i);
      if (tookOne(value, 1, binsPerUnit, window)) continue;
      store<f32>(end, value);
      end += 4;
    }
  }
  return <u32>((end - odd) >> 2);
}

/**
 * Counts the first `n` of a column of ln values, each so many times: `times` is the address of 32-bit numbers.
 *
 * @param odd address of room for pairs, of a value that no bin took and how often it came
 * @returns how many those are
 */
export function countTimes(x: usize, times: usize, n: u32, window: usize, odd: usize): u32 {
  let end = odd;
  for (let i: usize = 0; i < <usize>n << 2; i += 4) {
    const many = load<u32>(times + i);
    if (many === 0) continue;
    const value = load<f32>(x + i);
    if (tookOne(value, many, BINS_PER_E, window)) continue;
    store<f32>(end, value);
    store<u32>(end, many, 4);
    end += 8;
  }
  return <u32>((end - odd) >> 3);
}

/**
 * Counts `x - y` of the first `n` draws into one of two windows of equal place whose records, words and bytes follow each other:
 * the first takes the draws whose x lies in the bins of a trim, the second all others.
 *
 * @param trim address of a record: the lowest and the highest bin that it keeps; columns for the values that no bin took, of kept
 *   draws and of others; how many those are, which is written
 * @param windows address of the first window's record
 */
export function countKept(x: usize, y: usize, n: u32, trim: usize, windows: usize): void {
  const lowest = load<f32>(trim, TRIM_LOWEST);
  const highest = load<f32>(trim, TRIM_HIGHEST);
  const oddKept = <usize>load<u32>(trim, TRIM_ODD_KEPT);
  const oddOthers = <usize>load<u32>(trim, TRIM_ODD_OTHERS);
  const others = windows + WINDOW_BYTES;
  const binsPerE = f32x4.splat(BINS_PER_E);
  const from = f32x4.splat(lowest);
  const end = f32x4.splat(highest + 1);
  const origin = originOf(windows);
  const next = i32x4.splat(load<i32>(windows, WINDOW_LENGTH));
  const size = <usize>n << 2;
  const full = size & ~15;
  let endKept = oddKept;
  let endOthers = oddOthers;
  for (let i: usize = 0; i < size; ) {
    const low = v128.load32_splat(windows, WINDOW_LOW);
    const high = v128.load32_splat(windows, WINDOW_HIGH);
    const otherLow = v128.load32_splat(others, WINDOW_LOW);
    const otherHigh = v128.load32_splat(others, WINDOW_HIGH);
    for (; i < full; i += 16) {
      const draws = v128.load(x + i);
      const values = f32x4.sub(draws, v128.load(y + i));
      const bins = f32x4.mul(draws, binsPerE);
      const kept = v128.and(f32x4.ge(bins, from), f32x4.lt(bins, end));
      const inside = between(values, v128.bitselect(low, otherLow, kept), v128.bitselect(high, otherHigh, kept));
      if (i32x4.bitmask(inside) !== ALL_FOUR) break;
      const toOthers = v128.andnot(next, kept);
      incrementFour(i32x4.add(i32x4.add(origin, toOthers), binsOf(values, binsPerE)), windows);
    }
    const to = min<usize>(i + 16, size);
    for (; i < to; i += 4) {
      const draw = load<f32>(x + i);
      const value = draw - load<f32>(y + i);
      const bin = Mathf.floor(draw * BINS_PER_E);
      if (bin >= lowest && bin <= highest) {
        if (tookOne(value, 1, BINS_PER_E, windows)) continue;
        store<f32>(endKept, value);
        endKept += 4;
      } else {
        if (tookOne(value, 1, BINS_PER_E, others)) continue;
        store<f32>(endOthers, value);
        endOthers += 4;
      }
    }
  }
  store<u32>(trim, <u32>((endKept - oddKept) >> 2), TRIM_MANY_KEPT);
  store<u32>(trim, <u32>((endOthers - oddOthers) >> 2), TRIM_MANY_OTHERS);
}

/** Whether each lane lies from `low` to `high`; NaN does not. */
@inline
function between(x: v128, low: v128, high: v128): v128 {
  return v128.and(f32x4.ge(x, low), f32x4.le(x, high));
}

/** Where the byte of a bin of a window stands, less what `binsOf` says of the bin. */
@inline
function originOf(window: usize): v128 {
  return i32x4.splat(load<i32>(window, WINDOW_COUNTS) - load<i32>(window, WINDOW_FIRST) - WHOLE_BITS);
}

/** The bins of four values that lie in a window, as bytes from `originOf` on. */
@inline
function binsOf(values: v128, binsPerUnit: v128): v128 {
  return f32x4.add(f32x4.floor(f32x4.mul(values, binsPerUnit)), f32x4.splat(WHOLE_IN_LOW_BITS));
}

@inline
function incrementFour(addresses: v128, window: usize): void {
  const lower = i64x2.extract_lane(addresses, 0);
  const upper = i64x2.extract_lane(addresses, 1);
  const a = <usize>lower;
  const b = <usize>(lower >> 32);
  const c = <usize>upper;
  const d = <usize>(upper >> 32);
  const countA = incremented(a);
  const countB = incremented(b);
  const countC = incremented(c);
  const countD = incremented(d);
  if (((countA | countB | countC | countD) & FULL) === 0) return;
  carry(countA & FULL, a, window);
  carry(countB & FULL, b, window);
  carry(countC & FULL, c, window);
  carry(countD & FULL, d, window);
}

/** Adds one to a byte; returns what it came to, `FULL` where the byte is 0 again. */
@inline
function incremented(at: usize): u32 {
  const sum = <u32>load<u8>(at) + 1;
  store<u8>(at, sum);
  return sum;
}

/** Adds what a byte does not hold to the word of its bin. Bytes beyond a window's are those of the one that follows it. */
function carry(over: u32, at: usize, window: usize): void {
  if (over === 0) return;
  const bin = at - <usize>load<u32>(window, WINDOW_COUNTS);
  add(<usize>load<u32>(window, WINDOW_WORDS) + (bin << 2), over);
  const owner = bin < <usize>load<u32>(window, WINDOW_LENGTH) ? window : window + WINDOW_BYTES;
  store<u32>(owner, 1, WINDOW_CARRIED);
}

@inline
function add(at: usize, count: u32): void {
  store<u32>(at, load<u32>(at) + count);
}

/** Adds the bytes of `n` bins, a multiple of 16, to their words and leaves them 0. */
export function settle(bytes: usize, window: usize, n: u32): void {
  for (let i: usize = 0; i < n; i += 16) {
    const counts = v128.load(bytes + i);
    if (!v128.any_true(counts)) continue;
    v128.store(bytes + i, i64x2.splat(0));
    const low = i16x8.extend_low_i8x16_u(counts);
    const high = i16x8.extend_high_i8x16_u(counts);
    const words = window + (i << 2);
    addFour(words, i32x4.extend_low_i16x8_u(low));
    addFour(words + 16, i32x4.extend_high_i16x8_u(low));
    addFour(words + 32, i32x4.extend_low_i16x8_u(high));
    addFour(words + 48, i32x4.extend_high_i16x8_u(high));
  }
}

/**
 * Adds `n` bytes, a multiple of 16, to as many others, unless one of these would overflow: then nothing.
 *
 * @returns whether they were added
 */
export function addBytes(from: usize, to: usize, n: u32): bool {
  let over = i64x2.splat(0);
  for (let i: usize = 0; i < n; i += 16) {
    const sum = i8x16.add(v128.load(from + i), v128.load(to + i));
    over = v128.or(over, i8x16.lt_u(sum, v128.load(from + i)));
  }
  if (v128.any_true(over)) return false;
  for (let i: usize = 0; i < n; i += 16) v128.store(to + i, i8x16.add(v128.load(from + i), v128.load(to + i)));
  return true;
}

@inline
function addFour(at: usize, counts: v128): void {
  v128.store(at, i32x4.add(v128.load(at), counts));
}

/** Counts one value so many times, and minds the extremes; not where it lies outside the window. */
function tookOne(value: f32, times: u32, binsPerUnit: f32, window: usize): bool {
  const bin = Mathf.floor(value * binsPerUnit) - <f32>load<i32>(window, WINDOW_FIRST);
  if (!(bin >= 0 && bin < <f32>load<u32>(window, WINDOW_LENGTH))) return false;
  const at = <usize>load<u32>(window, WINDOW_COUNTS) + <usize>bin;
  const sum = <u32>load<u8>(at) + (times & (FULL - 1));
  store<u8>(at, sum);
  carry((times & ~(FULL - 1)) + (sum & FULL), at, window);
  if (value < load<f32>(window, WINDOW_LOW)) store<f32>(window, value, WINDOW_LOW);
  if (value > load<f32>(window, WINDOW_HIGH)) store<f32>(window, value, WINDOW_HIGH);
  return true;
}
