import type { Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { withinTime } from './within-time.js';

const LOOK_MS = 200;
/** A server that answers nothing for so long has stopped, or is gone. */
const ANSWER_MS = 2000;
/** Looks in a row without a job under way after which the end is no longer waited for: 3 s. */
const IDLE_LOOKS = 15;

/**
 * Ends a worker: takes no more jobs and sees through those that are under way, unless the server is gone. Those it cannot hand over
 * then, and another worker takes them up.
 *
 * @param underWay how many jobs are
 */
export async function leave(worker: Worker, redis: Redis, underWay: () => number): Promise<void> {
  await Promise.race([worker.close(), vain(redis, underWay)]);
  // Without a server it would try again and keep the process.
  worker
    .getBackend()
    .disconnectBlocking(false)
    .catch(() => {});
}

/** Waits until waiting for the worker is in vain: the server is away, or nothing is under way and the worker has not ended all the same. */
async function vain(redis: Redis, underWay: () => number): Promise<void> {
  let idle = 0;
  while (idle < IDLE_LOOKS && (await answers(redis))) {
    idle = underWay() === 0 ? idle + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS).unref());
  }
}

async function answers(redis: Redis): Promise<boolean> {
  if (redis.status !== 'ready') return false;
  return withinTime(redis.ping(), ANSWER_MS).then(
    () => true,
    () => false,
  );
}
