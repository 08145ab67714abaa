/** Weights of a value itself and of its neighbours at a distance of 1, 2 and 3, alike on both sides. */
export type CentralFilter = readonly [own: number, first: number, second: number, third: number];

/** How far a filter reaches. */
export const REACH = 3;

/** 1 + a δ² + b δ⁴ + c δ⁶, δ² the second central difference. */
function ofDifferences(a: number, b: number, c: number): CentralFilter {
  return [1 - 2 * a + 6 * b - 20 * c, a - 4 * b + 15 * c, b - 6 * c, c];
}

/**
 * From second differences of a function to step² times its second derivative, both over the former:
 * h² D² = δ² - δ⁴/12 + δ⁶/90 - δ⁸/560 (Abramowitz and Stegun, "Handbook of Mathematical Functions", 25.3.24 and on).
 * What it leaves out is (ω h)^8 / 3150 of a wave of angular frequency ω.
 */
export const TO_DERIVATIVE = ofDifferences(-1 / 12, 1 / 90, -1 / 560);

/**
 * From a function's values at the middles of steps to its means over them: the inverse of the series of arcsin(x)/x in
 * x² = -δ²/4. What it leaves out is (ω h)^8 / 16 000, and less.
 */
export const TO_MEAN = ofDifferences(1 / 24, -17 / 5760, 367 / 967680);

/** Filters a sequence that is 0 beyond its ends; sums are kept where `REACH` zeros lie at either end. */
export function filtered(values: Float64Array, [own, first, second, third]: CentralFilter): Float64Array {
  const result = new Float64Array(values.length);
  const at = (i: number) => (i >= 0 && i < values.length ? values[i] : 0);
  const filterAt = (i: number) =>
    own * values[i] +
    first * (at(i - 1) + at(i + 1)) +
    second * (at(i - 2) + at(i + 2)) +
    third * (at(i - 3) + at(i + 3));
  const end = Math.max(REACH, values.length - REACH);
  for (let i = 0; i < Math.min(REACH, values.length); i++) result[i] = filterAt(i);
  for (let i = end; i < values.length; i++) result[i] = filterAt(i);
  for (let i = REACH; i < end; i++) {
    const near = first * (values[i - 1] + values[i + 1]) + second * (values[i - 2] + values[i + 2]);
    result[i] = own * values[i] + near + third * (values[i - 3] + values[i + 3]);
  }
  return result;
}
