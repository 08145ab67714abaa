// ln and exp of two numbers at a time: the arithmetic of ../../distributions/elementary.ts, operation by operation, so that
// both engines give the same bits. Sources and error bounds stand there.

const LN2_HIGH: f64 = 6.931471803691238e-1;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const SMALLEST_NORMAL: f64 = 2.2250738585072014e-308;
const TWO_TO_54: f64 = 18014398509481984;
const TOWARDS_SQRT_HALF: i64 = 0x3ff00000 - 0x3fe6a09e;

// @ts-ignore: decorator
@inline
export function both(x: f64): v128 {
  return f64x2.splat(x);
}

// @ts-ignore: decorator
@inline
function step(c: f64, r: v128, inner: v128): v128 {
  return f64x2.add(both(c), f64x2.mul(r, inner));
}

/** ln of two numbers, any numbers. */
// @ts-ignore: decorator
@inline
export function lnOfBoth(x: v128): v128 {
  const normal = v128.and(f64x2.ge(x, both(SMALLEST_NORMAL)), f64x2.lt(x, both(Infinity)));
  const result = lnOfNormals(x);
  if (i64x2.all_true(normal)) return result;
  return f64x2(
    i64x2.extract_lane(normal, 0) != 0 ? f64x2.extract_lane(result, 0) : lnOfOdd(f64x2.extract_lane(x, 0)),
    i64x2.extract_lane(normal, 1) != 0 ? f64x2.extract_lane(result, 1) : lnOfOdd(f64x2.extract_lane(x, 1)),
  );
}

// @ts-ignore: decorator
@inline
function lnOfNormals(x: v128): v128 {
  const upper = i64x2.add(i64x2.shr_s(x, 32), i64x2.splat(TOWARDS_SQRT_HALF));
  const k = i64x2.sub(i64x2.shr_s(upper, 20), i64x2.splat(1023));
  const f = f64x2.sub(i64x2.sub(x, i64x2.shl(k, 52)), both(1));
  return lnOfReduced(f, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(k, k, 0, 2, 0, 2)));
}

/** ln of a number that is no positive normal one. */
function lnOfOdd(x: f64): f64 {
  if (x > 0 && x < Infinity) return f64x2.extract_lane(lnOfSubnormal(both(x * TWO_TO_54)), 0);
  return x == 0 ? -Infinity : x == Infinity ? x : NaN;
}

function lnOfSubnormal(scaled: v128): v128 {
  const upper = i64x2.add(i64x2.shr_s(scaled, 32), i64x2.splat(TOWARDS_SQRT_HALF));
  const k = i64x2.sub(i64x2.shr_s(upper, 20), i64x2.splat(1023));
  const f = f64x2.sub(i64x2.sub(scaled, i64x2.shl(k, 52)), both(1));
  const shifted = i64x2.sub(k, i64x2.splat(54));
  return lnOfReduced(f, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(shifted, shifted, 0, 2, 0, 2)));
}

/** ln((1 + f) · 2^k) for sqrt(1/2) <= 1 + f < sqrt(2). */
// @ts-ignore: decorator
@inline
function lnOfReduced(f: v128, k: v128): v128 {
  const s = f64x2.div(f, f64x2.add(both(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const even = f64x2.mul(w, step(3.999999999940942e-1, w, step(2.2222198432149784e-1, w, both(1.5313837699209373e-1))));
  const odd = f64x2.mul(
    z,
    step(
      6.666666666666735e-1,
      w,
      step(2.857142874366239e-1, w, step(1.818357216161805e-1, w, both(1.4798198605116586e-1))),
    ),
  );
  const halfSquare = f64x2.mul(f64x2.mul(both(0.5), f), f);
  const sum = f64x2.add(f64x2.add(halfSquare, even), odd);
  const low = f64x2.add(f64x2.mul(s, sum), f64x2.mul(k, both(LN2_LOW)));
  return f64x2.sub(f64x2.mul(k, both(LN2_HIGH)), f64x2.sub(f64x2.sub(halfSquare, low), f));
}

/** e to the power of two numbers. */
// @ts-ignore: decorator
@inline
export function expOfBoth(x: v128): v128 {
  const k = f64x2.floor(f64x2.add(f64x2.mul(both(Math.LOG2E), x), both(0.5)));
  const power = expOfReduced(f64x2.sub(x, f64x2.mul(k, both(LN2_HIGH))), f64x2.mul(k, both(LN2_LOW)));
  const plain = v128.and(f64x2.ge(k, both(-1021)), f64x2.le(k, both(1023)));
  if (i64x2.all_true(plain)) return f64x2.mul(power, powersOf2(k));
  return f64x2(
    oddExp(f64x2.extract_lane(x, 0), f64x2.extract_lane(k, 0), f64x2.extract_lane(power, 0)),
    oddExp(f64x2.extract_lane(x, 1), f64x2.extract_lane(k, 1), f64x2.extract_lane(power, 1)),
  );
}

// @ts-ignore: decorator
@inline
function powersOf2(k: v128): v128 {
  const whole = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  return i64x2.shl(i64x2.add(whole, i64x2.splat(1023)), 52);
}

/** The powers that overflow, vanish or lose digits, and NaN. */
function oddExp(x: f64, k: f64, power: f64): f64 {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019412) return 0;
  if (x != x) return x;
  if (k < -1021) return (power * powerOf2(k + 100)) / powerOf2(100);
  return k > 1023 ? power * 2 * powerOf2(k - 1) : power * powerOf2(k);
}

function powerOf2(k: f64): f64 {
  return f64x2.extract_lane(powersOf2(both(k)), 0);
}

/** exp(high - low) for |high - low| <= ln(2) / 2. */
// @ts-ignore: decorator
@inline
function expOfReduced(high: v128, low: v128): v128 {
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  const p = step(
    1.6666666666666602e-1,
    t,
    step(
      -2.7777777777015593e-3,
      t,
      step(6.613756321437934e-5, t, step(-1.6533902205465252e-6, t, both(4.1381367970572385e-8))),
    ),
  );
  const c = f64x2.sub(r, f64x2.mul(t, p));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(both(2), c));
  return f64x2.sub(both(1), f64x2.sub(f64x2.sub(low, quotient), high));
}

/** Horner's rule for eight coefficients, constant term first. */
// @ts-ignore: decorator
@inline
export function polynomial(
  r: v128,
  c0: f64,
  c1: f64,
  c2: f64,
  c3: f64,
  c4: f64,
  c5: f64,
  c6: f64,
  c7: f64,
): v128 {
  return step(c0, r, step(c1, r, step(c2, r, step(c3, r, step(c4, r, step(c5, r, step(c6, r, both(c7))))))));
}
