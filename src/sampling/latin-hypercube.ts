import { philox } from '../kernel/philox.js';
import { BLOCK_SIZE } from '../kernel/uniforms.js';
import type { StreamKey } from '../streams.js';
import type { FillUniforms, PseudoFill } from './sampler.js';

/** Fourth counter word of Philox; the pseudo-random streams have 0 there, Sobol scrambling 2. */
const ORDER_COUNTER = 1;

/** Steps of the place within a stratum: with its number above and half a step below, 53 digits, so that u is exact. */
const PLACES = 2 ** 42;

/**
 * Latin hypercube sampling, a block at a time: each block of 1024 draws has exactly one in each 1024th of the variable's
 * probability, in an order of its own (McKay, Beckman, Conover, Technometrics 21, 1979). Blocks are independent, so a run may
 * have any number of them.
 */
export function latinHypercubeFill(key: StreamKey, pseudo: PseudoFill): FillUniforms {
  const words = Uint32Array.of(0, 0, 0, ORDER_COUNTER);
  philox(key, words);
  const orderKey: StreamKey = [words[0] | 0, words[1] | 0];
  const strata = new Uint32Array(BLOCK_SIZE);
  return (block, out) => {
    pseudo(orderKey, block, out);
    shuffle(strata, out);
    pseudo(key, block, out);
    for (let i = 0; i < out.length; i++) {
      out[i] = (strata[i] + (Math.floor(out[i] * PLACES) + 0.5) / PLACES) / BLOCK_SIZE;
    }
  };
}

/** 0, 1, 2 … in random order (Durstenfeld, CACM 7, 1964), chosen by one uniform number each. */
function shuffle(order: Uint32Array, choices: Float64Array): void {
  for (let i = 0; i < order.length; i++) {
    const j = Math.floor(choices[i] * (i + 1));
    order[i] = order[j];
    order[j] = i;
  }
}
