import { BLOCK_SIZE } from '../random/uniforms.js';
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

/** Divides a run's blocks into ranges, a few for each thread so that none waits long at the end. @param threads 0 for the calling one */
export function blockRanges(samples: number, threads: number): BlockRange[] {
  const blocks = Math.ceil(samples / BLOCK_SIZE);
  const least = threads === 0 ? SMALLEST_ALONE : SMALLEST_RANGE;
  const share = Math.ceil(blocks / (Math.max(1, threads) * RANGES_PER_THREAD));
  const size = Math.min(LARGEST_RANGE, Math.max(least, share));
  return Array.from({ length: Math.ceil(blocks / size) }, (_, i) => ({
    firstBlock: i * size,
    blocks: Math.min(size, blocks - i * size),
  }));
}
