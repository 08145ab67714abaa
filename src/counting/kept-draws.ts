import type { KeptBins } from '../plan/trim.js';
import { BLOCK_SIZE } from '../random/uniforms.js';

/**
 * Which of a model's draws a trim keeps, told one after the other. Of the draws in a bin that it keeps a share of, every so
 * many'th is kept, anew in each block: the choice depends on the draws of the block alone, and a pathway keeps the same ones.
 */
export class KeptDraws {
  readonly #bins: KeptBins;
  /** What is due of a kept draw in the lowest bin, and in the highest. */
  readonly #due = [HALF, HALF];

  constructor(bins: KeptBins) {
    this.#bins = bins;
  }

  /** Whether the next draw is kept. @param draw its number among the draws evaluated, whole blocks before it */
  keeps(bin: number, draw: number): boolean {
    if (draw % BLOCK_SIZE === 0) this.#due.fill(HALF);
    const { lowBin, highBin, lowShare = 1, highShare = 1 } = this.#bins;
    if (bin === lowBin) return this.#isNext(0, lowShare);
    if (bin === highBin) return this.#isNext(1, highShare);
    return bin > lowBin && bin < highBin;
  }

  #isNext(edge: 0 | 1, share: number): boolean {
    const due = this.#due[edge] + share;
    const isKept = due >= 1;
    this.#due[edge] = isKept ? due - 1 : due;
    return isKept;
  }
}

const HALF = 0.5;

/** Whether a trim keeps a share of the draws of a bin: where not, the bins say it all. */
export function isShared({ lowShare, highShare }: KeptBins): boolean {
  return lowShare !== undefined || highShare !== undefined;
}
