import type { JobTask } from '../engine/messages.js';
import { RunError } from '../errors.js';
import type { JobRunner } from './jobs.js';
import { threadStarter } from './thread-pool.js';
import { listenedByMany } from './threads.js';

/** Seconds between two looks at how far the threads are. */
const LOOK_MS = 100;

/**
 * Threads that do tasks (this file needs Node). The calling thread stays free to hear of signals meanwhile; when `signal` is
 * aborted, the others are ended at once, wherever they are.
 *
 * @param entry the built entry of a thread, a CommonJS module
 */
export async function openJobThreads(entry: URL, workers: number): Promise<JobRunner & { close(): Promise<void> }> {
  const start = await threadStarter(entry);
  const threads = start({ name: 'job', minThreads: 1, maxThreads: workers });
  return {
    workers,
    async all({ name: job }, tasks, signal, onDraws) {
      const drawn = new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));
      const look = () => onDraws(Number(Atomics.exchange(drawn, 0, 0n)));
      const timer = setInterval(look, LOOK_MS);
      listenedByMany(signal);
      try {
        return await Promise.all(tasks.map((task) => threads.run<JobTask, never>({ job, task, drawn }, { signal })));
      } catch (error) {
        signal.throwIfAborted();
        throw isOwn(error) ? new RunError(error.message, { cause: error }) : error;
      } finally {
        clearInterval(timer);
        look();
      }
    },
    close: () => threads.destroy(),
  };
}

/** Between threads, an error keeps its class only where it is one of the language's. */
function isOwn(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error;
}
