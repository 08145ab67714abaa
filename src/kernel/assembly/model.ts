// The model's formulas on every draw of a block, as ../reference.ts computes them: ln tps, ln utilisation, ln energy.
import { COLUMN } from './block';
import { both, expOfBoth, lnOfBoth } from './elementary';

/** ln effective_tokens: output + weight · input; where that is the output itself, its known logarithm. */
export function effectiveTokens(output: usize, lnOutput: usize, input: usize, weight: usize, out: usize): void {
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const plain = v128.load(output + i);
    const tokens = f64x2.add(plain, f64x2.mul(v128.load(weight + i), v128.load(input + i)));
    const same = f64x2.eq(tokens, plain);
    v128.store(out + i, v128.bitselect(v128.load(lnOutput + i), lnOfBoth(tokens), same));
  }
}

/** ln tps of a fit: at most lnCap, lengths from lnShortest on. */
export function fittedTps(
  lnInput: usize,
  lnOutput: usize,
  intercept: f64,
  coefInput: f64,
  coefOutput: f64,
  lnShortest: f64,
  lnCap: f64,
  out: usize,
): void {
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const uncapped = uncappedTps(lnInput + i, lnOutput + i, intercept, coefInput, coefOutput, lnShortest);
    v128.store(out + i, f64x2.min(uncapped, both(lnCap)));
  }
}

/** How many of the first `n` draws of a fit lie above `lnLimit` before its cap. */
export function countCapped(
  lnInput: usize,
  lnOutput: usize,
  intercept: f64,
  coefInput: f64,
  coefOutput: f64,
  lnShortest: f64,
  lnLimit: f64,
  n: u32,
): u32 {
  let count = i64x2.splat(0);
  const pairs = <usize>(n & ~1) << 3;
  for (let i: usize = 0; i < pairs; i += 16) {
    const uncapped = uncappedTps(lnInput + i, lnOutput + i, intercept, coefInput, coefOutput, lnShortest);
    count = i64x2.sub(count, f64x2.gt(uncapped, both(lnLimit)));
  }
  if ((n & 1) != 0) {
    const uncapped = uncappedTps(lnInput + pairs, lnOutput + pairs, intercept, coefInput, coefOutput, lnShortest);
    count = i64x2.sub(count, v128.and(f64x2.gt(uncapped, both(lnLimit)), i64x2(-1, 0)));
  }
  return <u32>(i64x2.extract_lane(count, 0) + i64x2.extract_lane(count, 1));
}

// @ts-ignore: decorator
@inline
function uncappedTps(
  lnInput: usize,
  lnOutput: usize,
  intercept: f64,
  coefInput: f64,
  coefOutput: f64,
  lnShortest: f64,
): v128 {
  const ofInput = f64x2.mul(both(coefInput), f64x2.max(v128.load(lnInput), both(lnShortest)));
  const ofOutput = f64x2.mul(both(coefOutput), f64x2.max(v128.load(lnOutput), both(lnShortest)));
  return f64x2.add(f64x2.add(both(intercept), ofInput), ofOutput);
}

/** How many of the first `n` draws have an input or an output length outside the rows of a fit. */
export function countOutside(
  input: usize,
  output: usize,
  inputLow: f64,
  inputHigh: f64,
  outputLow: f64,
  outputHigh: f64,
  n: u32,
): u32 {
  let count = i64x2.splat(0);
  const pairs = <usize>(n & ~1) << 3;
  for (let i: usize = 0; i < pairs; i += 16) {
    count = i64x2.sub(count, outside(input + i, output + i, inputLow, inputHigh, outputLow, outputHigh));
  }
  if ((n & 1) != 0) {
    const last = outside(input + pairs, output + pairs, inputLow, inputHigh, outputLow, outputHigh);
    count = i64x2.sub(count, v128.and(last, i64x2(-1, 0)));
  }
  return <u32>(i64x2.extract_lane(count, 0) + i64x2.extract_lane(count, 1));
}

// @ts-ignore: decorator
@inline
function outside(input: usize, output: usize, inputLow: f64, inputHigh: f64, outputLow: f64, outputHigh: f64): v128 {
  const i = v128.load(input);
  const o = v128.load(output);
  return v128.or(
    v128.or(f64x2.lt(i, both(inputLow)), f64x2.gt(i, both(inputHigh))),
    v128.or(f64x2.lt(o, both(outputLow)), f64x2.gt(o, both(outputHigh))),
  );
}

/** ln of base + span · tps / cap. */
export function coupledUtilization(lnTps: usize, lnCap: f64, base: f64, span: f64, out: usize): void {
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const loading = expOfBoth(f64x2.sub(v128.load(lnTps + i), both(lnCap)));
    v128.store(out + i, lnOfBoth(f64x2.add(both(base), f64x2.mul(both(span), loading))));
  }
}

/** ln Wh of a query from the logarithms of its factors. */
export function energy(
  lnPue: usize,
  lnPower: usize,
  lnUtilization: usize,
  lnTokens: usize,
  lnWhPerKj: f64,
  lnTps: usize,
  out: usize,
): void {
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const facility = f64x2.add(v128.load(lnPue + i), v128.load(lnPower + i));
    const withUse = f64x2.add(facility, v128.load(lnUtilization + i));
    const work = f64x2.add(f64x2.add(withUse, v128.load(lnTokens + i)), both(lnWhPerKj));
    v128.store(out + i, f64x2.sub(work, v128.load(lnTps + i)));
  }
}
