import { type KernelChoice, loadKernel } from '../kernel/load.js';
import { BLOCK_SIZE } from '../kernel/uniforms.js';
import type { KernelModule } from '../kernel/web-assembly.js';
import { allBlocks, type BlockRange, blockRanges, type Plan } from '../plan.js';
import type { Sketches } from '../sketch/sketches.js';
import { callingThread } from './calling-thread.js';
import { emptySketches } from './empty-sketches.js';
import type { RangeRunner } from './range-runner.js';
import { openThreads } from './threads.js';

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
  close(): Promise<void>;
}

/**
 * @param workers threads to start; 0 runs in the calling thread
 * @param workerFile the built worker module; another one only in tests
 * @param choice the kernel, see `KernelChoice`
 */
export async function openPool(workers: number, workerFile?: URL, choice?: KernelChoice): Promise<Pool> {
  return poolOn(await openRunner(workers, workerFile, choice));
}

/** Where the pool runs its ranges; for pools that do more with them than merge. */
export async function openRunner(
  workers: number,
  workerFile = new URL('./worker.js', import.meta.url),
  choice: KernelChoice = 'auto',
): Promise<RangeRunner> {
  const module = await loadKernel(choice);
  return workers > 0 ? openThreads(workers, workerFile, module) : callingThread(module);
}

/**
 * A pool that merges whatever its ranges count.
 *
 * @param within only these blocks are drawn; all of them if not given
 */
export function poolOn(runner: RangeRunner, within?: BlockRange): Pool {
  return {
    workers: runner.workers,
    module: runner.module,
    close: () => runner.close(),
    async run(plan, onSamples, signal) {
      const merged = emptySketches(plan);
      let blocks = 0;
      const merge = (range: BlockRange, counts: Parameters<Sketches['merge']>[0]) => {
        merged.merge(counts);
        blocks += range.blocks;
        onSamples(Math.min(plan.samples, blocks * BLOCK_SIZE));
      };
      await runner.runAll(plan, rangesOf(plan, runner.workers, within), merge, signal);
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
