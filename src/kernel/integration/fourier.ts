/**
 * The values of a real polynomial at the roots of z^half = i, in the order that the transform leaves them in; the
 * coefficients are masses of consecutive bins, so the product of two such is the spectrum of their convolution.
 */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** What one size of transform needs, made once. */
interface Roots {
  readonly half: number;
  /** exp(-iπ j / m) stands at m + j, for m = 1, 2, 4, … half / 2 and j < m. */
  readonly re: Float64Array;
  readonly im: Float64Array;
  /** exp(iπ j / 2 half) for j < half. */
  readonly twistRe: Float64Array;
  readonly twistIm: Float64Array;
}

/**
 * Convolution of real sequences of masses by a fast Fourier transform of our own.
 *
 * Algorithm: a polynomial P of less than `2 half` real coefficients, taken modulo z^half - i, is the polynomial of
 * `half` complex ones whose real parts are P's lower and whose imaginary parts are P's upper half: products are read
 * off as they are, with no wrap-around and no sorting of frequencies (the right-angle convolution of R. Crandall and B.
 * Fagin, "Discrete weighted transforms and large-integer arithmetic", Mathematics of Computation 62 (1994) 305-324).
 * Forward transforms decimate in frequency and leave bits reversed, which the inverse, decimating in time, takes back.
 *
 * Bits: roots of unity come from square roots and products, in arithmetic that IEEE 754 defines, so that all engines
 * agree. Bound: each mass of a convolution is off by at most 1e-15 · log2(half) times the product of the sequences'
 * Euclidean norms, 1 at most for masses of sum 1 (test/kernel/integration/fourier.test.ts holds it against direct
 * sums): 2e-14, where a mass that moves P0.1 or P99.9 by 1e-3 is 1e-6. Tails below a probability of 1e-11 would need
 * masses tilted by exp(θ k) before, and back.
 */
export class Transforms {
  readonly #roots = new Map<number, Roots>();

  /**
   * The spectrum of masses. @param length a power of two, 4 or more: at least the masses of the convolution that is
   * sought
   */
  spectrumOf(masses: Float64Array, length: number): Spectrum {
    const roots = this.#of(length / 2);
    const { half, twistRe, twistIm } = roots;
    const [re, im] = [new Float64Array(half), new Float64Array(half)];
    const upper = masses.length - half;
    for (let j = 0; j < Math.min(half, masses.length); j++) {
      const low = masses[j];
      const high = j < upper ? masses[half + j] : 0;
      re[j] = low * twistRe[j] - high * twistIm[j];
      im[j] = low * twistIm[j] + high * twistRe[j];
    }
    forward(re, im, roots);
    return { re, im };
  }

  /** The masses behind a spectrum, which is used up: as many as the transform is long, zeros last. */
  massesOf({ re, im }: Spectrum): Float64Array {
    const roots = this.#of(re.length);
    const { half, twistRe, twistIm } = roots;
    backward(re, im, roots);
    const masses = new Float64Array(2 * half);
    for (let j = 0; j < half; j++) {
      masses[j] = (re[j] * twistRe[j] + im[j] * twistIm[j]) / half;
      masses[half + j] = (im[j] * twistRe[j] - re[j] * twistIm[j]) / half;
    }
    return masses;
  }

  #of(half: number): Roots {
    const known = this.#roots.get(half) ?? rootsOf(half);
    this.#roots.set(half, known);
    return known;
  }
}

/** The spectrum of the convolution of all that have these spectra, one at least, of one length. */
export function productOfSpectra([first, ...others]: readonly Spectrum[]): Spectrum {
  const [re, im] = [first.re.slice(), first.im.slice()];
  for (const other of others) {
    for (let j = 0; j < re.length; j++) {
      const real = re[j] * other.re[j] - im[j] * other.im[j];
      im[j] = re[j] * other.im[j] + im[j] * other.re[j];
      re[j] = real;
    }
  }
  return { re, im };
}

/**
 * Greatest amplitude of a spectrum's shortest waves, those of 2 to 8/3 points. They stand where the reversed bits of a
 * place begin a number from 3/8 to 5/8 of the whole.
 */
export function shortestWaves({ re, im }: Spectrum): number {
  let greatest = 0;
  for (let start = 0; start + 8 <= re.length; start += 8) {
    for (const j of [start + 1, start + 6]) greatest = Math.max(greatest, re[j] * re[j] + im[j] * im[j]);
  }
  return re.length < 8 ? 1 : Math.sqrt(greatest);
}

/** Decimation in frequency, natural order in, bits of the order reversed out. */
function forward(re: Float64Array, im: Float64Array, { half, re: rootRe, im: rootIm }: Roots): void {
  for (let m = half / 2; m >= 1; m /= 2) {
    for (let start = 0; start < half; start += 2 * m) {
      for (let a = start; a < start + m; a++) {
        const b = a + m;
        const root = m + a - start;
        const differenceRe = re[a] - re[b];
        const differenceIm = im[a] - im[b];
        re[a] += re[b];
        im[a] += im[b];
        re[b] = differenceRe * rootRe[root] - differenceIm * rootIm[root];
        im[b] = differenceRe * rootIm[root] + differenceIm * rootRe[root];
      }
    }
  }
}

/** Decimation in time, the inverse of `forward` but for a factor. */
function backward(re: Float64Array, im: Float64Array, { half, re: rootRe, im: rootIm }: Roots): void {
  for (let m = 1; m < half; m *= 2) {
    for (let start = 0; start < half; start += 2 * m) {
      for (let a = start; a < start + m; a++) {
        const b = a + m;
        const root = m + a - start;
        const turnedRe = re[b] * rootRe[root] + im[b] * rootIm[root];
        const turnedIm = im[b] * rootRe[root] - re[b] * rootIm[root];
        re[b] = re[a] - turnedRe;
        im[b] = im[a] - turnedIm;
        re[a] += turnedRe;
        im[a] += turnedIm;
      }
    }
  }
}

function rootsOf(half: number): Roots {
  const [re, im] = [new Float64Array(4 * half), new Float64Array(4 * half)];
  re[1] = 1;
  // The angle of the first root, halved from one m to the next: from π for m = 1.
  let [cos, sin] = [-1, 0];
  for (let m = 2; m <= 2 * half; m *= 2) {
    const next = Math.sqrt((1 + cos) / 2);
    [cos, sin] = [next, m === 2 ? 1 : sin / (2 * next)];
    for (let j = 0; j < m; j += 2) {
      const [evenRe, evenIm] = [re[(m + j) / 2], im[(m + j) / 2]];
      re[m + j] = evenRe;
      im[m + j] = evenIm;
      re[m + j + 1] = evenRe * cos + evenIm * sin;
      im[m + j + 1] = evenIm * cos - evenRe * sin;
    }
  }
  const [twistRe, twistIm] = [re.slice(2 * half, 3 * half), im.slice(2 * half, 3 * half)];
  return { half, re: re.slice(0, half), im: im.slice(0, half), twistRe, twistIm: twistIm.map((x) => -x) };
}
