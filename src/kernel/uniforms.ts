import type { StreamKey } from '../streams.js';
import { philox } from './philox.js';

/** Draws per block: every variable's stream starts anew at each block, so a block can be drawn alone, anywhere. */
export const BLOCK_SIZE = 1024;

/** Generators of one stream, drawn from in turn: as many as 32-bit words in a vector register. */
const LANES = 4;

/**
 * Fills `out` with the uniform numbers of one variable in one block: (k + 1/2) / 2^52 for a 52-bit k, so never 0 or 1, with
 * 1 - u exact and tails down to 2^-53.
 *
 * Generator: xoshiro128++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 2021), two words a
 * draw. Draw i comes from generator i mod 4 of the block, so that four step side by side in a vector kernel; the state of
 * each is set by Philox from (key, block, generator). Chosen by measurement against drawing straight from Philox, see bench.
 */
export function fillUniforms(key: StreamKey, block: number, out: Float64Array): void {
  for (let lane = 0; lane < LANES; lane++) fillLane(startState(key, block, lane), lane, out);
}

function fillLane(state: Uint32Array, lane: number, out: Float64Array): void {
  let [s0, s1, s2, s3] = [state[0] | 0, state[1] | 0, state[2] | 0, state[3] | 0];
  for (let i = lane; i < out.length; i += LANES) {
    let sum = (s0 + s3) | 0;
    const high = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    let t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);

    sum = (s0 + s3) | 0;
    const low = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);

    out[i] = ((high >>> 6) * 0x4000000 + (low >>> 6) + 0.5) * 2 ** -52;
  }
}

/** The four state words of one of a variable's generators at the start of a block. */
export function startState(key: StreamKey, block: number, lane: number): Uint32Array {
  const state = Uint32Array.of(block >>> 0, Math.floor(block / 2 ** 32), lane, 0);
  philox(key, state);
  return state;
}
