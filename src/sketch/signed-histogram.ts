import { ln } from '../distributions/elementary.js';
import { Histogram, type HistogramData } from './histogram.js';
import { countOf, meanAndStd, quantiles } from './statistics.js';

/** A signed histogram as plain data, to travel between threads. */
export interface SignedHistogramData {
  readonly positive: HistogramData;
  readonly negative: HistogramData;
}

/** Counts of a quantity of either sign, in bins of equal width in the logarithm of its size on both sides of 0. */
export class SignedHistogram {
  /** Zeros are counted with the positive values. */
  readonly #positive = new Histogram();
  readonly #negative = new Histogram();

  /** Adds the first `n` values. */
  add(values: Float64Array, n: number): void {
    const lnPositive = new Float64Array(n);
    const lnNegative = new Float64Array(n);
    let negative = 0;
    for (let i = 0; i < n; i++) {
      if (values[i] < 0) lnNegative[negative++] = ln(-values[i]);
      else lnPositive[i - negative] = ln(values[i]);
    }
    this.#positive.add(lnPositive, n - negative);
    this.#negative.add(lnNegative, negative);
  }

  /** All that was counted, as plain data. */
  toData(): SignedHistogramData {
    return { positive: { ...this.#positive }, negative: { ...this.#negative } };
  }

  /** Adds what another one counted. */
  merge({ positive, negative }: SignedHistogramData): void {
    this.#positive.merge(positive);
    this.#negative.merge(negative);
  }

  /** Values that are a finite number. */
  get n(): number {
    return countOf(this.#positive) + countOf(this.#negative);
  }

  get non_finite(): number {
    return this.#positive.non_finite + this.#negative.non_finite;
  }

  /** Quantiles for ascending probabilities, each within 1e-4 relative of the value of that rank; NaN without values. */
  quantiles(probabilities: readonly number[]): number[] {
    const below = countOf(this.#negative) / this.n;
    return probabilities.map((p) =>
      p < below
        ? -quantiles(this.#negative, [1 - p / below])[0]
        : quantiles(this.#positive, [below < 1 ? (p - below) / (1 - below) : 1])[0],
    );
  }

  /** Mean and standard deviation (of the population). */
  meanAndStd(): { mean: number; std: number } {
    const sides = [
      { sign: 1, n: countOf(this.#positive), ...meanAndStd(this.#positive) },
      { sign: -1, n: countOf(this.#negative), ...meanAndStd(this.#negative) },
    ].filter(({ n }) => n > 0);
    const mean = sides.reduce((sum, side) => sum + side.sign * side.n * side.mean, 0) / this.n;
    const squares = sides.reduce(
      (sum, { sign, n, ...side }) => sum + n * (side.std ** 2 + (sign * side.mean - mean) ** 2),
      0,
    );
    return { mean, std: Math.sqrt(squares / this.n) };
  }
}
