import { DIGITS, sobolDirections } from './directions.js';
import { owenScrambled, reversedBits } from './owen-scramble.js';
import { philox } from './philox.js';
import { type FillWords, REPLICATES, type WordSource } from './sampler.js';
import type { StreamKey } from './streams.js';
import { BLOCK_SIZE } from './uniforms.js';

/** Samples that 32-digit points are different for: 2^32 of each replicate. */
export const MOST_SOBOL_SAMPLES = REPLICATES * 2 ** DIGITS;

/** Fourth counter word of Philox; the pseudo-random streams have 0 there, so no number is used twice. */
const SCRAMBLE_COUNTER = 2;

/**
 * The Owen-scrambled Sobol points of one variable. Each of the 16 replicates is the whole sequence under a scrambling of its
 * own; its block p holds the points of index 1024 p and following. A variable without a dimension of its own takes the first
 * one in an order shuffled by its name (Burley 2020, section 4), so it is as even by itself and independent of all others.
 */
export function sobolFill(key: StreamKey, dimension: number | undefined, { scramble }: WordSource): FillWords {
  const directions = sobolDirections(dimension ?? 0).map(reversedBits);
  const points = Uint32Array.from({ length: BLOCK_SIZE }, (_, i) => pointOf(i, directions));
  return (block, out) => {
    const [first, second, order] = scrambleWords(key, block % REPLICATES);
    const start = Math.floor(block / REPLICATES) * BLOCK_SIZE;
    const from = dimension === undefined ? shuffled(start, order) : start;
    if (dimension !== undefined) out.set(points);
    else for (let i = 0; i < BLOCK_SIZE; i++) out[i] = points[shuffled(start + i, order) % BLOCK_SIZE];
    scramble(out, pointOf(from - (from % BLOCK_SIZE), directions), first, second);
  };
}

/** Scrambles points as `WordSource` says. */
export function scramblePoints(points: Uint32Array, base: number, first: number, second: number): void {
  for (let i = 0; i < points.length; i++) {
    points[i] = reversedBits(owenScrambled(owenScrambled(points[i] ^ base, first), second));
  }
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

function scrambleWords(key: StreamKey, replicate: number): Int32Array {
  const words = Uint32Array.of(replicate, 0, 0, SCRAMBLE_COUNTER);
  philox(key, words);
  return Int32Array.from(words);
}
