import { BLOCK_SIZE } from './uniforms.js';

/** Rows that a function is given at a time, at most. */
export const ROWS = BLOCK_SIZE;

/** Fills the first `n` (at most `ROWS`) places of each column, one column a dimension, with the next points in (0, 1). */
export type Points = (columns: readonly Float64Array[], n: number) => void;
