import { BLOCK_SIZE } from '../../random/block-size';

/** Draws per block. */
export const BLOCK: usize = BLOCK_SIZE;

/** Bytes of one column of single precision numbers. */
export const COLUMN: usize = BLOCK << 2;
