import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { BlockRange } from '../blocks/blocks.js';
import type { Engine } from '../engine/engine.js';
import { RunError } from '../errors.js';
import type { Plan } from '../plan/plan.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { ScenarioSource } from '../scenario/source.js';
import { BytesError } from '../sketch/byte-reader.js';
import type { SketchesData } from '../sketch/sketches.js';
import { stateHeader } from '../state/header.js';
import { identityDifference, identityOf, type RunIdentity } from '../state/identity.js';
import { decodeState } from '../state/state-bytes.js';
import type { OnRange, RangeRunner } from '../workers/range-runner.js';
import { abortable } from './abortable.js';
import { cancelKey, HEARTBEAT_MS, jobId, progressKey, RUN_SECONDS, resultKey, runKey } from './keys.js';
import type { ClusterQueue } from './open-queue.js';
import type { RangeJob } from './range-job.js';
import { QUIET_MS, Silence, silenceText } from './silence.js';
import { workersOf } from './status.js';
import { withinTime } from './within-time.js';

/** A run on a cluster. */
export interface ClusterRun {
  /** Unique; letters, digits and dashes. */
  readonly id: string;
  /** The sweep that it is a cell of, cancelled as a whole. */
  readonly sweep?: string;
  readonly scenario: ResolvedScenario;
  readonly source: ScenarioSource;
  /** Takes sentences for the user. */
  readonly tell: (sentence: string) => void;
}

// Jobs in flight bound what Redis holds: at most this many results, of 1 to 3 MB for the paper's scenarios.
const FEWEST_IN_FLIGHT = 8;
const IN_FLIGHT_PER_THREAD = 3;
const MOST_IN_FLIGHT = 256;
const POLL_MS = 50;
/** How often jobs without a result are looked for in the queue: one that Redis lost in a crash is added again. */
const RECONCILE_MS = 1000;
const ATTEMPTS = 5;
const BACKOFF_MS = 500;
const FAILED_SECONDS = 3600;
/** How long a run waits for the server at its ends, in all: one that has stopped never answers, and what stays behind expires. */
const FAREWELL_MS = 5000;
/** The same once it was interrupted: it is to end within a second. */
const HASTY_FAREWELL_MS = 400;
/** Keys that one command deletes: Redis serves nobody else meanwhile. */
const KEYS_AT_ONCE = 1000;

/** Jobs that a cluster of so many threads is kept busy with. */
export function windowOf(threads: number): number {
  return Math.min(MOST_IN_FLIGHT, Math.max(FEWEST_IN_FLIGHT, threads * IN_FLIGHT_PER_THREAD));
}

/**
 * Runs ranges as jobs of a BullMQ queue, served by `tokenjoule worker`. Results are asked for rather than waited for, so that
 * a lost message costs time and never a result; a range is handed over once, however often it is delivered.
 *
 * @param queue the caller closes it
 * @param engine this process's; workers draw with their own, which must have the same name
 * @param window the most jobs in flight
 * @param quiet_ms milliseconds without a result after which that is told of
 */
export function clusterRunner(
  queue: ClusterQueue,
  run: ClusterRun,
  engine: Engine,
  window = windowOf(queue.threads),
  quiet_ms = QUIET_MS,
): RangeRunner {
  const asked = new Set<string>();
  let patience_ms = FAREWELL_MS;
  const farewell = async (words: Promise<void>) => {
    const begun = performance.now();
    // What could not be said is not worth an error.
    await withinTime(words, patience_ms).catch(() => {});
    patience_ms -= performance.now() - begun;
  };
  return {
    workers: queue.threads,
    engine,
    async runAll(plan, ranges, onRange, signal) {
      if (ranges.length === 0) return;
      const pass = new ClusterPass(
        queue,
        run,
        identityOf(run.scenario, plan, engine.name),
        plan,
        onRange,
        asked,
        new Silence(quiet_ms, performance.now()),
      );
      try {
        await pass.runAll(ranges, window, signal);
      } finally {
        if (signal.aborted) patience_ms = HASTY_FAREWELL_MS;
        await farewell(pass.withdraw());
      }
    },
    close: () => farewell(forget(queue.redis, run.id, [...asked])),
  };
}

/** Takes away what jobs that were delivered again have left after their results had been taken; the run goes first, so that none comes after. */
async function forget(redis: Redis, run: string, jobs: readonly string[]): Promise<void> {
  if (redis.status !== 'ready') return;
  await redis.del(runKey(run));
  for (let i = 0; i < jobs.length; i += KEYS_AT_ONCE)
    await redis.del(...jobs.slice(i, i + KEYS_AT_ONCE).map(resultKey));
}

class ClusterPass {
  readonly #redis: Redis;
  readonly #queue: Queue<RangeJob>;
  readonly #run: ClusterRun;
  readonly #plan: Plan;
  readonly #onRange: OnRange;
  readonly #identity: RunIdentity;
  /** All jobs of the run, also those of earlier passes. */
  readonly #asked: Set<string>;
  readonly #silence: Silence;
  readonly #inFlight = new Map<string, BlockRange>();
  #blocksDone = 0;
  #underWay: Promise<void> = Promise.resolve();
  #beat = Number.NEGATIVE_INFINITY;
  #reconciled = performance.now();

  constructor(
    { redis, jobs }: ClusterQueue,
    run: ClusterRun,
    identity: RunIdentity,
    plan: Plan,
    onRange: OnRange,
    asked: Set<string>,
    silence: Silence,
  ) {
    this.#redis = redis;
    this.#queue = jobs;
    this.#run = run;
    this.#plan = plan;
    this.#onRange = onRange;
    this.#asked = asked;
    this.#silence = silence;
    this.#identity = identity;
  }

  async runAll(ranges: readonly BlockRange[], window: number, signal: AbortSignal): Promise<void> {
    const waiting = [...ranges];
    await abortable(this.#begin(this.#heartbeat()), signal);
    while (waiting.length > 0 || this.#inFlight.size > 0) {
      const next = waiting.splice(0, window - this.#inFlight.size);
      for (const range of next) this.#inFlight.set(jobId(this.#run.id, this.#identity, range), range);
      await abortable(this.#begin(this.#step(next)), signal);
      await abortable(new Promise((resolve) => setTimeout(resolve, POLL_MS)), signal);
    }
  }

  /** Takes back what is in the queue, and the run itself, so that workers drop what they have not begun. */
  async withdraw(): Promise<void> {
    if (this.#redis.status !== 'ready') return;
    const own = [runKey(this.#run.id), progressKey(this.#run.id)];
    // The run goes at once, even if the server has stopped: it reads what was sent once it goes on. An abort does not wait for
    // what is under way, which would put back what is taken away here.
    await Promise.allSettled([this.#redis.del(...own), this.#underWay]);
    const jobs = [...this.#inFlight.keys()];
    await this.#redis.del(...own, ...jobs.map(resultKey));
    // A job that is being run is locked; it finds the run gone and writes nothing.
    await Promise.allSettled(jobs.map((job) => this.#queue.remove(job)));
  }

  #begin(step: Promise<void>): Promise<void> {
    this.#underWay = step;
    return step;
  }

  async #step(next: readonly BlockRange[]): Promise<void> {
    await this.#add(next);
    await this.#collect();
    if (performance.now() - this.#reconciled > RECONCILE_MS) await this.#reconcile();
    if (performance.now() - this.#beat > HEARTBEAT_MS) await this.#heartbeat();
  }

  async #add(ranges: readonly BlockRange[]): Promise<void> {
    if (ranges.length === 0) return;
    const members = this.#plan.blends;
    for (const range of ranges) this.#asked.add(jobId(this.#run.id, this.#identity, range));
    await this.#queue.addBulk(
      ranges.map((range) => ({
        name: this.#run.scenario.name,
        data: { run_id: this.#run.id, run: this.#identity, range, members },
        opts: {
          jobId: jobId(this.#run.id, this.#identity, range),
          attempts: ATTEMPTS,
          backoff: { type: 'exponential', delay: BACKOFF_MS },
          removeOnComplete: true,
          removeOnFail: { age: FAILED_SECONDS },
        },
      })),
    );
  }

  async #collect(): Promise<void> {
    const jobs = [...this.#inFlight.keys()];
    // Mostly there is none: one question for all.
    if (jobs.length === 0 || (await this.#redis.exists(...jobs.map(resultKey))) === 0) return;
    const found = await Promise.all(jobs.map((job) => this.#redis.exists(resultKey(job))));
    for (const job of jobs.filter((_, i) => found[i] === 1)) await this.#take(job);
  }

  async #take(job: string): Promise<void> {
    const bytes = await this.#redis.getBuffer(resultKey(job));
    const range = this.#inFlight.get(job);
    if (bytes === null || range === undefined) return;
    await this.#redis.del(resultKey(job));
    const counts = this.#counts(bytes, range);
    if (counts === undefined) return;
    this.#inFlight.delete(job);
    this.#blocksDone += range.blocks;
    this.#silence.broken(performance.now());
    this.#onRange(range, counts);
  }

  /** Undefined for a result that cannot be used: the job is then missed and added again. */
  #counts(bytes: Uint8Array, range: BlockRange): SketchesData | undefined {
    try {
      const state = decodeState(bytes);
      const { run, blocks } = stateHeader(state.header);
      const difference = identityDifference(run, this.#identity);
      if (difference) throw new BytesError(`is of another run; ${difference}`);
      if (JSON.stringify(blocks) !== JSON.stringify([range])) throw new BytesError('counts other blocks');
      return state.sketches(this.#plan.counted.length);
    } catch (error) {
      if (!(error instanceof BytesError)) throw error;
      this.#run.tell(`a result from the cluster ${error.message}; its blocks are drawn again`);
      return undefined;
    }
  }

  async #reconcile(): Promise<void> {
    this.#reconciled = performance.now();
    if (this.#silence.noticed(performance.now())) this.#run.tell(silenceText(await workersOf(this.#redis)));
    for (const [job, range] of this.#inFlight) {
      const state = await this.#queue.getJobState(job);
      if (state === 'failed') throw await this.#failure(job);
      const lost = state === 'unknown' || state === 'completed';
      if (!lost || (await this.#redis.exists(resultKey(job))) === 1) continue;
      await this.#queue.remove(job);
      await this.#add([range]);
    }
  }

  async #failure(job: string): Promise<RunError> {
    const failed = await this.#queue.getJob(job);
    return new RunError(`the cluster gave up: ${failed?.failedReason ?? 'a job failed'}; nothing was written`);
  }

  /** Says that the run is alive, and what it is: again each time, should Redis have lost it. */
  async #heartbeat(): Promise<void> {
    this.#beat = performance.now();
    const { id, sweep, scenario, source } = this.#run;
    await this.#heedCancel();
    await this.#redis.set(runKey(id), JSON.stringify(source), 'EX', RUN_SECONDS);
    const { pass, samples, seed } = this.#identity;
    const progress = {
      ...(sweep !== undefined && { sweep }),
      scenario: scenario.name,
      seed,
      samples,
      pass,
      blocks_done: this.#blocksDone,
      in_flight: this.#inFlight.size,
    };
    await this.#redis.set(progressKey(id), JSON.stringify(progress), 'EX', RUN_SECONDS);
  }

  async #heedCancel(): Promise<void> {
    const { id, sweep } = this.#run;
    if ((await this.#redis.del(cancelKey(id))) > 0) throw new RunError(`run ${id} was cancelled; nothing was written`);
    // Left there for the sweep's other cells; it expires.
    if (sweep !== undefined && (await this.#redis.exists(cancelKey(sweep))) > 0) {
      throw new RunError(`sweep ${sweep} was cancelled`);
    }
  }
}
