// Workers whose queue goes silent: BullMQ's worker stays there, says nothing and takes no job ever again. Over a real redis-server,
// workers in this process. Cannot see causes that nobody has met yet; bench/cluster-soak.mjs looks for them.

import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clusterAddress } from '../../src/cluster/address.js';
import { connect } from '../../src/cluster/connect.js';
import { IDLE_S } from '../../src/cluster/idle-watch.js';
import { openQueue } from '../../src/cluster/open-queue.js';
import { serve } from '../../src/cluster/worker.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { DEFAULT_LIMITS } from '../../src/plan/limits.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { needs } from '../needs.js';
import { startRedis } from './redis-server.js';

vi.setConfig({ testTimeout: 60_000 });

const never = new AbortController().signal;
let server: Awaited<ReturnType<typeof startRedis>>;

async function open(silence_ms?: number, tell: (sentence: string) => void = () => {}) {
  const address = clusterAddress(server.url, {});
  if (typeof address === 'string') throw new Error(address);
  return connect(address, tell, never, silence_ms);
}

/** Serves over the connection from while the server is down until `use` has ended; returns what the worker told. */
async function servingFromADownTime(connection: Redis, use: () => Promise<void>): Promise<string[]> {
  const told: string[] = [];
  const options = {
    name: 'w',
    threads: 1,
    stallSeconds: 5,
    limits: DEFAULT_LIMITS,
    tell: (s: string) => void told.push(s),
  };
  const stop = new AbortController();
  await server.down();
  await expect.poll(() => connection.status).not.toBe('ready');
  const serving = serve(connection, callingThread(REFERENCE_ENGINE), options, stop.signal);
  // The worker's own connection has failed at least once.
  await new Promise((resolve) => setTimeout(resolve, 500));
  server.back();
  await expect.poll(() => connection.status, { timeout: 20_000 }).toBe('ready');
  await use();
  stop.abort();
  await serving;
  return told;
}

/** One job after the other that a worker refuses, as it asks for nothing: all are taken, and with that are gone. */
async function jobsAreTaken(patience_ms: number): Promise<void> {
  const connection = await open();
  const queue = await openQueue(connection, () => {});
  for (const _ of [1, 2, 3]) {
    const job = await queue.jobs.add('refused', {} as never, { removeOnFail: true });
    await expect.poll(() => job.getState(), { timeout: patience_ms, interval: 200 }).toBe('unknown');
  }
  await queue.close();
  connection.disconnect();
}

describe('the queue of a worker', needs('redis-server'), () => {
  beforeAll(async () => {
    server = await startRedis('hush-hush');
  });
  afterAll(() => server.stop());

  test('a worker that opens its queue while the server is down takes jobs once it is back', async () => {
    const connection = await open();
    const told = await servingFromADownTime(connection, () => jobsAreTaken(IDLE_S * 1000 - 2000));
    expect(told.join()).not.toContain('opened anew');
    connection.disconnect();
  });

  test('a worker to which no job comes while jobs wait opens its queue anew and says so', async () => {
    // What made workers silent: BullMQ tries once to make its own connection where it is lazy, and never takes a job after that.
    const connection = new Redis(server.url, { maxRetriesPerRequest: null, lazyConnect: true });
    connection.on('error', () => {});
    await connection.connect();
    const told = await servingFromADownTime(connection, () => jobsAreTaken(40_000));
    expect(told).toContain(`jobs wait and none has come here for ${IDLE_S} s; the queue is opened anew`);
    expect(told.filter((sentence) => sentence.includes('anew'))).toHaveLength(1);
    connection.disconnect();
  });

  test('a server that keeps its connections and answers nothing is taken for lost, and asked again', async () => {
    const told: string[] = [];
    const connection = await open(300, (sentence) => void told.push(sentence));
    server.pause();
    const answer = connection.set('asked', 'again');
    await expect
      .poll(() => told.join(), { timeout: 20_000 })
      .toMatch(/^lost redis:\/\/127\.0\.0\.1:\d+; trying again$/);
    server.goOn();
    expect(await answer).toBe('OK');
    connection.disconnect();
  });
});
