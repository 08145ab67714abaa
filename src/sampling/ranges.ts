import { BLOCK_SIZE } from '../kernel/uniforms.js';
import { type BlockRange, blockRanges } from '../plan.js';
import { REPLICATES, type Sampler } from './sampler.js';

/** A run's blocks as ranges for its threads; those of a stratified sampler hold blocks of one replicate each. */
export function rangesOf(sampler: Sampler, samples: number, threads: number): BlockRange[] {
  if (sampler === 'pseudo') return blockRanges(samples, threads);
  const blocks = Math.ceil(samples / BLOCK_SIZE);
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
