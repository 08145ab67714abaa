import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Limits } from '../plan/limits.js';
import { engineVersion } from '../version.js';
import type { RangeRunner } from '../workers/range-runner.js';
import { abortable } from './abortable.js';
import { IDLE_S, IdleWatch, LOOK_MS } from './idle-watch.js';
import { HEARTBEAT_MS, WORKER_SECONDS, workerKey } from './keys.js';
import { leave } from './leave.js';
import { openWorker } from './open-worker.js';
import { HopelessJob, PlanCache, serveJob } from './serve-job.js';
import { withinTime } from './within-time.js';

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

const FAREWELL_MS = 1000;
/** Ranges begun are seen through when the worker is stopped, so its signal does not reach them. */
const NEVER = new AbortController().signal;

/**
 * Serves jobs until the signal is aborted; ranges begun are then finished, and the rest left to others. Where jobs wait and none
 * comes, the queue is opened anew, and told of.
 */
export async function serve(
  redis: Redis,
  runner: RangeRunner,
  options: ServeOptions,
  signal: AbortSignal,
): Promise<void> {
  const bullmq = await import('bullmq');
  const service = new Service(redis, runner, options, bullmq);
  service.beat();
  const timer = setInterval(() => service.beat(), HEARTBEAT_MS);
  try {
    await service.watch(signal);
  } finally {
    clearInterval(timer);
    await service.end();
  }
}

class Service {
  readonly #redis: Redis;
  readonly #runner: RangeRunner;
  readonly #options: ServeOptions;
  readonly #bullmq: typeof import('bullmq');
  readonly #plans: PlanCache;
  #worker: Worker;
  #begun = 0;
  #ended = 0;
  #ranges_done = 0;

  constructor(redis: Redis, runner: RangeRunner, options: ServeOptions, bullmq: typeof import('bullmq')) {
    this.#redis = redis;
    this.#runner = runner;
    this.#options = options;
    this.#bullmq = bullmq;
    this.#plans = new PlanCache(options.limits);
    this.#worker = this.#open();
  }

  /** Says that the worker is alive, and what it is. */
  beat(): void {
    const { name, threads } = this.#options;
    const value = {
      version: engineVersion(),
      kernel: this.#runner.engine.name,
      threads,
      ranges_done: this.#ranges_done,
    };
    this.#redis.set(workerKey(name), JSON.stringify(value), 'EX', WORKER_SECONDS).catch(() => {});
  }

  /** Looks after the queue until the signal is aborted. */
  async watch(signal: AbortSignal): Promise<void> {
    const watch = new IdleWatch();
    try {
      while (true) {
        await abortable(new Promise((resolve) => setTimeout(resolve, LOOK_MS).unref()), signal);
        const waiting = await abortable(this.#waiting(), signal);
        if (watch.takesNothing({ waiting, under_way: this.#underWay, begun: this.#begun })) this.#openAnew();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** Sees through what is under way, and says that the worker is gone. */
  async end(): Promise<void> {
    await leave(this.#worker, this.#redis, () => this.#underWay);
    if (this.#redis.status !== 'ready') return;
    await withinTime(this.#redis.del(workerKey(this.#options.name)), FAREWELL_MS).catch(() => {});
  }

  get #underWay(): number {
    return this.#begun - this.#ended;
  }

  /** Jobs that wait for a worker, or for being tried again after they have failed: for at most 8 s. */
  async #waiting(): Promise<number> {
    const [wait, delayed] = ['wait', 'delayed'].map((list) => this.#worker.toKey(list));
    // What Redis refuses, the worker meets too, and tells of.
    const counts = await Promise.all([this.#redis.llen(wait), this.#redis.zcard(delayed)]).catch(() => [0]);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  #openAnew(): void {
    this.#options.tell(`jobs wait and none has come here for ${IDLE_S} s; the queue is opened anew`);
    this.#worker.close(true).catch(() => {});
    this.#worker = this.#open();
  }

  #open(): Worker {
    const { threads, stallSeconds, tell } = this.#options;
    // One more than there are threads, so that none waits while a result is encoded and sent, and the next job fetched; in the
    // calling thread, drawing would keep that waiting, and the job would count as stalled.
    const concurrency = threads + (this.#runner.workers > 0 ? 1 : 0);
    return openWorker(this.#bullmq, this.#redis, (job) => this.#serve(job), { concurrency, stallSeconds, tell });
  }

  async #serve(job: Job): Promise<void> {
    this.#begun++;
    try {
      await serveJob(this.#redis, this.#runner, this.#plans, job.id ?? '', job.data, NEVER);
      this.#ranges_done++;
    } catch (error) {
      this.#options.tell(`job ${job.id}: ${error instanceof Error ? error.message : error}`);
      throw error instanceof HopelessJob ? new this.#bullmq.UnrecoverableError(error.message) : error;
    } finally {
      this.#ended++;
    }
  }
}
