import type { QuantileFunction } from '../../distributions/distribution.js';
import { firstAbove } from '../../distributions/weights.js';
import { TAIL_WORDS } from '../../random/uniforms.js';
import { LEAST_OCTAVE, OCTAVES } from './shape.js';

/** A function to tabulate. */
export interface Tabulated {
  readonly exact: QuantileFunction;
  /** Probabilities at which it may jump, ascending. */
  readonly steps: readonly number[];
  /** Whether its errors count as they are, not relative. */
  readonly isLogarithm: boolean;
}

/** Exponents of the octaves of a tail, in words, that are tabulated: what lies below is refined, see `uniformAt`. */
const LEAST_EXPONENT = Math.log2(TAIL_WORDS);
const GREATEST_EXPONENT = LEAST_OCTAVE + OCTAVES - 2;

/** Equal parts of an octave: the upper 5 bits of a tail's fraction number its part. */
const PARTS = 32;

/** Coefficients of a part's cubic polynomial, highest power first: one vector of single precision numbers. */
const COEFFICIENTS = 4;

const SIDE = OCTAVES * PARTS * COEFFICIENTS;

/** Numbers of a table. */
export const CUBIC_TABLE_LENGTH = 2 * SIDE;

/** Half of a part, in octaves. */
const HALF_PART = 1 / (2 * PARTS);

/**
 * Chebyshev-Lobatto points of a part about its middle are its ends, which neighbouring parts share, so that values do not jump,
 * and these two.
 */
const INNER = 0.5 * HALF_PART;

/** Between the points, where the error of interpolation peaks; the middle is another such place. */
const PROBE = 0.8 * HALF_PART;

/** Most that a probe may differ from the exact function: relative for values, absolute for logarithms. */
const TOLERANCE = 5e-7;

/** Half of the distance between single precision numbers, relative. */
const ROUNDING = 2 ** -24;

/**
 * Quantiles read from cubic polynomials in single precision: what a kernel draws with.
 *
 * In each octave of the tail on either side of the median, down to 2^-14, a polynomial interpolates the exact function on each of
 * 32 equal parts. A part that holds one of its steps, or where three probes do not agree with it to 5e-7 (a kink, a power of u
 * above about 6), the median itself and lesser tails stay with the exact function. So, the tail itself rounded to single precision,
 * a value of a smooth function differs from the exact one by less than 1e-6, relative, and a logarithm by less than 1e-6 or two
 * roundings (test/kernel/cubic-table.test.ts); at a kink that the probes allow by twice that. A histogram knows them to 1e-4. No
 * tail is lost. An octave is made whole when the first draw falls into it, from the exact function alone: values do not depend
 * on earlier draws.
 */
export class CubicTable {
  /**
   * The lower side's octaves, then the upper side's, least tails first; of each the parts in ascending order, of each the
   * coefficients in the place about its middle (in octaves). NaN where a part is not tabulated.
   */
  readonly coefficients: Float32Array;
  readonly #exact: QuantileFunction;
  readonly #steps: Float64Array;
  readonly #isLogarithm: boolean;
  readonly #made = new Uint8Array(2 * OCTAVES);

  /** @param coefficients where they are kept, `CUBIC_TABLE_LENGTH` of them; set to NaN here */
  constructor({ exact, steps, isLogarithm }: Tabulated, coefficients: Float32Array) {
    this.#exact = exact;
    this.#steps = Float64Array.from(steps);
    this.#isLogarithm = isLogarithm;
    this.coefficients = coefficients.fill(Number.NaN);
  }

  /** Makes the octave that a word falls into; whether that is new. */
  make(word: number): boolean {
    const complement = ~word >>> 0;
    const upper = word > complement;
    // As the kernel rounds it.
    const exponent = Math.floor(Math.log2(Math.fround(Math.min(word, complement))));
    if (!(exponent >= LEAST_EXPONENT && exponent <= GREATEST_EXPONENT)) return false;
    const octave = exponent - LEAST_EXPONENT + 1 + (upper ? OCTAVES : 0);
    if (this.#made[octave] === 1) return false;
    this.#made[octave] = 1;
    this.#tabulate(upper, 2 ** exponent, octave);
    return true;
  }

  /** @param start the least of the octave's tails, in words */
  #tabulate(upper: boolean, start: number, octave: number): void {
    const probability = (place: number) => {
      const tail = (start * (1 + place) + 0.5) * 2 ** -32;
      return upper ? 1 - tail : tail;
    };
    const exactAt = (place: number) => this.#exact(probability(place));
    const agrees = (k: number, place: number, middle: number) =>
      this.#isNear(valueAt(this.coefficients, k, place), exactAt(middle + place));
    let low = exactAt(0);
    for (let part = 0; part < PARTS; part++) {
      const middle = (2 * part + 1) * HALF_PART;
      const high = exactAt(middle + HALF_PART);
      const k = (octave * PARTS + part) * COEFFICIENTS;
      if (!this.#jumpsBetween(probability(middle - HALF_PART), probability(middle + HALF_PART))) {
        setCubic(low, exactAt(middle - INNER), exactAt(middle + INNER), high, this.coefficients, k);
        if (!(agrees(k, -PROBE, middle) && agrees(k, 0, middle) && agrees(k, PROBE, middle)))
          this.coefficients.fill(Number.NaN, k, k + COEFFICIENTS);
      }
      low = high;
    }
  }

  /** Whether a step lies between two probabilities, or on one. */
  #jumpsBetween(one: number, other: number): boolean {
    const steps = this.#steps;
    if (steps.length === 0) return false;
    const next = firstAbove(steps, Math.max(one, other));
    return next > 0 && steps[next - 1] >= Math.min(one, other);
  }

  #isNear(found: number, expected: number): boolean {
    const size = Math.abs(expected);
    // Strictly, so that nodes which all underflow to 0 do not stand for what lies between them.
    return Math.abs(found - expected) < (this.#isLogarithm ? TOLERANCE + ROUNDING * size : TOLERANCE * size);
  }
}

/**
 * Writes the polynomial through the values at a part's points, highest power first, in single precision; of equal values exactly
 * constant.
 */
function setCubic(a: number, b: number, c: number, d: number, out: Float32Array, k: number): void {
  // Even and odd parts, in units of half a part.
  const outer = (a + d) / 2;
  const inner = (b + c) / 2;
  const outerSlope = (d - a) / 2;
  const second = (4 / 3) * (outer - inner);
  const third = (4 / 3) * (outerSlope - (c - b));
  const scale = 1 / HALF_PART;
  out[k] = third * scale ** 3;
  out[k + 1] = second * scale ** 2;
  out[k + 2] = (outerSlope - third) * scale;
  out[k + 3] = outer - second;
}

function valueAt(coefficients: Float32Array, k: number, place: number): number {
  return ((coefficients[k] * place + coefficients[k + 1]) * place + coefficients[k + 2]) * place + coefficients[k + 3];
}
