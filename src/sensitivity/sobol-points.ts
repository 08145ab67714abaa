import { sobolDirections } from '../sampling/directions.js';
import { reversedBits } from '../sampling/owen-scramble.js';
import { streamKey } from '../streams.js';
import type { Points } from './problem.js';

const BITS = 32;

/** Dimensions that the table of direction numbers has. */
export const DIMENSIONS = 64;

/**
 * Sobol' points in Gray code order (Antonov and Saleev 1979), each dimension scrambled by nested uniform (Owen) scrambling
 * with a seed of its own: unbiased, never 0 or 1, and any aligned 2^k of them remain a net.
 */
export function sobolPoints(seed: string, dimensions: number): Points {
  const all = Array.from({ length: dimensions }, (_, d) => sobolDirections(d));
  const seeds = all.map((_, d) => streamKey(seed, `sobol.dimension.${d}`)[0]);
  const states = new Int32Array(dimensions);
  let index = 0;
  return (columns, n) => {
    for (let d = 0; d < dimensions; d++) states[d] = fillDimension(columns[d], n, index, states[d], all[d], seeds[d]);
    index += n;
  };
}

/** Writes one dimension of points `index` and following; returns where it stopped. */
function fillDimension(
  column: Float64Array,
  n: number,
  index: number,
  start: number,
  directions: Uint32Array,
  seed: number,
): number {
  let state = start;
  for (let i = 0; i < n; i++) {
    column[i] = (owenScrambled(state, seed) + 0.5) * 2 ** -BITS;
    state ^= directions[trailingOnes(index + i)];
  }
  return state;
}

/** Position of the lowest 0 bit: the direction that Gray code flips next. */
function trailingOnes(index: number): number {
  return 31 - Math.clz32(~index & (index + 1));
}

/**
 * Nested uniform scrambling by a hash in which a bit depends on lower bits only, applied to the reversed bits. Source: Burley,
 * "Practical hash-based Owen scrambling", JCGT 9 (2020), with the constants of Laine and Karras (2011).
 */
function owenScrambled(bits: number, seed: number): number {
  let x = (reversedBits(bits) + seed) | 0;
  x ^= Math.imul(x, 0x6c50b47c);
  x ^= Math.imul(x, 0xb82f1e52);
  x ^= Math.imul(x, 0xc7afe638);
  x ^= Math.imul(x, 0x8d22f6e6);
  return reversedBits(x);
}
