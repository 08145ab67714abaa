import { BLOCK_SIZE } from './block-size.js';
import { philox } from './philox.js';
import type { StreamKey } from './streams.js';

export { BLOCK_SIZE };

/** Generators of one stream, drawn from in turn: as many as 32-bit words in a vector register. */
const LANES = 4;

/** Words less than this far from either end of the 32-bit numbers, a tail of 2^-14, are refined. */
export const TAIL_WORDS = 2 ** 18;

/** Fourth counter word of Philox; the states of the generators have 0 there, the samplers of src/sampling 1 and 2. */
const TAIL_COUNTER = 3;

/**
 * Fills `out` with the random words of one variable in one block, one a draw.
 *
 * Generator: xoshiro128++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 2021). Draw i comes
 * from generator i mod 4 of the block, so that four step side by side in a vector kernel; the state of each is set by Philox
 * from (key, block, generator). Chosen by measurement against drawing straight from Philox, see bench.
 */
export function fillWords(key: StreamKey, block: number, out: Uint32Array): void {
  for (let lane = 0; lane < LANES; lane++) fillLane(startState(key, block, lane), lane, out);
}

function fillLane(state: Uint32Array, lane: number, out: Uint32Array): void {
  let [s0, s1, s2, s3] = [state[0] | 0, state[1] | 0, state[2] | 0, state[3] | 0];
  for (let i = lane; i < out.length; i += LANES) {
    const sum = (s0 + s3) | 0;
    out[i] = ((sum << 7) | (sum >>> 25)) + s0;
    const t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
  }
}

/** The four state words of one of a variable's generators at the start of a block. */
export function startState(key: StreamKey, block: number, lane: number): Uint32Array {
  return philoxWords(key, block, lane, 0);
}

function philoxWords(key: StreamKey, block: number, third: number, fourth: number): Uint32Array {
  const words = Uint32Array.of(block >>> 0, Math.floor(block / 2 ** 32), third, fourth);
  philox(key, words);
  return words;
}

/**
 * The uniform number of draw i of a block, from its word: the middle of the word's share of (0, 1), or, in the tails of 2^-14,
 * the middle of one of that share's 2^20 parts, chosen by Philox from (key, block, draw). So u is (k + 1/2) / 2^52 for a 52-bit
 * k, or the middle of many such: never 0 or 1, with 1 - u exact and tails down to 2^-53. Where it is not refined, u is off by
 * less than 2^-19 of its tail.
 */
export function uniformAt(key: StreamKey, block: number, i: number, word: number): number {
  if (Math.min(word, ~word >>> 0) >= TAIL_WORDS) return (word + 0.5) * 2 ** -32;
  const part = philoxWords(key, block, i, TAIL_COUNTER)[0] >>> 12;
  return (word * 2 ** 20 + part + 0.5) * 2 ** -52;
}

/** The uniform numbers of a block's words. */
export function uniformsOf(key: StreamKey, block: number, words: Uint32Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = uniformAt(key, block, i, words[i]);
}

/** Fills `out` with the pseudo-random uniform numbers of one variable in one block. */
export function fillUniforms(key: StreamKey, block: number, out: Float64Array): void {
  const words = new Uint32Array(out.length);
  fillWords(key, block, words);
  uniformsOf(key, block, words, out);
}
