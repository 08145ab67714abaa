import { blockRanges } from '../blocks/block-ranges.js';
import { allBlocks, type BlockRange } from '../blocks/blocks.js';
import { REPLICATES } from '../random/sampler.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { Plan } from './plan.js';

/**
 * A plan's blocks as ranges for its threads. A scenario without blends has a second pass that counts nothing, and so draws
 * nothing.
 *
 * @param within only these blocks, of pseudo-random draws
 */
export function rangesOf(plan: Plan, threads: number, within = allBlocks(plan.samples)): BlockRange[] {
  if (plan.outputs.length === 0) return [];
  if (plan.sampler !== 'pseudo') return replicateRanges(plan.samples, threads);
  const ranges = blockRanges(within.blocks * BLOCK_SIZE, threads);
  return ranges.map(({ firstBlock, blocks }) => ({ firstBlock: firstBlock + within.firstBlock, blocks }));
}

/** Ranges of a stratified sampler: each holds blocks of one replicate. */
function replicateRanges(samples: number, threads: number): BlockRange[] {
  const { blocks } = allBlocks(samples);
  return Array.from({ length: Math.min(REPLICATES, blocks) }, (_, replicate) =>
    blockRanges(Math.ceil((blocks - replicate) / REPLICATES) * BLOCK_SIZE, threads).map((range) => ({
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
