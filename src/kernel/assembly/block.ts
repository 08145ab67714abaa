/** Draws per block: BLOCK_SIZE of ../uniforms.ts. */
export const BLOCK: usize = 1024;

/** Bytes of one column of single precision numbers. */
export const COLUMN: usize = BLOCK << 2;
