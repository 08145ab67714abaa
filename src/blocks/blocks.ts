import { BLOCK_SIZE } from '../random/uniforms.js';

/** A run of blocks, the unit of work handed to a thread. */
export interface BlockRange {
  readonly firstBlock: number;
  readonly blocks: number;
  /** From one block to the next; 1 unless stated. */
  readonly every?: number;
}

/** The blocks of so many samples. */
export function allBlocks(samples: number): BlockRange {
  return { firstBlock: 0, blocks: Math.ceil(samples / BLOCK_SIZE) };
}

/** Two halves of a range of two blocks or more. */
export function splitRange(range: BlockRange): [BlockRange, BlockRange] {
  const { firstBlock, blocks, every = 1 } = range;
  const half = Math.floor(blocks / 2);
  return [
    { ...range, blocks: half },
    { ...range, firstBlock: firstBlock + half * every, blocks: blocks - half },
  ];
}

/** Samples of a block: full but for the last of a run. */
export function samplesInBlock({ samples }: { readonly samples: number }, block: number): number {
  return Math.min(BLOCK_SIZE, samples - block * BLOCK_SIZE);
}

/** Samples of a range of blocks that follow each other. */
export function samplesIn({ samples }: { readonly samples: number }, { firstBlock, blocks }: BlockRange): number {
  return Math.min(samples - firstBlock * BLOCK_SIZE, blocks * BLOCK_SIZE);
}
