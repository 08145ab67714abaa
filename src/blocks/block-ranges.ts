import type { BlockRange } from './blocks.js';

/**
 * The fewest blocks that are handed to a thread. Measured on two cores: handing over and merging what a range of the paper's
 * scenario counts takes 20 to 50 ms, as long as drawing 512 blocks. One of 8192 takes about 1 s, so progress and Ctrl-C answer.
 */
export const SMALLEST_RANGE = 512;
/** Where there is only one thread, no other waits. */
const SMALLEST_ALONE = 1024;
/** The most blocks that are asked for at once, of threads and of a cluster. */
export const LARGEST_RANGE = 8192;
const RANGES_PER_THREAD = 4;

/** A run's blocks in ranges, a few for each thread so that none waits long at the end. @param threads 0 for the calling one */
export function blockRanges(all: BlockRange, threads: number): BlockRange[] {
  const least = threads === 0 ? SMALLEST_ALONE : SMALLEST_RANGE;
  return evenRanges(all, Math.max(1, threads) * RANGES_PER_THREAD, least, LARGEST_RANGE);
}

/** A range in so many equal parts, or in more, so that none is over `largest`, or in fewer, so that none is below `smallest` blocks. */
export function evenRanges(range: BlockRange, parts: number, smallest = 1, largest = Infinity): BlockRange[] {
  return rangesOfSize(range, Math.min(largest, Math.max(smallest, Math.ceil(range.blocks / parts))));
}

/** A range in parts of so many blocks, the last of what is left. */
export function rangesOfSize({ firstBlock, blocks }: BlockRange, size: number): BlockRange[] {
  return Array.from({ length: Math.ceil(blocks / size) }, (_, i) => ({
    firstBlock: firstBlock + i * size,
    blocks: Math.min(size, blocks - i * size),
  }));
}
