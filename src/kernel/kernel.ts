import type { Layout } from './layout.js';

/** What evaluates a plan block by block; every engine behind this face gives the same draws. */
export interface Kernel {
  readonly name: string;
  /** The block last evaluated. */
  readonly layout: Layout;
  /** Draws samples `block * BLOCK_SIZE` and following, `n` of them, and computes all columns from them. */
  evaluate(block: number, n: number): void;
}
