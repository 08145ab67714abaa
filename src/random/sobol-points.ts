import { sobolDirections } from './directions.js';
import { owenScrambled, reversedBits } from './owen-scramble.js';
import type { Points } from './point-source.js';
import { type StreamKey, streamKey } from './streams.js';

const BITS = 32;

/** Dimensions that the table of direction numbers has. */
export const DIMENSIONS = 64;

/**
 * Sobol' points in Gray code order (Antonov and Saleev 1979), each dimension scrambled by nested uniform (Owen) scrambling
 * with a seed of its own: unbiased, never 0 or 1, and any aligned 2^k of them remain a net.
 */
export function sobolPoints(seed: string, dimensions: number): Points {
  const all = Array.from({ length: dimensions }, (_, d) => sobolDirections(d).map(reversedBits));
  const seeds = all.map((_, d) => streamKey(seed, `sobol.dimension.${d}`));
  const states = new Int32Array(dimensions);
  let index = 0;
  return (columns, n) => {
    for (let d = 0; d < dimensions; d++) states[d] = fillDimension(columns[d], n, index, states[d], all[d], seeds[d]);
    index += n;
  };
}

/** Writes one dimension of points from `index` on, their digits in reverse until scrambled; returns where it stopped. */
function fillDimension(
  column: Float64Array,
  n: number,
  index: number,
  start: number,
  directions: Uint32Array,
  [first, second]: StreamKey,
): number {
  let state = start;
  for (let i = 0; i < n; i++) {
    column[i] = (reversedBits(owenScrambled(owenScrambled(state, first), second)) + 0.5) * 2 ** -BITS;
    state ^= directions[trailingOnes(index + i)];
  }
  return state;
}

/** Position of the lowest 0 bit: the direction that Gray code flips next. */
function trailingOnes(index: number): number {
  return 31 - Math.clz32(~index & (index + 1));
}
