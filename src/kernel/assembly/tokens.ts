// Token counts: whole numbers, most of them small, so that their logarithms are looked up.
import { LN_TABLE_LENGTH } from '../wasm/shape';
import { COLUMN } from './block';
import { at, lnOfFour } from './elementary';

/** Counts below this have their logarithms in the table. */
const LOOKED_UP: usize = LN_TABLE_LENGTH;

/** 0, the largest count that is looked up, 1/2, 1. */
const NUMBERS = memory.data<f32>([0, <f32>(LOOKED_UP - 1), 0.5, 1], 16);

/** Fills a table: ln k for k from 0 on, LOOKED_UP of them. */
export function lnTable(table: usize): void {
  let whole = f32x4(0, 1, 2, 3);
  for (let k: usize = 0; k < LOOKED_UP; k += 4) {
    v128.store(table + (k << 2), lnOfFour(whole));
    whole = f32x4.add(whole, f32x4.splat(4));
  }
}

/** The nearest whole numbers, halves upwards as by Math.round, and their logarithms. `table` holds ln k for k from 0 on. */
export function tokens(x: usize, table: usize, out: usize, lnOut: usize): void {
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const value = v128.load(x + i);
    const floor = f32x4.floor(value);
    const up = f32x4.ge(f32x4.sub(value, floor), at(NUMBERS + 8));
    const whole = f32x4.add(floor, v128.and(up, at(NUMBERS + 12)));
    v128.store(out + i, whole);
    const small = v128.and(f32x4.ge(whole, at(NUMBERS)), f32x4.le(whole, at(NUMBERS + 4)));
    v128.store(lnOut + i, i32x4.all_true(small) ? lookedUp(table, whole) : lnOfFour(whole));
  }
}

@inline
function lookedUp(table: usize, whole: v128): v128 {
  const offsets = i32x4.add(i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 2), i32x4.splat(<i32>table));
  const first = i64x2.extract_lane(offsets, 0);
  const second = i64x2.extract_lane(offsets, 1);
  let found = v128.load32_zero(<usize>first);
  found = v128.load_lane<u32>(<usize>(first >> 32), found, 1);
  found = v128.load_lane<u32>(<usize>second, found, 2);
  return v128.load_lane<u32>(<usize>(second >> 32), found, 3);
}
