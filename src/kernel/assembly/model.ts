// The model's formulas on every draw of a block, as ../reference.ts computes them: ln tps, ln utilisation, ln energy.
import { COLUMN } from './block';
import { expOfFour, lnOfFour } from './elementary';

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
 * ln tps of a fit for the first `n` draws: at most lnCap, lengths from lnShortest on. Lengths are taken from a middle, whose part
 * `start` holds, so that terms of steep fits do not cancel.
 */
export function fittedTps(
  lnInput: usize,
  lnOutput: usize,
  start: f32,
  coefInput: f32,
  middleInput: f32,
  coefOutput: f32,
  middleOutput: f32,
  lnShortest: f32,
  lnCap: f32,
  n: u32,
  out: usize,
): void {
  const first = f32x4.splat(start);
  const fromInput = f32x4.splat(middleInput);
  const fromOutput = f32x4.splat(middleOutput);
  const a = f32x4.splat(coefInput);
  const b = f32x4.splat(coefOutput);
  const shortest = f32x4.splat(lnShortest);
  const cap = f32x4.splat(lnCap);
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

/** How many of the first `n` draws, each counted so many times, have an input or an output length outside the rows of a fit. */
export function countOutside(
  input: usize,
  output: usize,
  inputLow: f32,
  inputHigh: f32,
  outputLow: f32,
  outputHigh: f32,
  times: usize,
  n: u32,
): u32 {
  const least = f32x4.splat(inputLow);
  const most = f32x4.splat(inputHigh);
  const low = f32x4.splat(outputLow);
  const high = f32x4.splat(outputHigh);
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

/** ln Wh of a query from the logarithms of its factors. */
export function energy(
  lnPue: usize,
  lnPower: usize,
  lnUtilization: usize,
  lnTokens: usize,
  lnWhPerKj: f32,
  lnTps: usize,
  out: usize,
): void {
  const unit = f32x4.splat(lnWhPerKj);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const tokens = v128.load(lnTokens + i);
    v128.store(out + i, energyOf(i, lnPue, lnPower, lnUtilization, tokens, v128.load(lnTps + i), unit));
  }
}

/** As `fittedTps` and `energy` in one, where the input's part of the fit is in `start`: no column holds the throughput. */
export function fittedEnergy(
  lnPue: usize,
  lnPower: usize,
  lnUtilization: usize,
  lnTokens: usize,
  lnWhPerKj: f32,
  lnOutput: usize,
  start: f32,
  coefOutput: f32,
  middleOutput: f32,
  lnShortest: f32,
  lnCap: f32,
  out: usize,
): void {
  const unit = f32x4.splat(lnWhPerKj);
  const first = f32x4.splat(start);
  const fromOutput = f32x4.splat(middleOutput);
  const b = f32x4.splat(coefOutput);
  const shortest = f32x4.splat(lnShortest);
  const cap = f32x4.splat(lnCap);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const ofOutput = f32x4.mul(b, f32x4.sub(f32x4.pmax(v128.load(lnOutput + i), shortest), fromOutput));
    const lnTps = f32x4.pmin(f32x4.add(first, ofOutput), cap);
    v128.store(out + i, energyOf(i, lnPue, lnPower, lnUtilization, v128.load(lnTokens + i), lnTps, unit));
  }
}

@inline
function energyOf(
  i: usize,
  lnPue: usize,
  lnPower: usize,
  lnUtilization: usize,
  lnTokens: v128,
  lnTps: v128,
  unit: v128,
): v128 {
  const facility = f32x4.add(v128.load(lnPue + i), v128.load(lnPower + i));
  const withUse = f32x4.add(facility, v128.load(lnUtilization + i));
  return f32x4.add(withUse, f32x4.add(f32x4.sub(lnTokens, lnTps), unit));
}
