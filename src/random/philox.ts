import type { StreamKey } from './streams.js';

// Multipliers and key increments of Philox4x32: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3",
// SC 2011, table 2 and section 3.2 (golden ratio and sqrt(3) - 1).
const M0 = 0xd2511f53;
const M1 = 0xcd9e8d57;
const W0 = 0x9e3779b9;
const W1 = 0xbb67ae85;
const ROUNDS = 10;

/** High 32 bits of the 64-bit product of two 32-bit words, from their 16-bit halves. */
function highProduct(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const carry = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + Math.floor(middle / 65536) + Math.floor(carry / 65536)) >>> 0;
}

/**
 * Philox4x32-10: a bijection of the 128-bit counter chosen by the 64-bit key, whose outputs pass TestU01's BigCrush. Here it
 * turns (stream key, block) into the starting state of that block's generator.
 *
 * @param counter four 32-bit words, replaced by the four output words
 */
export function philox([k0, k1]: StreamKey, counter: Uint32Array): void {
  for (let round = 0; round < ROUNDS; round++) {
    const [c0, c1, c2, c3] = counter;
    counter[0] = highProduct(M1, c2) ^ c1 ^ (k0 + Math.imul(round, W0));
    counter[1] = Math.imul(M1, c2);
    counter[2] = highProduct(M0, c0) ^ c3 ^ (k1 + Math.imul(round, W1));
    counter[3] = Math.imul(M0, c0);
  }
}
