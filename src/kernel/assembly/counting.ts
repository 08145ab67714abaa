// Draws into histogram windows: 32-bit counts of consecutive bins. The fast path takes four draws that all lie between the
// extremes seen so far, so it has neither extremes to widen nor the window's ends to mind. Any other four go one by one; what
// lies in no bin of the window (far tails, zeros, values that are no number) goes to a list that TypeScript counts.

/** BINS_PER_E of ../../sketch/histogram.ts. */
const BINS_PER_E: f32 = 10000;

/**
 * 2^23 · 1.5, and its bits: added to a whole number of less than 2^22, its lowest bits are those of
 * that number in two's complement. Windows lie within: LIMIT of ../../workers/windows.ts. */
const WHOLE_IN_LOW_BITS: f32 = 12582912;
const WHOLE_BITS: i32 = 0x4b400000;

const ALL_FOUR: i32 = 0b1111;

/**
 * Counts the first `n` of a column.
 *
 * @param window address of `length` 32-bit counts, the first for bin `first`
 * @param extremes address of two singles, lowered and raised to the least and greatest value that a bin took
 * @param odd address of a column for the values that no bin took
 * @returns how many those are
 */
export function count(x: usize, n: u32, window: usize, first: i32, length: u32, extremes: usize, odd: usize): u32 {
  const binsPerE = f32x4.splat(BINS_PER_E);
  const origin = originOf(window, first);
  let low = v128.load32_splat(extremes);
  let high = v128.load32_splat(extremes, 4);
  let end = odd;
  const size = <usize>n << 2;
  for (let i: usize = 0; i < size; i += 16) {
    const values = v128.load(x + i);
    if (i + 16 <= size && i32x4.bitmask(between(values, low, high)) === ALL_FOUR) {
      incrementFour(i32x4.add(origin, bytesOf(values, binsPerE)));
      continue;
    }
    const to = min<usize>(i + 16, size);
    for (let j = i; j < to; j += 4) end = countOne(load<f32>(x + j), window, first, length, extremes, end);
    low = v128.load32_splat(extremes);
    high = v128.load32_splat(extremes, 4);
  }
  return <u32>((end - odd) >> 2);
}

/**
 * Counts `x - y` of the first `n` draws into one of two windows of equal length that follow each other: the first takes
 * the draws whose x lies in the bins from `lowest` to `highest`, the second all others.
 *
 * @param extremes address of four singles: of the kept draws, and of the others
 * @param oddKept address of a column for the values of kept draws that no bin took; `oddOthers`: of the others
 * @returns how many those are: kept ones in the lower, others in the upper 16 bits
 */
export function countKept(
  x: usize,
  y: usize,
  lowest: f32,
  highest: f32,
  n: u32,
  window: usize,
  first: i32,
  length: u32,
  extremes: usize,
  oddKept: usize,
  oddOthers: usize,
): u32 {
  const binsPerE = f32x4.splat(BINS_PER_E);
  const from = f32x4.splat(lowest);
  const to = f32x4.splat(highest);
  const origin = originOf(window, first);
  const bytes = i32x4.splat(length << 2);
  let low = v128.load32_splat(extremes);
  let high = v128.load32_splat(extremes, 4);
  let otherLow = v128.load32_splat(extremes, 8);
  let otherHigh = v128.load32_splat(extremes, 12);
  let endKept = oddKept;
  let endOthers = oddOthers;
  const size = <usize>n << 2;
  for (let i: usize = 0; i < size; i += 16) {
    const draws = v128.load(x + i);
    const values = f32x4.sub(draws, v128.load(y + i));
    const kept = between(f32x4.floor(f32x4.mul(draws, binsPerE)), from, to);
    const inside = between(values, v128.bitselect(low, otherLow, kept), v128.bitselect(high, otherHigh, kept));
    if (i + 16 <= size && i32x4.bitmask(inside) === ALL_FOUR) {
      const toOthers = v128.andnot(bytes, kept);
      incrementFour(i32x4.add(i32x4.add(origin, toOthers), bytesOf(values, binsPerE)));
      continue;
    }
    for (let j = i; j < min<usize>(i + 16, size); j += 4) {
      const draw = load<f32>(x + j);
      const value = draw - load<f32>(y + j);
      const bin = Mathf.floor(draw * BINS_PER_E);
      if (bin >= lowest && bin <= highest) endKept = countOne(value, window, first, length, extremes, endKept);
      else endOthers = countOne(value, window + (<usize>length << 2), first, length, extremes + 8, endOthers);
    }
    low = v128.load32_splat(extremes);
    high = v128.load32_splat(extremes, 4);
    otherLow = v128.load32_splat(extremes, 8);
    otherHigh = v128.load32_splat(extremes, 12);
  }
  return <u32>((endKept - oddKept) >> 2) | (<u32>((endOthers - oddOthers) >> 2) << 16);
}

/** Whether each lane lies from `low` to `high`; NaN does not. */
@inline
function between(x: v128, low: v128, high: v128): v128 {
  return v128.and(f32x4.ge(x, low), f32x4.le(x, high));
}

/** Where the count of a bin stands, less what `bytesOf` says of the bin. */
@inline
function originOf(window: usize, first: i32): v128 {
  return i32x4.splat(<i32>window - (first << 2) - (WHOLE_BITS << 2));
}

/** The bins of four ln values that lie in a window, as bytes of counts from `originOf` on. */
@inline
function bytesOf(values: v128, binsPerE: v128): v128 {
  const bins = f32x4.floor(f32x4.mul(values, binsPerE));
  return i32x4.shl(f32x4.add(bins, f32x4.splat(WHOLE_IN_LOW_BITS)), 2);
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
function countOne(value: f32, window: usize, first: i32, length: u32, extremes: usize, end: usize): usize {
  const bin = Mathf.floor(value * BINS_PER_E) - <f32>first;
  if (!(bin >= 0 && bin < <f32>length)) {
    store<f32>(end, value);
    return end + 4;
  }
  increment(window + (<usize>bin << 2));
  if (value < load<f32>(extremes)) store<f32>(extremes, value);
  if (value > load<f32>(extremes, 4)) store<f32>(extremes, value, 4);
  return end;
}
