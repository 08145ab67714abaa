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

/**
 * ln tps of a fit: at most lnCap, lengths from lnShortest on.
 *
 * @returns how many of the first `n` draws lie above `lnLimit` before the cap
 */
export function fittedTps(
  lnInput: usize,
  lnOutput: usize,
  intercept: f64,
  coefInput: f64,
  coefOutput: f64,
  lnShortest: f64,
  lnCap: f64,
  lnLimit: f64,
  n: u32,
  out: usize,
): u32 {
  const start = both(intercept);
  const a = both(coefInput);
  const b = both(coefOutput);
  const shortest = both(lnShortest);
  const cap = both(lnCap);
  const limit = both(lnLimit);
  let count = i64x2.splat(0);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const ofInput = f64x2.mul(a, f64x2.pmax(v128.load(lnInput + i), shortest));
    const ofOutput = f64x2.mul(b, f64x2.pmax(v128.load(lnOutput + i), shortest));
    const uncapped = f64x2.add(f64x2.add(start, ofInput), ofOutput);
    v128.store(out + i, f64x2.pmin(uncapped, cap));
    count = i64x2.sub(count, v128.and(f64x2.gt(uncapped, limit), drawn(i, n)));
  }
  return sumOf(count);
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
  const least = both(inputLow);
  const most = both(inputHigh);
  const low = both(outputLow);
  const high = both(outputHigh);
  let count = i64x2.splat(0);
  for (let i: usize = 0; i < <usize>n << 3; i += 16) {
    const x = v128.load(input + i);
    const y = v128.load(output + i);
    const outsideInput = v128.or(f64x2.lt(x, least), f64x2.gt(x, most));
    const outsideOutput = v128.or(f64x2.lt(y, low), f64x2.gt(y, high));
    count = i64x2.sub(count, v128.and(v128.or(outsideInput, outsideOutput), drawn(i, n)));
  }
  return sumOf(count);
}

/** Which of the two draws at byte `i` of a column are among the first `n`, as a mask. */
@inline
function drawn(i: usize, n: u32): v128 {
  const left = <i64>n - <i64>(i >> 3);
  return left >= 2 ? i64x2.splat(-1) : i64x2(left >= 1 ? -1 : 0, 0);
}

function sumOf(counts: v128): u32 {
  return <u32>(i64x2.extract_lane(counts, 0) + i64x2.extract_lane(counts, 1));
}

/** ln of base + span · tps / cap. */
export function coupledUtilization(lnTps: usize, lnCap: f64, base: f64, span: f64, out: usize): void {
  const cap = both(lnCap);
  const a = both(base);
  const b = both(span);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const loading = expOfBoth(f64x2.sub(v128.load(lnTps + i), cap));
    v128.store(out + i, lnOfBoth(f64x2.add(a, f64x2.mul(b, loading))));
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
  const unit = both(lnWhPerKj);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    const facility = f64x2.add(v128.load(lnPue + i), v128.load(lnPower + i));
    const withUse = f64x2.add(facility, v128.load(lnUtilization + i));
    const work = f64x2.add(f64x2.add(withUse, v128.load(lnTokens + i)), unit);
    v128.store(out + i, f64x2.sub(work, v128.load(lnTps + i)));
  }
}
