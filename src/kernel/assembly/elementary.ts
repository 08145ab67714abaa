// ln and exp of four single precision numbers at a time. Argument reduction and coefficients: S. L. Moshier, Cephes Math Library
// 2.2 (1992), single/logf.c and single/expf.c. Error against the double precision functions: below 1.2e-7 relative for both, for
// ln near 1 too (test/kernel/operations.test.ts).

// Constants stand in memory, each read into all lanes by one instruction: engines build a constant in place anew wherever it
// is used, which takes as long as the arithmetic.

/** 0, 1, 1/2; the least normal number, infinity; 2^23. */
const NUMBERS = memory.data<f32>([0, 1, 0.5, 1.1754943508222875e-38, Infinity, 8388608], 16);
const ONE = NUMBERS + 4;
const HALF = NUMBERS + 8;
const LEAST = NUMBERS + 12;
const INFINITE = NUMBERS + 16;
const TWO_TO_23 = NUMBERS + 20;

/** What moves the exponent bits to those of x / sqrt(1/2); bits of 1. */
const LN_BITS = memory.data<i32>([0x3f800000 - 0x3f3504f3, 0x3f800000], 16);
const LN = memory.data<f32>(
  [
    7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
    -2.4999993993e-1, 3.3333331174e-1,
  ],
  16,
);
/** ln 2 in two parts. */
const LN2 = memory.data<f32>([0.693359375, -2.12194440e-4], 16);

/** log2 e; least and greatest argument whose power is a normal number. */
const EXP_RANGE = memory.data<f32>([1.44269504088896341, -87, 88], 16);
const EXP = memory.data<f32>(
  [1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
  16,
);

/** The number at an address, in all lanes. */
@inline
export function at(address: usize): v128 {
  return v128.load32_splat(address);
}

/** inner · r + the number at an address */
@inline
function step(inner: v128, r: v128, c: usize): v128 {
  return f32x4.add(f32x4.mul(inner, r), at(c));
}

/** ln of four numbers, any numbers. */
@inline
export function lnOfFour(x: v128): v128 {
  const normal = v128.and(f32x4.ge(x, at(LEAST)), f32x4.lt(x, at(INFINITE)));
  const result = lnOfNormals(x);
  return i32x4.all_true(normal) ? result : lnOfOdd(x, result, normal);
}

/** Replaces the lanes that are no positive normal numbers. */
function lnOfOdd(x: v128, result: v128, normal: v128): v128 {
  const zero = f32x4.splat(0);
  const subnormal = v128.and(f32x4.gt(x, zero), f32x4.lt(x, at(LEAST)));
  const ofSubnormal = f32x4.sub(lnOfNormals(f32x4.mul(x, at(TWO_TO_23))), f32x4.splat(15.942385152878742));
  let odd = v128.bitselect(f32x4.splat(-Infinity), f32x4.splat(NaN), f32x4.eq(x, zero));
  odd = v128.bitselect(at(INFINITE), odd, f32x4.eq(x, at(INFINITE)));
  odd = v128.bitselect(ofSubnormal, odd, subnormal);
  return v128.bitselect(result, odd, normal);
}

@inline
function lnOfNormals(x: v128): v128 {
  const exponent = i32x4.shr_s(i32x4.sub(i32x4.add(x, at(LN_BITS)), at(LN_BITS + 4)), 23);
  const f = f32x4.sub(i32x4.sub(x, i32x4.shl(exponent, 23)), at(ONE));
  const k = f32x4.convert_i32x4_s(exponent);
  const square = f32x4.mul(f, f);
  let p = step(at(LN), f, LN + 4);
  p = step(p, f, LN + 8);
  p = step(p, f, LN + 12);
  p = step(p, f, LN + 16);
  p = step(p, f, LN + 20);
  p = step(p, f, LN + 24);
  p = step(p, f, LN + 28);
  p = step(p, f, LN + 32);
  const low = f32x4.add(f32x4.mul(f32x4.mul(p, f), square), f32x4.mul(k, at(LN2 + 4)));
  const high = f32x4.add(f, f32x4.sub(low, f32x4.mul(at(HALF), square)));
  return f32x4.add(high, f32x4.mul(k, at(LN2)));
}

/** e to the power of four numbers, those below -87 and above 88 as these. NaN stays NaN. */
@inline
export function expOfFour(x: v128): v128 {
  const bounded = f32x4.pmin(f32x4.pmax(x, at(EXP_RANGE + 4)), at(EXP_RANGE + 8));
  const k = f32x4.floor(f32x4.add(f32x4.mul(bounded, at(EXP_RANGE)), at(HALF)));
  const r = f32x4.sub(f32x4.sub(bounded, f32x4.mul(k, at(LN2))), f32x4.mul(k, at(LN2 + 4)));
  let p = step(at(EXP), r, EXP + 4);
  p = step(p, r, EXP + 8);
  p = step(p, r, EXP + 12);
  p = step(p, r, EXP + 16);
  p = step(p, r, EXP + 20);
  const power = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), at(ONE));
  return f32x4.mul(power, i32x4.add(i32x4.shl(i32x4.trunc_sat_f32x4_s(k), 23), at(LN_BITS + 4)));
}
