import type { Operations } from '../kernel/wasm/operations.js';
import { clearMarks, countColumn, settleBytes, type WindowMemory } from './windows.js';

/** Bins of a token count: one each, from 0 on. */
const BINS_PER_TOKEN = 1;

/** Token counts that were drawn, and how often each: distinct ones are few, and what depends on them alone is computed once for each. */
export class TokenTally {
  readonly #memory: WindowMemory;
  readonly #operations: Operations;

  constructor(memory: WindowMemory, operations: Operations) {
    this.#memory = memory;
    this.#operations = operations;
    clearMarks(memory);
  }

  /** Counts the first `n` of a column; those that are too large, or no number, go to `odd`. Returns how many these are. */
  count(tokens: Float32Array, n: number, odd: Float32Array): number {
    return countColumn(this.#memory, tokens, n, BINS_PER_TOKEN, odd, this.#operations);
  }

  /**
   * Hands out the tokens that were counted, each once and in ascending order, and how often; then is empty.
   *
   * @param tokens room for some, and `times` for as many
   * @param take is called with how many of them are there
   */
  empty(tokens: Float32Array, times: Uint32Array, take: (n: number) => void): void {
    const { counts } = this.#memory;
    const [least, most] = this.#settled();
    let n = 0;
    for (let token = least; token <= most; token++) {
      if (counts[token] === 0) continue;
      tokens[n] = token;
      times[n++] = counts[token];
      if (n < times.length) continue;
      take(n);
      n = 0;
    }
    if (n > 0) take(n);
    this.clear();
  }

  clear(): void {
    const [least, most] = this.#settled();
    this.#memory.counts.fill(0, least, most + 1);
    clearMarks(this.#memory);
  }

  /** The least and the greatest that was counted, all of their counts in words; the least above the greatest where nothing was. */
  #settled(): [least: number, most: number] {
    const [least, most] = this.#memory.extremes;
    if (!(least <= most)) return [0, -1];
    settleBytes(this.#memory, least, most + 1, this.#operations);
    return [least, most];
  }
}
