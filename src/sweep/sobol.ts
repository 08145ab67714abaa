import type { StreamKey } from '../streams.js';
import { JOE_KUO } from './joe-kuo.js';

const BITS = 32;

/**
 * The first `n` points of the Sobol sequence, one array a dimension, each shifted by its own key: bits XORed with one random
 * word (a digital shift: L'Ecuyer and Lemieux, "Recent advances in randomized quasi-Monte Carlo methods", 2002), which keeps
 * the points' even spread and keeps 0 and 1 out. The first points do not change when `n` grows.
 *
 * @param shifts one key a dimension, at most SOBOL_DIMENSIONS
 * @returns numbers in (0, 1)
 */
export function sobolPoints(n: number, shifts: readonly StreamKey[]): Float64Array[] {
  return shifts.map(([shift], dimension) =>
    Float64Array.from(sobolWords(n, dimension), (word) => (((word ^ shift) >>> 0) + 0.5) / 2 ** BITS),
  );
}

/** The unshifted points of one dimension, in units of 2^-32 and in Gray code order (Antonov and Saleev, 1979). */
export function sobolWords(n: number, dimension: number): Uint32Array {
  const directions = directionNumbers(dimension);
  const words = new Uint32Array(n);
  for (let i = 1; i < n; i++) words[i] = words[i - 1] ^ directions[lowestZeroBit(i - 1)];
  return words;
}

/** v_k = m_k 2^(32-k), with the recurrence of Joe and Kuo (2008), equations 2 and 3. */
function directionNumbers(dimension: number): Uint32Array {
  const directions = new Uint32Array(BITS);
  const [degree, coefficients, ...initial] = dimension === 0 ? [0, 0] : JOE_KUO[dimension - 1];
  for (let k = 0; k < BITS; k++) {
    if (dimension === 0) directions[k] = 2 ** (BITS - 1 - k);
    else if (k < degree) directions[k] = initial[k] * 2 ** (BITS - 1 - k);
    else directions[k] = recurred(directions, k, degree, coefficients);
  }
  return directions;
}

function recurred(directions: Uint32Array, k: number, degree: number, coefficients: number): number {
  let word = directions[k - degree] ^ (directions[k - degree] >>> degree);
  for (let j = 1; j < degree; j++) if ((coefficients >>> (degree - 1 - j)) & 1) word ^= directions[k - j];
  return word;
}

function lowestZeroBit(i: number): number {
  return 31 - Math.clz32(~i & (i + 1));
}
