// The model's formulas on every draw of a block, as ../reference.ts computes them: ln tps, ln utilisation, ln energy.
import {
  ENERGY_UNIT,
  FIT_INPUT_MIDDLE,
  FIT_LN_CAP,
  FIT_LN_SHORTEST,
  FIT_OF_INPUT,
  FIT_OF_OUTPUT,
  FIT_OUTPUT_MIDDLE,
  FIT_START,
} from '../wasm/shape';
import { COLUMN } from './block';
import { at, expOfFour, lnOfFour } from './elementary';
import { columnOf } from './record';

/** ln effective_tokens: output + weight · input; where that is the output itself, its known logarithm. */
export function effectiveTokens(output: usize, lnOutput: usize, input: usize, weight: usize, out: usize): void {
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const plain = v128.load(output + i);
    const tokens = f32x4.add(plain, f32x4.mul(v128.load(weight + i), v128.load(input + i)));
    const same = f32x4.eq(tokens, plain);
    v128.store(out + i, v128.bitselect(v128.load(lnOutput + i), lnOfFour(tokens), same));
  }
}

/**
 * ln tps of a fit for the first `n` draws: at most its cap, lengths from the shortest on. Lengths are taken from a middle, whose
 * part its start holds, so that terms of steep fits do not cancel.
 *
 * @param fit address of its record, see ../wasm/shape.ts
 */
export function fittedTps(fit: usize, lnInput: usize, lnOutput: usize, n: u32, out: usize): void {
  const first = at(fit + FIT_START);
  const fromInput = at(fit + FIT_INPUT_MIDDLE);
  const fromOutput = at(fit + FIT_OUTPUT_MIDDLE);
  const a = at(fit + FIT_OF_INPUT);
  const b = at(fit + FIT_OF_OUTPUT);
  const shortest = at(fit + FIT_LN_SHORTEST);
  const cap = at(fit + FIT_LN_CAP);
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    const ofInput = f32x4.mul(a, f32x4.sub(f32x4.pmax(v128.load(lnInput + i), shortest), fromInput));
    const ofOutput = f32x4.mul(b, f32x4.sub(f32x4.pmax(v128.load(lnOutput + i), shortest), fromOutput));
    v128.store(out + i, f32x4.pmin(f32x4.add(f32x4.add(first, ofInput), ofOutput), cap));
  }
}

/** How many of the first `n` draws, each counted so many times, lie above a limit. */
export function countAbove(x: usize, limit: f32, times: usize, n: u32): u32 {
  const most = f32x4.splat(limit);
  let count = i32x4.splat(0);
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    count = i32x4.add(count, counted(times, i, n, f32x4.gt(v128.load(x + i), most)));
  }
  return sumOf(count);
}

/**
 * How many of the first `n` draws, each counted so many times, have an input or an output length outside some bounds.
 *
 * @param bounds address of four singles: least and greatest input, least and greatest output
 */
export function countOutside(input: usize, output: usize, bounds: usize, times: usize, n: u32): u32 {
  const least = at(bounds);
  const most = at(bounds + 4);
  const low = at(bounds + 8);
  const high = at(bounds + 12);
  let count = i32x4.splat(0);
  for (let i: usize = 0; i < <usize>n << 2; i += 16) {
    const x = v128.load(input + i);
    const y = v128.load(output + i);
    const outsideInput = v128.or(f32x4.lt(x, least), f32x4.gt(x, most));
    const outsideOutput = v128.or(f32x4.lt(y, low), f32x4.gt(y, high));
    count = i32x4.add(count, counted(times, i, n, v128.or(outsideInput, outsideOutput)));
  }
  return sumOf(count);
}

/** How many times the four draws at byte `i` count: those of the mask, and of the first `n`. */
@inline
function counted(times: usize, i: usize, n: u32, mask: v128): v128 {
  return v128.and(v128.and(v128.load(times + i), mask), drawn(i, n));
}

/** Which of the four draws at byte `i` of a column are among the first `n`, as a mask. */
@inline
function drawn(i: usize, n: u32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4(0, 1, 2, 3), i32x4.splat(<i32>(i >> 2))), i32x4.splat(<i32>n));
}

function sumOf(counts: v128): u32 {
  const pairs = i32x4.add(counts, v128.shuffle<i32>(counts, counts, 2, 3, 0, 1));
  return <u32>(i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1));
}

/** ln of base + span · tps / cap. */
export function coupledUtilization(lnTps: usize, lnCap: f32, base: f32, span: f32, out: usize): void {
  const cap = f32x4.splat(lnCap);
  const a = f32x4.splat(base);
  const b = f32x4.splat(span);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const loading = expOfFour(f32x4.sub(v128.load(lnTps + i), cap));
    v128.store(out + i, lnOfFour(f32x4.add(a, f32x4.mul(b, loading))));
  }
}

/**
 * The logarithm of a product of four factors and a unit, over a divisor: ln Wh of a query.
 *
 * @param factors address of a record, see ../wasm/shape.ts: the columns of the factors' logarithms and ln of the unit
 * @param offset bytes into each column of the record
 */
export function energy(factors: usize, offset: usize, lnTps: usize, out: usize): void {
  const a = columnOf(factors, 0, offset);
  const b = columnOf(factors, 4, offset);
  const c = columnOf(factors, 8, offset);
  const d = columnOf(factors, 12, offset);
  const unit = at(factors + ENERGY_UNIT);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    v128.store(out + i, energyOf(a + i, b + i, c + i, d + i, v128.load(lnTps + i), unit));
  }
}

/** As `fittedTps` and `energy` in one, where the input's part of the fit is in its start: no column holds the throughput. */
export function fittedEnergy(factors: usize, offset: usize, fit: usize, lnOutput: usize, out: usize): void {
  const a = columnOf(factors, 0, offset);
  const b = columnOf(factors, 4, offset);
  const c = columnOf(factors, 8, offset);
  const d = columnOf(factors, 12, offset);
  const unit = at(factors + ENERGY_UNIT);
  const first = at(fit + FIT_START);
  const fromOutput = at(fit + FIT_OUTPUT_MIDDLE);
  const slope = at(fit + FIT_OF_OUTPUT);
  const shortest = at(fit + FIT_LN_SHORTEST);
  const cap = at(fit + FIT_LN_CAP);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const ofOutput = f32x4.mul(slope, f32x4.sub(f32x4.pmax(v128.load(lnOutput + i), shortest), fromOutput));
    const lnTps = f32x4.pmin(f32x4.add(first, ofOutput), cap);
    v128.store(out + i, energyOf(a + i, b + i, c + i, d + i, lnTps, unit));
  }
}

@inline
function energyOf(a: usize, b: usize, c: usize, d: usize, lnTps: v128, unit: v128): v128 {
  const three = f32x4.add(f32x4.add(v128.load(a), v128.load(b)), v128.load(c));
  return f32x4.add(three, f32x4.add(f32x4.sub(v128.load(d), lnTps), unit));
}
