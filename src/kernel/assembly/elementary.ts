// ln and exp of two numbers at a time: the arithmetic of ../../distributions/elementary.ts, operation by operation, so that
// both engines give the same bits. Sources and error bounds stand there.

// Constants stand in memory, each read into both lanes by one instruction: engines build a constant in place anew wherever it
// is used, which takes as long as the arithmetic.

const SMALLEST_NORMAL: f64 = 2.2250738585072014e-308;
const TWO_TO_54: f64 = 18014398509481984;

/** 2^52 · 1.5: added to a whole number, its lowest bits are those of that number in two's complement. */
export const WHOLE_IN_LOW_BITS: f64 = 6755399441055744;

/** 0, 1, 2, 1/2; the least normal number, infinity; ln 2 in two parts. */
const NUMBERS = memory.data<f64>(
  [0, 1, 2, 0.5, SMALLEST_NORMAL, Infinity, 6.931471803691238e-1, 1.9082149292705877e-10],
  16,
);
const ONE = NUMBERS + 8;
const TWO = NUMBERS + 16;
const HALF = NUMBERS + 24;
const LEAST = NUMBERS + 32;
const INFINITE = NUMBERS + 40;
const LN2_HIGH = NUMBERS + 48;
const LN2_LOW = NUMBERS + 56;

/** For ln: what moves the upper word's exponent to that of x / sqrt(1/2); 1023 in an exponent's place; 2^52 as bits, and + 1023. */
const LN_BITS = memory.data<i64>([0x3ff00000 - 0x3fe6a09e, 0x3ff0000000000000, 0x4330000000000000], 16);
const LN_SHIFT = memory.data<f64>([4503599627370496 + 1023, 4503599627370496 + 1023 + 54], 16);
const LN_EVEN = memory.data<f64>([3.999999999940942e-1, 2.2222198432149784e-1, 1.5313837699209373e-1], 16);
const LN_ODD = memory.data<f64>(
  [6.666666666666735e-1, 2.857142874366239e-1, 1.818357216161805e-1, 1.4798198605116586e-1],
  16,
);

/** For exp: log2 e; where a power of 2 is a plain one; polynomial. */
const EXP_RANGE = memory.data<f64>([Math.LOG2E, -1021, 1023, WHOLE_IN_LOW_BITS], 16);
const EXP = memory.data<f64>(
  [
    1.6666666666666602e-1, -2.7777777777015593e-3, 6.613756321437934e-5, -1.6533902205465252e-6,
    4.1381367970572385e-8,
  ],
  16,
);

@inline
export function both(x: f64): v128 {
  return f64x2.splat(x);
}

/** The number at an address, in both lanes. */
@inline
export function at(address: usize): v128 {
  return v128.load64_splat(address);
}

@inline
function step(c: usize, r: v128, inner: v128): v128 {
  return f64x2.add(at(c), f64x2.mul(r, inner));
}

/** ln of two numbers, any numbers. */
@inline
export function lnOfBoth(x: v128): v128 {
  const normal = v128.and(f64x2.ge(x, at(LEAST)), f64x2.lt(x, at(INFINITE)));
  const result = lnOfNormals(x, LN_SHIFT);
  return i64x2.all_true(normal) ? result : lnOfOdd(x, result, normal);
}

/** Replaces the lanes that are no positive normal numbers. */
function lnOfOdd(x: v128, result: v128, normal: v128): v128 {
  const subnormal = v128.and(f64x2.gt(x, both(0)), f64x2.lt(x, at(LEAST)));
  const ofSubnormal = lnOfNormals(f64x2.mul(x, both(TWO_TO_54)), LN_SHIFT + 8);
  const isZero = f64x2.eq(x, both(0));
  const isInfinite = f64x2.eq(x, at(INFINITE));
  let odd = v128.bitselect(both(-Infinity), both(NaN), isZero);
  odd = v128.bitselect(at(INFINITE), odd, isInfinite);
  odd = v128.bitselect(ofSubnormal, odd, subnormal);
  return v128.bitselect(result, odd, normal);
}

/** ln of two positive normal numbers; `shift`: address of what the exponents are too large by. */
@inline
function lnOfNormals(x: v128, shift: usize): v128 {
  const upper = i64x2.add(i64x2.shr_u(x, 32), at(LN_BITS));
  const biased = i64x2.shr_u(upper, 20);
  const k = f64x2.sub(v128.or(biased, at(LN_BITS + 16)), at(shift));
  const f = f64x2.sub(i64x2.add(i64x2.sub(x, i64x2.shl(biased, 52)), at(LN_BITS + 8)), at(ONE));
  return lnOfReduced(f, k);
}

/** ln((1 + f) · 2^k) for sqrt(1/2) <= 1 + f < sqrt(2). */
@inline
function lnOfReduced(f: v128, k: v128): v128 {
  const s = f64x2.div(f, f64x2.add(at(TWO), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const even = f64x2.mul(w, step(LN_EVEN, w, step(LN_EVEN + 8, w, at(LN_EVEN + 16))));
  const odd = f64x2.mul(z, step(LN_ODD, w, step(LN_ODD + 8, w, step(LN_ODD + 16, w, at(LN_ODD + 24)))));
  const halfSquare = f64x2.mul(f64x2.mul(at(HALF), f), f);
  const sum = f64x2.add(f64x2.add(halfSquare, even), odd);
  const low = f64x2.add(f64x2.mul(s, sum), f64x2.mul(k, at(LN2_LOW)));
  return f64x2.sub(f64x2.mul(k, at(LN2_HIGH)), f64x2.sub(f64x2.sub(halfSquare, low), f));
}

/** e to the power of two numbers. */
@inline
export function expOfBoth(x: v128): v128 {
  const k = f64x2.floor(f64x2.add(f64x2.mul(at(EXP_RANGE), x), at(HALF)));
  const power = expOfReduced(f64x2.sub(x, f64x2.mul(k, at(LN2_HIGH))), f64x2.mul(k, at(LN2_LOW)));
  const plain = v128.and(f64x2.ge(k, at(EXP_RANGE + 8)), f64x2.le(k, at(EXP_RANGE + 16)));
  if (i64x2.all_true(plain)) return f64x2.mul(power, powersOf2(k));
  return f64x2(
    oddExp(f64x2.extract_lane(x, 0), f64x2.extract_lane(k, 0), f64x2.extract_lane(power, 0)),
    oddExp(f64x2.extract_lane(x, 1), f64x2.extract_lane(k, 1), f64x2.extract_lane(power, 1)),
  );
}

/** 2^k for whole k from -1022 to 1023. */
@inline
function powersOf2(k: v128): v128 {
  return i64x2.add(i64x2.shl(f64x2.add(k, at(EXP_RANGE + 24)), 52), at(LN_BITS + 8));
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
@inline
function expOfReduced(high: v128, low: v128): v128 {
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  const p = step(EXP, t, step(EXP + 8, t, step(EXP + 16, t, step(EXP + 24, t, at(EXP + 32)))));
  const c = f64x2.sub(r, f64x2.mul(t, p));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(at(TWO), c));
  return f64x2.sub(at(ONE), f64x2.sub(f64x2.sub(low, quotient), high));
}

/** Horner's rule for eight coefficients at an address, constant term first. */
@inline
export function polynomial(c: usize, r: v128): v128 {
  return step(
    c,
    r,
    step(c + 8, r, step(c + 16, r, step(c + 24, r, step(c + 32, r, step(c + 40, r, step(c + 48, r, at(c + 56))))))),
  );
}
