/** Draws per block: every variable's stream starts anew at each block, so a block can be drawn alone, anywhere. */
export const BLOCK_SIZE = 1024;
