import type { Column, Layout } from './layout.js';

/** What evaluates a plan block by block; every engine behind this face draws from the same words, but for rounding of correlated ones. */
export interface Kernel<C extends Column = Column> {
  /** The block last evaluated, or the batch that it is the last of. */
  readonly layout: Layout<C>;
  /** Draws samples `block * BLOCK_SIZE` and following, `n` of them at least, and computes all columns from them. */
  evaluate(block: number, n: number): void;
}
