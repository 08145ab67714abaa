// What a request costs its node, as ../../plan/evaluate.ts computes it: ln node-seconds, ln energy, ln tps. All terms are at least
// 0, so their sum in single precision is off by few roundings.
import { COLUMN } from './block';
import { lnOfFour } from './elementary';

/**
 * ln node-seconds: a · (input - cached) + output · (b + w / concurrency) + c · output · (input + output / 2). Where the address
 * `cached` is 0, nothing is; where `concurrency` is, w is not looked at.
 */
export function requestSeconds(
  input: usize,
  output: usize,
  cached: usize,
  a: usize,
  b: usize,
  c: usize,
  w: usize,
  concurrency: usize,
  out: usize,
): void {
  const zero = f32x4.splat(0);
  const half = f32x4.splat(0.5);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const prompt = v128.load(input + i);
    const answer = v128.load(output + i);
    const fresh = cached === 0 ? prompt : f32x4.pmax(zero, f32x4.sub(prompt, v128.load(cached + i)));
    let each = v128.load(b + i);
    if (concurrency !== 0) each = f32x4.add(each, f32x4.div(v128.load(w + i), v128.load(concurrency + i)));
    const context = f32x4.add(prompt, f32x4.mul(answer, half));
    each = f32x4.add(each, f32x4.mul(v128.load(c + i), context));
    v128.store(out + i, lnOfFour(f32x4.add(f32x4.mul(v128.load(a + i), fresh), f32x4.mul(answer, each))));
  }
}

/** As above where all but the output is the same in every draw: none + output · (each + square · output). */
export function outputSeconds(output: usize, none: f32, each: f32, square: f32, out: usize): void {
  const p = f32x4.splat(none);
  const q = f32x4.splat(each);
  const r = f32x4.splat(square);
  for (let i: usize = 0; i < COLUMN; i += 16) v128.store(out + i, lnSecondsOf(v128.load(output + i), p, q, r));
}

/** As `outputSeconds`, and the energy with them in one: no column holds the node-seconds. */
export function outputEnergy(
  lnPue: usize,
  lnPower: usize,
  lnUtilization: usize,
  lnWhPerKj: f32,
  output: usize,
  none: f32,
  each: f32,
  square: f32,
  out: usize,
): void {
  const unit = f32x4.splat(lnWhPerKj);
  const p = f32x4.splat(none);
  const q = f32x4.splat(each);
  const r = f32x4.splat(square);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const lnSeconds = lnSecondsOf(v128.load(output + i), p, q, r);
    v128.store(out + i, productOf(i, lnPue, lnPower, lnUtilization, lnSeconds, unit));
  }
}

/** The sum of four logarithms and a number. */
export function factors(a: usize, b: usize, c: usize, d: usize, unit: f32, out: usize): void {
  const constant = f32x4.splat(unit);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    v128.store(out + i, productOf(i, a, b, c, v128.load(d + i), constant));
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
function productOf(i: usize, a: usize, b: usize, c: usize, last: v128, constant: v128): v128 {
  const first = f32x4.add(v128.load(a + i), v128.load(b + i));
  return f32x4.add(f32x4.add(first, v128.load(c + i)), f32x4.add(last, constant));
}
