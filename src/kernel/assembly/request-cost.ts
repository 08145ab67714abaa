// What a request costs its node, as ../../plan/evaluate.ts computes it: ln node-seconds, ln energy, ln tps. All terms are at least
// 0, so their sum in single precision is off by few roundings.
import { ENERGY_UNIT } from '../wasm/shape';
import { COLUMN } from './block';
import { at, lnOfFour } from './elementary';
import { columnOf } from './record';

/**
 * ln node-seconds: a · (input - cached) + output · (b + w / concurrency) + c · output · (input + output / 2). Where the address
 * of cached tokens is 0, nothing is; where that of the concurrency is, w is not looked at.
 *
 * @param columns address of a record: the columns of input, output, cached tokens, a, b, c, w and concurrency
 * @param offset bytes into each of them
 */
export function requestSeconds(columns: usize, offset: usize, out: usize): void {
  const input = columnOf(columns, 0, offset);
  const output = columnOf(columns, 4, offset);
  const hasCached = load<u32>(columns, 8) !== 0;
  const cached = columnOf(columns, 8, offset);
  const a = columnOf(columns, 12, offset);
  const b = columnOf(columns, 16, offset);
  const c = columnOf(columns, 20, offset);
  const w = columnOf(columns, 24, offset);
  const hasConcurrency = load<u32>(columns, 28) !== 0;
  const concurrency = columnOf(columns, 28, offset);
  const zero = f32x4.splat(0);
  const half = f32x4.splat(0.5);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const prompt = v128.load(input + i);
    const answer = v128.load(output + i);
    const fresh = hasCached ? f32x4.pmax(zero, f32x4.sub(prompt, v128.load(cached + i))) : prompt;
    let each = v128.load(b + i);
    if (hasConcurrency) each = f32x4.add(each, f32x4.div(v128.load(w + i), v128.load(concurrency + i)));
    const context = f32x4.add(prompt, f32x4.mul(answer, half));
    each = f32x4.add(each, f32x4.mul(v128.load(c + i), context));
    v128.store(out + i, lnOfFour(f32x4.add(f32x4.mul(v128.load(a + i), fresh), f32x4.mul(answer, each))));
  }
}

/**
 * As above where all but the output is the same in every draw: none + output · (each + square · output).
 *
 * @param seconds address of a record of the three numbers
 */
export function outputSeconds(output: usize, seconds: usize, out: usize): void {
  const p = at(seconds);
  const q = at(seconds + 4);
  const r = at(seconds + 8);
  for (let i: usize = 0; i < COLUMN; i += 16) v128.store(out + i, lnSecondsOf(v128.load(output + i), p, q, r));
}

/**
 * As `outputSeconds`, and the energy with them in one: no column holds the node-seconds.
 *
 * @param factors as of `energy`, the last of the columns that of the output tokens themselves
 */
export function outputEnergy(factors: usize, offset: usize, seconds: usize, out: usize): void {
  const a = columnOf(factors, 0, offset);
  const b = columnOf(factors, 4, offset);
  const c = columnOf(factors, 8, offset);
  const output = columnOf(factors, 12, offset);
  const unit = at(factors + ENERGY_UNIT);
  const p = at(seconds);
  const q = at(seconds + 4);
  const r = at(seconds + 8);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const lnSeconds = lnSecondsOf(v128.load(output + i), p, q, r);
    v128.store(out + i, productOf(a + i, b + i, c + i, lnSeconds, unit));
  }
}

/** The sum of four logarithms and a number. @param columns as of `energy` */
export function factors(columns: usize, offset: usize, out: usize): void {
  const a = columnOf(columns, 0, offset);
  const b = columnOf(columns, 4, offset);
  const c = columnOf(columns, 8, offset);
  const d = columnOf(columns, 12, offset);
  const unit = at(columns + ENERGY_UNIT);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    v128.store(out + i, productOf(a + i, b + i, c + i, v128.load(d + i), unit));
  }
}

/** ln of output tokens over node-seconds; -Infinity where there are no output tokens, whatever the seconds. */
export function outputRate(lnOutput: usize, lnSeconds: usize, out: usize): void {
  const none = f32x4.splat(-Infinity);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const tokens = v128.load(lnOutput + i);
    const rate = f32x4.sub(tokens, v128.load(lnSeconds + i));
    v128.store(out + i, v128.bitselect(none, rate, f32x4.eq(tokens, none)));
  }
}

@inline
function lnSecondsOf(output: v128, none: v128, each: v128, square: v128): v128 {
  return lnOfFour(f32x4.add(none, f32x4.mul(output, f32x4.add(each, f32x4.mul(square, output)))));
}

@inline
function productOf(a: usize, b: usize, c: usize, last: v128, constant: v128): v128 {
  const first = f32x4.add(v128.load(a), v128.load(b));
  return f32x4.add(f32x4.add(first, v128.load(c)), f32x4.add(last, constant));
}
