import { setMaxListeners } from 'node:events';
import type { BlockRange } from '../blocks/blocks.js';
import type { Engine } from '../engine/engine.js';
import type { CellsTask, RangeResult, RangeTask } from '../engine/messages.js';
import { RunError } from '../errors.js';
import type { SummaryRow } from '../tables/schema.js';
import { planNumbers } from './plan-numbers.js';
import type { RangeRunner } from './range-runner.js';
import { retryRange } from './retry.js';
import { memoryOf } from './spare-memory.js';
import { threadStarter } from './thread-pool.js';

/** Threads that take two kinds of tasks. */
interface Threads {
  /** @param spare memory for the answer, which is gone then */
  range(task: RangeTask, spare: ArrayBuffer[], signal: AbortSignal): Promise<RangeResult>;
  cells(task: CellsTask, signal: AbortSignal): Promise<SummaryRow[][]>;
  destroy(): Promise<void>;
}

/**
 * Starts worker threads (this file needs Node). What fails in one of them runs again in a thread of its own; where none starts,
 * every call fails.
 *
 * @param workerFile the built entry of a thread, a CommonJS module
 * @throws RunError if the entry is not there
 */
export async function openThreads(workers: number, workerFile: URL, engine: Engine): Promise<RangeRunner> {
  const start = await starterOf(workerFile);
  const threads = start(workers);
  const numberOf = planNumbers();
  let closed = false;
  /** Of answers that were merged: each task takes one's, so there are never more than tasks at once. */
  const spare: ArrayBuffer[][] = [];
  const runOne = async (task: RangeTask, signal: AbortSignal) => {
    try {
      return await threads.range(task, spare.pop() ?? [], signal);
    } catch (cause) {
      signal.throwIfAborted();
      if (closed || cause instanceof RunError) throw cause;
      return retryRange(task, (task) => inFreshThread(start, (thread) => thread.range(task, [], signal)), signal);
    }
  };
  return {
    workers,
    engine,
    runAll(plan, ranges, onRange, signal) {
      const planNumber = numberOf(plan);
      listenedByMany(signal);
      // One more than there are threads, so that none waits for the calling thread to merge.
      return severalAtOnce(workers + 1, ranges, async (range) => {
        const counted = await runOne({ planNumber, plan, engine: engine.handle, range }, signal);
        onRange(range, counted);
        spare.push(memoryOf(counted));
      });
    },
    async runCells(scenarios, signal) {
      const task = { scenarios, engine: engine.handle };
      listenedByMany(signal);
      try {
        return await threads.cells(task, signal);
      } catch (cause) {
        signal.throwIfAborted();
        if (closed || cause instanceof RunError) throw cause;
        return inFreshThread(start, (thread) => thread.cells(task, signal));
      }
    },
    close() {
      closed = true;
      return threads.destroy();
    },
  };
}

/** Every task under way listens: with ten threads and more that is no leak, as Node would warn. */
export function listenedByMany(signal: AbortSignal): void {
  setMaxListeners(0, signal);
}

/** A thread's short-lived objects die at once, so a small space for them costs no time and saves about 40 MB a thread. */
const YOUNG_GENERATION_MB = 4;

async function starterOf(workerFile: URL): Promise<(threads: number) => Threads> {
  const start = await threadStarter(workerFile);
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB };
  return (threads) => {
    const pool = start({ name: 'range', minThreads: threads, maxThreads: threads, resourceLimits });
    return {
      range: (task, spare, signal) => pool.run({ ...task, spare }, { transferList: spare, signal }),
      cells: (task, signal) => pool.run(task, { name: 'cells', signal }),
      destroy: () => pool.destroy(),
    };
  };
}

async function inFreshThread<T>(start: (threads: number) => Threads, use: (thread: Threads) => Promise<T>): Promise<T> {
  const thread = start(1);
  try {
    return await use(thread);
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
