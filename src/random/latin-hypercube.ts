import { philox } from './philox.js';
import type { FillWords, WordSource } from './sampler.js';
import type { StreamKey } from './streams.js';
import { BLOCK_SIZE } from './uniforms.js';

/** Fourth counter word of Philox; the pseudo-random streams have 0 there, Sobol scrambling 2. */
const ORDER_COUNTER = 1;

/** Digits of a stratum's number: BLOCK_SIZE is 2 to the power of so many. */
const STRATUM_DIGITS = 10;
/** Digits of the place within it. */
const PLACE_DIGITS = 32 - STRATUM_DIGITS;

/**
 * Latin hypercube sampling, a block at a time: each block of 1024 draws has exactly one in each 1024th of the variable's
 * probability, in an order of its own (McKay, Beckman, Conover, Technometrics 21, 1979). Blocks are independent, so a run may
 * have any number of them.
 */
export function latinHypercubeFill(key: StreamKey, { pseudo }: WordSource): FillWords {
  const words = Uint32Array.of(0, 0, 0, ORDER_COUNTER);
  philox(key, words);
  const orderKey: StreamKey = [words[0] | 0, words[1] | 0];
  const strata = new Uint32Array(BLOCK_SIZE);
  return (block, out) => {
    pseudo(orderKey, block, out);
    shuffle(strata, out);
    pseudo(key, block, out);
    for (let i = 0; i < BLOCK_SIZE; i++) out[i] = (strata[i] << PLACE_DIGITS) | (out[i] >>> STRATUM_DIGITS);
  };
}

/** 0, 1, 2 … in random order (Durstenfeld, CACM 7, 1964), chosen by one word each. */
function shuffle(order: Uint32Array, choices: Uint32Array): void {
  for (let i = 0; i < order.length; i++) {
    const j = Math.floor((choices[i] * (i + 1)) / 2 ** 32);
    order[i] = order[j];
    order[j] = i;
  }
}
