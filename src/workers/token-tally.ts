import type { Operations } from '../kernel/operations.js';
import { BLOCK_SIZE } from '../kernel/uniforms.js';
import { clearExtremes, countColumn, settleBytes, type WindowMemory } from './windows.js';

const WHOLE_NUMBERS = { perUnit: 1, first: 0 };

/** Token counts that were drawn, and how often each: distinct ones are few, and what depends on them alone is computed once for each. */
export class TokenTally {
  readonly #memory: WindowMemory;
  readonly #operations: Operations;

  constructor(memory: WindowMemory, operations: Operations) {
    this.#memory = memory;
    this.#operations = operations;
    clearExtremes(memory);
  }

  /** Counts the first `n` of a column; those that are too large, or no number, go to `odd`. Returns how many these are. */
  count(tokens: Float32Array, n: number, odd: Float32Array): number {
    return countColumn(this.#memory, tokens, n, WHOLE_NUMBERS, odd, this.#operations);
  }

  /** Hands out what was counted, a block of consecutive token counts at a time, from the first of which they go up; then is empty. */
  empty(take: (first: number, times: Uint32Array) => void): void {
    const { counts, extremes } = this.#memory;
    const [least, most] = extremes;
    clearExtremes(this.#memory);
    if (!(least <= most)) return;
    settleBytes(this.#memory, least, most + 1, this.#operations);
    for (let first = least; first <= most; first += BLOCK_SIZE) {
      take(first, counts.subarray(first, Math.min(first + BLOCK_SIZE, most + 1)));
    }
    counts.fill(0, least, most + 1);
  }
}
