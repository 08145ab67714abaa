import { RunError } from '../errors.js';
import { BLOCK_SIZE } from '../kernel/uniforms.js';
import { type BlockRange, blockRanges, type Plan } from '../plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Sketches } from '../sketch/sketches.js';
import type { SummaryRow } from '../tables/schema.js';
import type { RangeResult, RangeTask } from './messages.js';
import { runRange } from './run-range.js';

/** Called after each range of blocks with the samples drawn so far in this plan. */
export type OnSamples = (samples: number) => void;

/** Runs plans, in worker threads or in the calling one. */
export interface Pool {
  /** Threads besides the calling one; 0 when everything runs there. */
  readonly workers: number;
  /**
   * Draws all samples of a plan and merges what the ranges count; the result does not depend on the number of workers.
   *
   * @throws RunError naming the blocks, if a thread dies or a range fails; the signal's reason, if aborted
   */
  run(plan: Plan, onSamples: OnSamples, signal: AbortSignal): Promise<Sketches>;
  /** Runs one cell of a sweep whole in one of the threads; absent without threads. @throws as `run` does */
  readonly runCell?: (scenario: ResolvedScenario, signal: AbortSignal) => Promise<SummaryRow[]>;
  close(): Promise<void>;
}

/**
 * @param workers threads to start; 0 runs in the calling thread
 * @param workerFile the built worker module; another one only in tests
 */
export async function openPool(workers: number, workerFile = new URL('./worker.js', import.meta.url)): Promise<Pool> {
  const threads = workers > 0 ? await openThreads(workers, workerFile) : callingThread;
  return {
    workers,
    close: () => threads.close(),
    ...(threads.runCell && { runCell: threads.runCell }),
    async run(plan, onSamples, signal) {
      const merged = new Sketches(plan.outputs.length, plan.cells.length, () => new Float64Array(0));
      let blocks = 0;
      const runOne = async (range: BlockRange) => {
        merged.merge(await threads.run({ plan, range }, signal).catch((cause) => fail(range, cause, signal)));
        blocks += range.blocks;
        onSamples(Math.min(plan.samples, blocks * BLOCK_SIZE));
      };
      // A scenario without blends has a second pass that counts nothing, and so draws nothing.
      const ranges = plan.outputs.length > 0 ? blockRanges(plan.samples, workers) : [];
      await threads.forAll(ranges, runOne);
      return merged;
    },
  };
}

/** Where ranges run, and how many at once. */
interface Threads {
  run(task: RangeTask, signal: AbortSignal): Promise<RangeResult>;
  readonly runCell?: NonNullable<Pool['runCell']>;
  forAll(ranges: readonly BlockRange[], runOne: (range: BlockRange) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const callingThread: Threads = {
  async run(task, signal) {
    // Lets timers and signals of the calling thread have their turn between two ranges.
    await new Promise((resolve) => setTimeout(resolve));
    signal.throwIfAborted();
    return runRange(task);
  },
  async forAll(ranges, runOne) {
    for (const range of ranges) await runOne(range);
  },
  async close() {},
};

const CELL_WORKER = new URL('./cell-worker.js', import.meta.url).href;

async function openThreads(workers: number, workerFile: URL): Promise<Threads> {
  const { Piscina } = await import('piscina');
  const piscina = new Piscina<RangeTask, RangeResult>({
    filename: workerFile.href,
    minThreads: workers,
    maxThreads: workers,
  });
  // The same threads: Piscina takes any module by name with each task, which its types cannot say.
  const cells = piscina as unknown as {
    run(scenario: ResolvedScenario, options: { filename: string; signal: AbortSignal }): Promise<SummaryRow[]>;
  };
  return {
    run: (task, signal) => piscina.run(task, { signal }),
    runCell: (scenario, signal) => cells.run(scenario, { filename: CELL_WORKER, signal }),
    forAll: async (ranges, runOne) => {
      await Promise.all(ranges.map(runOne));
    },
    close: () => piscina.destroy(),
  };
}

function fail(range: BlockRange, cause: unknown, signal: AbortSignal): never {
  signal.throwIfAborted();
  const last = range.firstBlock + range.blocks - 1;
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new RunError(
    `blocks ${range.firstBlock} to ${last} (samples from ${range.firstBlock * BLOCK_SIZE}) failed: ${reason}; ` +
      'nothing was written. Run again, with --workers 0 to see the error in the main thread',
    { cause },
  );
}
