import type { Piscina } from 'piscina';
import type { KernelModule } from '../kernel/web-assembly.js';
import type { BlockRange } from '../plan.js';
import type { SummaryRow } from '../tables/schema.js';
import type { CellTask, RangeResult, RangeTask } from './messages.js';
import { planNumbers } from './plan-numbers.js';
import type { RangeRunner } from './range-runner.js';
import { retryRange } from './retry.js';

type Threads = Piscina<RangeTask, RangeResult>;

/** The same threads: Piscina takes any function of the module by name with each task, which its types cannot say. */
interface CellThreads {
  run(task: CellTask, options: { name: string; signal: AbortSignal }): Promise<SummaryRow[]>;
}

/**
 * Starts worker threads (this file needs Node). What fails in one of them runs again in a thread of its own.
 *
 * @param module the WebAssembly kernel; none for the reference
 */
export async function openThreads(
  workers: number,
  workerFile: URL,
  module: KernelModule | undefined,
): Promise<RangeRunner> {
  const start = await threadStarter(workerFile);
  const threads = start(workers);
  const numberOf = planNumbers();
  let closed = false;
  const runOne = async (task: RangeTask, signal: AbortSignal) => {
    try {
      return await threads.run(task, { signal });
    } catch (cause) {
      signal.throwIfAborted();
      if (closed) throw cause;
      return retryRange(task, (task) => inFreshThread(start, task, signal), signal);
    }
  };
  return {
    workers,
    module,
    runAll(plan, ranges, onRange, signal) {
      const planNumber = numberOf(plan);
      // One more than there are threads, so that none waits for the calling thread to merge.
      return severalAtOnce(workers + 1, ranges, async (range) =>
        onRange(range, await runOne({ planNumber, plan, module, range }, signal)),
      );
    },
    runCell: (scenario, signal) =>
      (threads as unknown as CellThreads).run({ scenario, module }, { name: 'cell', signal }),
    close() {
      closed = true;
      return threads.destroy();
    },
  };
}

/** A thread's short-lived objects die at once, so a small space for them costs no time and saves about 40 MB a thread. */
const YOUNG_GENERATION_MB = 4;

async function threadStarter(workerFile: URL): Promise<(threads: number) => Threads> {
  const { Piscina } = await import('piscina');
  return (threads) =>
    new Piscina({
      filename: workerFile.href,
      name: 'range',
      minThreads: threads,
      maxThreads: threads,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
}

async function inFreshThread(start: (threads: number) => Threads, task: RangeTask, signal: AbortSignal) {
  const thread = start(1);
  try {
    return await thread.run(task, { signal });
  } finally {
    await thread.destroy();
  }
}

/** Begins no more once one has failed. */
async function severalAtOnce(
  many: number,
  ranges: readonly BlockRange[],
  runOne: (range: BlockRange) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < ranges.length) await runOne(ranges[next++]);
  };
  const stop = (error: unknown) => {
    next = ranges.length;
    throw error;
  };
  await Promise.all(Array.from({ length: many }, () => lane().catch(stop)));
}
