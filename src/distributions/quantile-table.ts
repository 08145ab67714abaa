import type { QuantileFunction } from './distribution.js';

/**
 * Octaves of the tail min(u, 1 - u) that are tabulated on either side of the median, from 1/2 down to 2^-13. One draw in
 * 4096 lies beyond: its exact call costs less, in the mean, than reading the table.
 */
const OCTAVES = 12;

const DEEPEST_TAIL = 2 ** -(OCTAVES + 1);

/** Equal parts of an octave, tried in this order. */
const PARTS = [4, 8, 16, 32];

/** Most that a probe may differ from the exact function, relative. */
const TOLERANCE = 1e-12;

/** Points of a part, and coefficients of its polynomial of degree 9. */
const POINTS = 10;

/** Chebyshev-Lobatto points of -1..1: neighbouring parts share their ends, so that values do not jump between them. */
const NODES = Array.from({ length: POINTS }, (_, i) => -Math.cos((Math.PI * i) / (POINTS - 1)));

/** Between nodes at both ends and in the middle of a part, where the error of interpolation peaks. */
const PROBES = [0, 4, 8].map((i) => (NODES[i] + NODES[i + 1]) / 2);

/** The polynomials of an octave, `POINTS` coefficients a part, highest power first; NaN where a part is not tabulated. */
interface Octave {
  readonly parts: number;
  readonly coefficients: Float64Array;
}

const NOT_TABULATED = new Array<number>(POINTS).fill(Number.NaN);

/** A function of the place in an octave, from 0 to 1. */
type OctaveFunction = (place: number) => number;

/**
 * The same quantile function, read from a table; for one whose call takes microseconds.
 *
 * In each octave of the tail on either side of the median, polynomials of degree 9 interpolate `exact` on equal parts, which
 * are halved until three probes in each agree with it to 1e-12. Parts that do not reach this (where values grow with a power
 * of u above about 40, underflow or jump) and tails below 2^-13 stay with `exact`. So a value differs from that of `exact`
 * by less than 1e-11, relative (test/distributions/quantile-table.test.ts), and none is lost. Like it non-decreasing but for
 * rounding. An octave is made when the first draw falls into it, from `exact` alone: values do not depend on earlier calls.
 */
export function tabulated(exact: QuantileFunction): QuantileFunction {
  const lower = octavesOf(exact);
  const upper = octavesOf((tail) => exact(1 - tail));
  return (u) => {
    const tail = u < 0.5 ? u : 1 - u;
    if (!(tail >= DEEPEST_TAIL && tail < 0.5)) return exact(u);
    const value = (u < 0.5 ? lower : upper)(tail);
    return Number.isNaN(value) ? exact(u) : value;
  };
}

/** The value from the table for a tail from `DEEPEST_TAIL` to below 1/2, or NaN. */
function octavesOf(ofTail: QuantileFunction): QuantileFunction {
  const octaves: Octave[] = new Array(OCTAVES);
  return (tail) => {
    // 1/4 up to 1/2 has one leading zero of 32 bits.
    const index = Math.clz32(tail * 2 ** 32) - 1;
    const scale = 1 << (index + 2);
    octaves[index] ??= octave((place) => ofTail((1 + place) / scale));
    return valueAt(octaves[index], tail * scale - 1);
  };
}

function valueAt({ parts, coefficients }: Octave, place: number): number {
  const part = Math.floor(place * parts);
  return polynomialAt(coefficients, part * POINTS, 2 * (place * parts - part) - 1);
}

/** The coarsest cut that agrees everywhere, or the finest without the parts that do not. */
function octave(exact: OctaveFunction, [parts, ...finer] = PARTS): Octave {
  const polynomials: number[][] = [];
  for (let part = 0; part < parts; part++) {
    const polynomial = agreeing((x) => exact((part + (1 + x) / 2) / parts));
    if (!polynomial && finer.length > 0) return octave(exact, finer);
    // The lowest part is where a power of u grows most: the others would fail after it, at a high price.
    if (!polynomial && part === 0) return { parts: 1, coefficients: Float64Array.from(NOT_TABULATED) };
    polynomials.push(polynomial ?? NOT_TABULATED);
  }
  return { parts, coefficients: Float64Array.from(polynomials.flat()) };
}

/** The polynomial through a function's values at the nodes, if it agrees with the function at the probes. */
function agreeing(exact: (x: number) => number): number[] | undefined {
  const coefficients = interpolating(NODES.map(exact));
  const agrees = PROBES.every((x) => {
    const expected = exact(x);
    // Strictly, so that nodes which all underflow to 0 do not stand for what lies between them.
    return Math.abs(polynomialAt(coefficients, 0, x) - expected) < TOLERANCE * Math.abs(expected);
  });
  return agrees ? coefficients : undefined;
}

/** Coefficients, highest power first, of the polynomial through the values at the nodes; of equal values exactly constant. */
function interpolating(values: readonly number[]): number[] {
  const differences = dividedDifferences(values);
  // Newton's form, multiplied out from its innermost bracket.
  return differences.reduceRight<number[]>(
    (inner, difference, i) =>
      inner.concat(0).map((c, k) => c - NODES[i] * (inner[k - 1] ?? 0) + (k === inner.length ? difference : 0)),
    [],
  );
}

/** Newton's divided differences of values at the nodes. */
function dividedDifferences(values: readonly number[]): number[] {
  const differences = [...values];
  for (let order = 1; order < POINTS; order++) {
    for (let i = POINTS - 1; i >= order; i--) {
      differences[i] = (differences[i] - differences[i - 1]) / (NODES[i] - NODES[i - order]);
    }
  }
  return differences;
}

/** Horner's rule for the `POINTS` coefficients from `first` on. */
function polynomialAt(coefficients: ArrayLike<number>, first: number, x: number): number {
  let value = coefficients[first];
  for (let i = first + 1; i < first + POINTS; i++) value = value * x + coefficients[i];
  return value;
}
