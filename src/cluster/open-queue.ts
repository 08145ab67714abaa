import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { engineVersion } from '../version.js';
import { PREFIX, queueName } from './keys.js';
import type { RangeJob } from './range-job.js';
import { workersOf } from './status.js';

/** The queue of this version's workers, shared by all runs of this process. */
export interface ClusterQueue {
  readonly redis: Redis;
  readonly jobs: Queue<RangeJob>;
  /** Threads of the workers connected when it was opened. */
  readonly threads: number;
  close(): Promise<void>;
}

/**
 * @param redis an open connection; the caller closes it
 * @param tell takes a sentence for the user, should nobody serve yet
 */
export async function openQueue(redis: Redis, tell: (sentence: string) => void): Promise<ClusterQueue> {
  const { Queue } = await import('bullmq');
  const jobs = new Queue<RangeJob>(queueName(engineVersion()), { connection: redis, prefix: PREFIX });
  // The connection tells of its own losses.
  jobs.on('error', () => {});
  const all = await workersOf(redis);
  const ready = all.filter(({ version }) => version === engineVersion());
  if (ready.length === 0) tell(nobodyText(all.map(({ version }) => version)));
  const threads = ready.reduce((sum, worker) => sum + worker.threads, 0);
  return { redis, jobs, threads, close: () => jobs.close() };
}

function nobodyText(versions: readonly string[]): string {
  const others = versions.length > 0 ? `; those connected have version ${[...new Set(versions)].join(', ')}` : '';
  return `no worker of version ${engineVersion()} is connected yet, start one with tokenjoule worker --cluster${others}`;
}
