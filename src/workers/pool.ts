import { BLOCK_SIZE } from '../kernel/uniforms.js';
import type { KernelModule } from '../kernel/web-assembly.js';
import { allBlocks, type BlockRange, blockRanges, type Plan } from '../plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Sketches } from '../sketch/sketches.js';
import type { SummaryRow } from '../tables/schema.js';
import { emptySketches } from './empty-sketches.js';
import type { RangeRunner } from './range-runner.js';

/** Called after each range of blocks with the samples drawn so far in this plan. */
export type OnSamples = (samples: number) => void;

/** Runs plans, in worker threads or in the calling one. */
export interface Pool {
  /** Threads besides the calling one; 0 when everything runs there. */
  readonly workers: number;
  /** The WebAssembly kernel that it runs; undefined for the TypeScript reference. */
  readonly module: KernelModule | undefined;
  /**
   * Draws all samples of a plan and merges what the ranges count; the result does not depend on the number of workers.
   *
   * @throws BlockError naming the block, if one fails twice; the signal's reason, if aborted
   */
  run(plan: Plan, onSamples: OnSamples, signal: AbortSignal): Promise<Sketches>;
  /** Runs one cell of a sweep whole in one of the threads; absent without threads. @throws as `run` does */
  readonly runCell?: (scenario: ResolvedScenario, signal: AbortSignal) => Promise<SummaryRow[]>;
  close(): Promise<void>;
}

/**
 * A pool that merges whatever its ranges count.
 *
 * @param within only these blocks are drawn; all of them if not given
 */
export function poolOn(runner: RangeRunner, within?: BlockRange): Pool {
  const { workers, module, runCell } = runner;
  return {
    workers,
    module,
    ...(runCell && { runCell }),
    close: () => runner.close(),
    async run(plan, onSamples, signal) {
      const merged = emptySketches(plan);
      let blocks = 0;
      const merge = (range: BlockRange, counts: Parameters<Sketches['merge']>[0]) => {
        merged.merge(counts);
        blocks += range.blocks;
        onSamples(Math.min(plan.samples, blocks * BLOCK_SIZE));
      };
      await runner.runAll(plan, rangesOf(plan, workers, within), merge, signal);
      return merged;
    },
  };
}

/** The ranges of a plan, or of some of its blocks. A scenario without blends has a second pass that counts nothing, and so draws nothing. */
export function rangesOf(plan: Plan, workers: number, within = allBlocks(plan.samples)): BlockRange[] {
  if (plan.outputs.length === 0) return [];
  const ranges = blockRanges(within.blocks * BLOCK_SIZE, workers);
  return ranges.map(({ firstBlock, blocks }) => ({ firstBlock: firstBlock + within.firstBlock, blocks }));
}
