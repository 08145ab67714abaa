import { philox } from './philox.js';
import type { StreamKey } from './streams.js';

/** Fourth counter words of Philox from here on belong to turns; those below to generators, samplers and tails. */
const FIRST_TURN = 16;

/** A uniform number in (0, 1) for a turn of draw i of a block. */
export type UniformOfTurn = (key: StreamKey, block: number, i: number, turn: number) => number;

/**
 * Numbers of turns, from (key, block, draw, turn) and nothing else: (k + 1/2) / 2^52 for a 52-bit k. Most sessions have few turns and
 * some have thousands, so that columns of a block would mostly be drawn in vain. Not in step with other samplers' points: those are
 * of one number a query.
 */
export function uniformsOfTurns(): UniformOfTurn {
  const words = new Uint32Array(4);
  return (key, block, i, turn) => {
    words[0] = block >>> 0;
    words[1] = Math.floor(block / 2 ** 32);
    words[2] = i;
    words[3] = FIRST_TURN + turn;
    philox(key, words);
    return (words[0] * 2 ** 20 + (words[1] >>> 12) + 0.5) * 2 ** -52;
  };
}
