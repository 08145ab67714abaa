// Quantiles of a column of random words, read from a table of cubic polynomials: ../cubic-table.ts says how it is laid out
// and how far its values are from the exact function's.
import { LEAST_OCTAVE, OCTAVES } from '../wasm/shape';
import { BLOCK } from './block';
import { at } from './elementary';

/** Least tail that has a place in a table, in words; the middle of a part of an octave from 1 on. */
const NUMBERS = memory.data<f32>([131072, 1.015625], 16);

/** Bits of a single below those that choose the part; those of 1; what is left of the latter as bytes of parts. */
const BITS = memory.data<i32>([0x0003ffff, 0x3f800000, 0x0001fff0], 16);

/** Bytes of a side; bytes before the least tail, counted from an exponent of 0. */
const SIDE: i32 = OCTAVES << 9;
const BELOW: i32 = (127 + LEAST_OCTAVE) << 9;

/**
 * Writes `shift + scale · quantile`, held within `low` and `high`, of each word's share of (0, 1) to `out`; NaN where the table
 * holds no value.
 *
 * @param words address of a block's words
 * @param table address of the lower side's least octave
 * @param drawing address of four singles: scale, shift, low, high
 * @param list address of room for a block of 32-bit positions and four more, for the draws that have no value
 * @returns how many those are
 */
export function quantiles(
  words: usize,
  table: usize,
  drawing: usize,
  out: usize,
  list: usize,
): u32 {
  const origin = i32x4.splat(<i32>table - BELOW);
  const side = i32x4.splat(SIDE);
  const a = at(drawing);
  const b = at(drawing + 4);
  const least = at(drawing + 8);
  const most = at(drawing + 12);
  let end = list;
  for (let i: usize = 0; i < BLOCK << 2; i += 16) {
    const word = v128.load(words + i);
    const tail = f32x4.pmax(f32x4.convert_i32x4_s(i32x4.min_u(word, v128.not(word))), at(NUMBERS));
    const upper = i32x4.shr_s(word, 31);
    const part = v128.and(i32x4.shr_u(tail, 14), at(BITS + 8));
    const parts = i32x4.add(i32x4.add(origin, part), v128.and(upper, side));
    const place = f32x4.sub(v128.or(v128.and(tail, at(BITS)), at(BITS + 4)), at(NUMBERS + 4));
    const value = cubics(i64x2.extract_lane(parts, 0), i64x2.extract_lane(parts, 1), place);
    v128.store(out + i, f32x4.pmin(f32x4.pmax(f32x4.add(b, f32x4.mul(a, value)), least), most));
    const none = f32x4.ne(value, value);
    if (v128.any_true(none)) end = listed(i32x4.bitmask(none), i >> 2, end);
  }
  return <u32>((end - list) >> 2);
}

/** Four polynomials, coefficients at two addresses in each of two words, highest power first. */
@inline
function cubics(first: i64, second: i64, x: v128): v128 {
  const p = v128.load(<usize>first);
  const q = v128.load(<usize>(first >> 32));
  const r = v128.load(<usize>second);
  const s = v128.load(<usize>(second >> 32));
  const pqHigh = v128.shuffle<i32>(p, q, 0, 4, 1, 5);
  const pqLow = v128.shuffle<i32>(p, q, 2, 6, 3, 7);
  const rsHigh = v128.shuffle<i32>(r, s, 0, 4, 1, 5);
  const rsLow = v128.shuffle<i32>(r, s, 2, 6, 3, 7);
  let value = v128.shuffle<i64>(pqHigh, rsHigh, 0, 2);
  value = f32x4.add(f32x4.mul(value, x), v128.shuffle<i64>(pqHigh, rsHigh, 1, 3));
  value = f32x4.add(f32x4.mul(value, x), v128.shuffle<i64>(pqLow, rsLow, 0, 2));
  return f32x4.add(f32x4.mul(value, x), v128.shuffle<i64>(pqLow, rsLow, 1, 3));
}

/** Appends the positions from `i` on whose bit is set to the list that ends at `end`; returns where it ends then. */
function listed(lanes: i32, i: usize, end: usize): usize {
  let next = end;
  for (let lane: usize = 0; lane < 4; lane++) {
    store<u32>(next, <u32>(i + lane));
    next += (<usize>lanes >> lane & 1) << 2;
  }
  return next;
}
