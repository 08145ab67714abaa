import { blockRanges } from '../blocks/block-ranges.js';
import { allBlocks, type BlockRange } from '../blocks/blocks.js';
import { REPLICATES } from '../random/sampler.js';
import type { Plan } from './plan.js';

/**
 * A plan's blocks as ranges for its threads. A scenario without blends has a second pass that counts nothing, and so draws
 * nothing.
 *
 * @param within only these blocks, of pseudo-random draws
 */
export function rangesOf(plan: Plan, threads: number, within = allBlocks(plan.samples)): BlockRange[] {
  if (plan.counted.length === 0) return [];
  if (plan.sampler !== 'pseudo') return replicateRanges(plan.samples, threads);
  return blockRanges(within, threads);
}

/** Ranges of a stratified sampler: each holds blocks of one replicate. */
function replicateRanges(samples: number, threads: number): BlockRange[] {
  const { blocks } = allBlocks(samples);
  return Array.from({ length: Math.min(REPLICATES, blocks) }, (_, replicate) =>
    blockRanges({ firstBlock: 0, blocks: Math.ceil((blocks - replicate) / REPLICATES) }, threads).map((range) => ({
      firstBlock: replicate + range.firstBlock * REPLICATES,
      blocks: range.blocks,
      every: REPLICATES,
    })),
  ).flat();
}

/** The replicate that a range of a stratified sampler belongs to. */
export function replicateOf({ firstBlock }: BlockRange): number {
  return firstBlock % REPLICATES;
}
