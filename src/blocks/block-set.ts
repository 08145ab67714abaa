import { BLOCK_SIZE } from '../random/uniforms.js';
import type { BlockRange } from './blocks.js';

/** Blocks as ascending ranges that neither touch nor overlap. */
export type BlockSet = readonly BlockRange[];

/** A set with a range added. @throws RangeError if they share a block: it would be counted twice */
export function withRange(set: BlockSet, range: BlockRange): BlockSet {
  const before = set.filter((one) => one.firstBlock < range.firstBlock);
  const after = set.slice(before.length);
  const previous = before.at(-1);
  if ((previous && endOf(previous) > range.firstBlock) || (after[0] && endOf(range) > after[0].firstBlock)) {
    throw new RangeError(`blocks ${range.firstBlock} to ${endOf(range) - 1} overlap with blocks counted before`);
  }
  return [...before, range, ...after].reduce<BlockRange[]>(joined, []);
}

/** Number of blocks in a set. */
export function blocksIn(set: BlockSet): number {
  return set.reduce((sum, { blocks }) => sum + blocks, 0);
}

/** What a set leaves of a range. */
export function missingFrom(set: BlockSet, { firstBlock, blocks }: BlockRange): BlockRange[] {
  const end = firstBlock + blocks;
  const gaps: BlockRange[] = [];
  let next = firstBlock;
  for (const range of [...set, { firstBlock: end, blocks: 0 }]) {
    const stop = Math.min(range.firstBlock, end);
    if (stop > next) gaps.push({ firstBlock: next, blocks: stop - next });
    next = Math.max(next, endOf(range));
  }
  return gaps;
}

/** Whether all blocks of a set are among those of so many samples. */
export function isWithin(set: BlockSet, samples: number): boolean {
  return set.every((range) => endOf(range) <= Math.ceil(samples / BLOCK_SIZE));
}

/** The first block after a range. */
export function endOf({ firstBlock, blocks }: BlockRange): number {
  return firstBlock + blocks;
}

function joined(set: BlockRange[], range: BlockRange): BlockRange[] {
  const last = set.at(-1);
  if (last && endOf(last) === range.firstBlock) {
    set[set.length - 1] = { firstBlock: last.firstBlock, blocks: last.blocks + range.blocks };
  } else set.push(range);
  return set;
}
