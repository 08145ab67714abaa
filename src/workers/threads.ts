import type { Piscina } from 'piscina';
import type { RangeResult, RangeTask } from './messages.js';
import type { RangeRunner } from './range-runner.js';
import { retryRange } from './retry.js';

type Threads = Piscina<RangeTask, RangeResult>;

/** Starts worker threads (this file needs Node). What fails in one of them runs again in a thread of its own. */
export async function openThreads(workers: number, workerFile: URL): Promise<RangeRunner> {
  const start = await threadStarter(workerFile);
  const threads = start(workers);
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
    async runAll(plan, ranges, onRange, signal) {
      await Promise.all(ranges.map(async (range) => onRange(range, await runOne({ plan, range }, signal))));
    },
    close() {
      closed = true;
      return threads.destroy();
    },
  };
}

async function threadStarter(workerFile: URL): Promise<(threads: number) => Threads> {
  const { Piscina } = await import('piscina');
  return (threads) => new Piscina({ filename: workerFile.href, minThreads: threads, maxThreads: threads });
}

async function inFreshThread(start: (threads: number) => Threads, task: RangeTask, signal: AbortSignal) {
  const thread = start(1);
  try {
    return await thread.run(task, { signal });
  } finally {
    await thread.destroy();
  }
}
