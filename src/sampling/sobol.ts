import { philox } from '../kernel/philox.js';
import { BLOCK_SIZE, fillUniforms } from '../kernel/uniforms.js';
import type { StreamKey } from '../streams.js';
import { dimensionOf } from './dimensions.js';
import { DIGITS, sobolDirections } from './directions.js';
import { owenScrambled, reversedBits } from './owen-scramble.js';
import { type FillUniforms, REPLICATES } from './sampler.js';

/** Samples that 32-digit points are different for: 2^32 of each replicate. */
export const MOST_SOBOL_SAMPLES = REPLICATES * 2 ** DIGITS;

/** Fourth counter word of Philox; the pseudo-random streams have 0 there, so no number is used twice. */
const SCRAMBLE_COUNTER = 2;

/**
 * The Owen-scrambled Sobol points of one variable. Each of the 16 replicates is the whole sequence under a scrambling of its
 * own; its block p holds the points of index 1024 p and following. A variable without a dimension of its own takes the first
 * one in an order shuffled by its name (Burley 2020, section 4), so it is as even by itself and independent of all others.
 * Digits beyond the 32nd are the variable's pseudo-random ones, as scrambling makes them.
 */
export function sobolFill(key: StreamKey, variable: string): FillUniforms {
  const dimension = dimensionOf(variable);
  const directions = sobolDirections(dimension ?? 0).map(reversedBits);
  const points = Uint32Array.from({ length: BLOCK_SIZE }, (_, i) => pointOf(i, directions));
  return (block, out) => {
    const [first, second, order] = scrambleWords(key, block % REPLICATES);
    const start = Math.floor(block / REPLICATES) * BLOCK_SIZE;
    const indexOf = (i: number) => (dimension === undefined ? shuffled(start + i, order) : start + i);
    const base = pointOf(Math.floor(indexOf(0) / BLOCK_SIZE) * BLOCK_SIZE, directions);
    fillUniforms(key, block, out);
    for (let i = 0; i < out.length; i++) {
      const point = base ^ points[indexOf(i) % BLOCK_SIZE];
      const digits = reversedBits(owenScrambled(owenScrambled(point, first), second));
      out[i] = (digits + digitsBeyond(out[i])) / 2 ** DIGITS;
    }
  };
}

/** The point of an index, its digits in reverse. */
function pointOf(index: number, directions: Uint32Array): number {
  let point = 0;
  for (let bit = 0; bit < DIGITS; bit++) if ((index >>> bit) & 1) point ^= directions[bit];
  return point;
}

/** An order in which every run of 2^k indices that starts at a multiple of 2^k goes to another such run. */
function shuffled(index: number, seed: number): number {
  return reversedBits(owenScrambled(reversedBits(index), seed));
}

/** What the digits of a uniform number after the 32nd make, as a number of [0, 1). */
function digitsBeyond(u: number): number {
  const scaled = u * 2 ** DIGITS;
  return scaled - Math.floor(scaled);
}

function scrambleWords(key: StreamKey, replicate: number): Uint32Array {
  const words = Uint32Array.of(replicate, 0, 0, SCRAMBLE_COUNTER);
  philox(key, words);
  return words;
}
