import { RunError } from '../errors.js';
import { BLOCK_SIZE } from '../kernel/uniforms.js';
import type { KernelModule } from '../kernel/web-assembly.js';
import type { BlockRange, Plan } from '../plan.js';
import { rangesOf } from '../sampling/ranges.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { Sketches, type SketchesData } from '../sketch/sketches.js';
import type { SummaryRow } from '../tables/schema.js';
import type { CellTask, RangeResult, RangeTask } from './messages.js';

/** Called after each range of blocks with the samples drawn so far in this plan. */
export type OnSamples = (samples: number) => void;

/** Called with what each range of blocks counted, in any order. */
export type OnCounted = (range: BlockRange, counted: SketchesData) => void;

/** Runs plans, in worker threads or in the calling one. */
export interface Pool {
  /** Threads besides the calling one; 0 when everything runs there. */
  readonly workers: number;
  /** The WebAssembly kernel that it runs; undefined for the TypeScript reference. */
  readonly module: KernelModule | undefined;
  /**
   * Draws all samples of a plan and merges what the ranges count; the result does not depend on the number of workers.
   *
   * @throws RunError naming the blocks, if a thread dies or a range fails; the signal's reason, if aborted
   */
  run(plan: Plan, onSamples: OnSamples, signal: AbortSignal, onCounted?: OnCounted): Promise<Sketches>;
  /** Runs one cell of a sweep whole in one of the threads; absent without threads. @throws as `run` does */
  readonly runCell?: (scenario: ResolvedScenario, signal: AbortSignal) => Promise<SummaryRow[]>;
  close(): Promise<void>;
}

/** A pool on the given threads. @param module what `loadKernel` found */
export function poolOn(threads: Threads, workers: number, module: KernelModule | undefined): Pool {
  const { runCell } = threads;
  let plans = 0;
  return {
    workers,
    module,
    close: () => threads.close(),
    ...(runCell && { runCell: (scenario, signal) => runCell({ scenario, module }, signal) }),
    async run(plan, onSamples, signal, onCounted) {
      const merged = new Sketches(plan.outputs.length, plan.cells.length, countsOf(plan));
      const planNumber = plans++;
      let blocks = 0;
      const runOne = async (range: BlockRange) => {
        const task = { planNumber, plan, module, range };
        const counted = await threads.run(task, signal).catch((cause) => fail(range, cause, signal));
        merged.merge(counted);
        onCounted?.(range, counted);
        blocks += range.blocks;
        onSamples(Math.min(plan.samples, blocks * BLOCK_SIZE));
      };
      // A scenario without blends has a second pass that counts nothing, and so draws nothing.
      const ranges = plan.outputs.length > 0 ? rangesOf(plan.sampler, plan.samples, workers) : [];
      await threads.forAll(ranges, runOne);
      return merged;
    },
  };
}

/** Half the memory where no bin can hold more draws than 32 bits count; a blend pools a draw of each member. */
function countsOf({ samples, cells }: Plan): () => Uint32Array | Float64Array {
  const most = samples * Math.max(1, cells.length);
  return most < 2 ** 32 ? () => new Uint32Array(0) : () => new Float64Array(0);
}

/** Where ranges run, and how many at once. */
export interface Threads {
  run(task: RangeTask, signal: AbortSignal): Promise<RangeResult>;
  readonly runCell?: (task: CellTask, signal: AbortSignal) => Promise<SummaryRow[]>;
  forAll(ranges: readonly BlockRange[], runOne: (range: BlockRange) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

function fail(range: BlockRange, cause: unknown, signal: AbortSignal): never {
  signal.throwIfAborted();
  const last = range.firstBlock + (range.blocks - 1) * (range.every ?? 1);
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new RunError(
    `blocks ${range.firstBlock} to ${last} (samples from ${range.firstBlock * BLOCK_SIZE}) failed: ${reason}; ` +
      'nothing was written. Run again, with --workers 0 to see the error in the main thread',
    { cause },
  );
}
