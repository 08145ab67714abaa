import type { Redis } from 'ioredis';
import { kernelName } from '../kernel/load.js';
import type { Limits } from '../plan/limits.js';
import { engineVersion } from '../version.js';
import type { RangeRunner } from '../workers/range-runner.js';
import { HEARTBEAT_MS, PREFIX, queueName, WORKER_SECONDS, workerKey } from './keys.js';
import { HopelessJob, PlanCache, serveJob } from './serve-job.js';

/** How a worker serves. */
export interface ServeOptions {
  /** Unique among the cluster's workers, e.g. host and process. */
  readonly name: string;
  readonly threads: number;
  /** Seconds without a sign of life after which another worker takes over a job. */
  readonly stallSeconds: number;
  /** What scenarios may ask of it. */
  readonly limits: Limits;
  readonly tell: (sentence: string) => void;
}

/** A job that takes down this many workers is given up: it is the job. */
const MOST_STALLS = 20;

/** Serves jobs until the signal is aborted; ranges begun are then finished, and the rest left to others. */
export async function serve(
  redis: Redis,
  runner: RangeRunner,
  options: ServeOptions,
  signal: AbortSignal,
): Promise<void> {
  const { Worker, UnrecoverableError } = await import('bullmq');
  const plans = new PlanCache(options.limits);
  // Ranges begun are seen through when the worker is stopped, so the signal does not reach them.
  const never = new AbortController().signal;
  let ranges_done = 0;
  const worker = new Worker(
    queueName(engineVersion()),
    async (job) => {
      try {
        await serveJob(redis, runner, plans, job.id ?? '', job.data, never);
        ranges_done++;
      } catch (error) {
        options.tell(`job ${job.id}: ${error instanceof Error ? error.message : error}`);
        throw error instanceof HopelessJob ? new UnrecoverableError(error.message) : error;
      }
    },
    {
      connection: redis,
      prefix: PREFIX,
      // One more than there are threads, so that none waits while a result is encoded and sent, and the next job fetched; in the
      // calling thread, drawing would keep that waiting, and the job would count as stalled.
      concurrency: options.threads + (runner.workers > 0 ? 1 : 0),
      lockDuration: options.stallSeconds * 1000,
      stalledInterval: options.stallSeconds * 1000,
      maxStalledCount: MOST_STALLS,
      drainDelay: 1,
    },
  );
  // The connection tells of its own losses.
  worker.on('error', () => {});
  const beat = () => {
    const { threads } = options;
    const value = JSON.stringify({ version: engineVersion(), kernel: kernelName(runner.module), threads, ranges_done });
    redis.set(workerKey(options.name), value, 'EX', WORKER_SECONDS).catch(() => {});
  };
  beat();
  const timer = setInterval(beat, HEARTBEAT_MS);
  try {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    clearInterval(timer);
    await Promise.race([worker.close(), lost(redis)]);
    // Without a connection it would try again and keep the process; what it gives back may never come.
    if (redis.status !== 'ready') worker.disconnect().catch(() => {});
    if (redis.status === 'ready') await redis.del(workerKey(options.name));
  }
}

const LOOK_MS = 200;

/** Waits until there is no connection: what a worker then has under way cannot be handed over, and another worker takes it up. */
async function lost(redis: Redis): Promise<void> {
  while (redis.status === 'ready') await new Promise((resolve) => setTimeout(resolve, LOOK_MS).unref());
}
