import type { Job, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { engineVersion } from '../version.js';
import { PREFIX, queueName } from './keys.js';
import { refusalText } from './refusal.js';

/** How jobs are taken from the queue. */
export interface Taking {
  /** Jobs under way at once. */
  readonly concurrency: number;
  /** Seconds without a sign of life after which another worker takes over a job. */
  readonly stallSeconds: number;
  readonly tell: (sentence: string) => void;
}

/** A job that takes down this many workers is given up: it is the job. */
const MOST_STALLS = 20;
/** Lost jobs are looked for so many times in the time after which they count as lost, so that little is added to it. */
const CHECKS_PER_STALL = 4;
/**
 * Locks are renewed so many times in that time, by the thread that draws nothing: a job that takes long is not taken for lost, nor is
 * one of a worker that a busy machine lets wait for most of it.
 */
const RENEWALS_PER_STALL = 4;
const RETRY_MS = 1000;
/** Different refusals that are told of; each one once. */
const MOST_REFUSALS = 10;

/** BullMQ's worker on this version's queue; takes jobs at once. Needs BullMQ loaded, see `serve`. */
export function openWorker(
  bullmq: typeof import('bullmq'),
  redis: Redis,
  process: (job: Job) => Promise<void>,
  { concurrency, stallSeconds, tell }: Taking,
): Worker {
  const worker = new bullmq.Worker(queueName(engineVersion()), process, {
    connection: redis,
    prefix: PREFIX,
    concurrency,
    lockDuration: stallSeconds * 1000,
    lockRenewTime: (stallSeconds * 1000) / RENEWALS_PER_STALL,
    stalledInterval: (stallSeconds * 1000) / CHECKS_PER_STALL,
    maxStalledCount: MOST_STALLS,
    // What a lost connection has ended is tried again after so long, instead of after 15 s.
    runRetryDelay: RETRY_MS,
    drainDelay: 1,
  });
  worker.on('error', refusals(tell));
  return worker;
}

/** Tells of what Redis refuses. The connection tells of its own losses, and a job whose lock was lost is drawn twice and counted once. */
function refusals(tell: (sentence: string) => void): (error: Error) => void {
  const told = new Set<string>();
  return (error) => {
    const text = refusalText(error);
    if (text === undefined || told.has(text) || told.size === MOST_REFUSALS) return;
    told.add(text);
    tell(text);
  };
}
