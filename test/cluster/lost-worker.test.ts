// Jobs of workers that are lost, and of workers that are only slow. Over a real redis-server; the lost one is a process, as only that
// can be killed. Cannot see a machine that stands still as a whole.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clusterAddress } from '../../src/cluster/address.js';
import { clusterRunner } from '../../src/cluster/cluster-runner.js';
import { connect } from '../../src/cluster/connect.js';
import { openQueue } from '../../src/cluster/open-queue.js';
import { serve } from '../../src/cluster/worker.js';
import { DEFAULT_LIMITS } from '../../src/plan/limits.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import type { RangeRunner } from '../../src/workers/range-runner.js';
import { builtEngine } from '../built-engine.js';
import { CLI, SCENARIOS } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { smallSource } from '../small-run.js';
import { startRedis } from './redis-server.js';

vi.setConfig({ testTimeout: 120_000 });

/** The longest that work of a lost worker lies there. */
const LOST_MS = 10_000;
const STALL_S = 3;
const never = new AbortController().signal;

describe('jobs', needs('redis-server'), () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;

  beforeAll(async () => {
    server = await startRedis('hush-hush');
    redis = new Redis(server.url);
    redis.on('error', () => {});
    await redis.ping();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  async function open() {
    const address = clusterAddress(server.url, {});
    if (typeof address === 'string') throw new Error(address);
    return connect(address, () => {}, never);
  }

  const command = (...args: string[]) =>
    spawn(process.execPath, [CLI, ...args, '--cluster', server.url], { stdio: 'ignore' });

  async function killed(child: ChildProcess): Promise<void> {
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
  }

  /** The jobs under way and the lock by which their worker holds each. */
  async function held(): Promise<Map<string, string | null>> {
    const [active] = await redis.keys('tokenjoule:ranges-*:active');
    if (active === undefined) return new Map();
    const jobs = await redis.lrange(active, 0, -1);
    const lock = (job: string) => redis.get(active.replace(/active$/, `${job}:lock`));
    return new Map(await Promise.all(jobs.map(async (job) => [job, await lock(job)] as const)));
  }

  const workerOf = (lock: string | null | undefined) => lock?.split(':')[0];

  test('those of a worker that is killed are taken up by another within 10 s', () =>
    inTemporaryFolder(async (out) => {
      const run = command('run', `${SCENARIOS}oviedo-2025.yaml`, '-n', '100000000', '-q', '-o', out);
      const first = command('worker', '-j', '1');
      await expect.poll(async () => (await held()).size, { timeout: 30_000, interval: 100 }).toBe(2);
      const lost = workerOf([...(await held()).values()][0]);
      const second = command('worker', '-j', '1');
      await expect.poll(async () => (await held()).size, { timeout: 30_000, interval: 100 }).toBeGreaterThan(2);
      await killed(first);
      const ofLost = async () =>
        [...(await held()).values()].filter((lock) => lock === null || workerOf(lock) === lost).length;
      expect(await ofLost()).toBeGreaterThan(0);
      await expect.poll(ofLost, { timeout: LOST_MS, interval: 100 }).toBe(0);
      await killed(second);
      await killed(run);
      await redis.flushall();
    }));

  test('those of a worker that draws for three times the stall time are not taken for lost', async () => {
    const engine = await builtEngine();
    // One range in each pass.
    const source = smallSource(['samples: 1100001', 'samples: 400001']);
    const scenario = await scenarioFromSource(source);
    const drawn: string[] = [];
    const stop = new AbortController();
    const connections = [await open(), await open(), await open()];
    const options = { threads: 1, stallSeconds: STALL_S, limits: DEFAULT_LIMITS, tell: () => {} };
    const serving = [1, 2].map((i) =>
      serve(connections[i], slowly(callingThread(engine), drawn), { ...options, name: `w${i}` }, stop.signal),
    );
    const queue = await openQueue(connections[0], () => {});
    const runner = clusterRunner(queue, { id: 'slow', scenario, source, tell: () => {} }, engine);
    await simulateIn(poolOn(runner), scenario, {});
    await runner.close();
    stop.abort();
    await Promise.all(serving);
    await queue.close();
    for (const connection of connections) connection.disconnect();
    expect(drawn).toEqual(['pass 1', 'pass 2']);
  });
});

/** A runner that draws the first pass slowly; as with threads, this thread has nothing to do meanwhile. */
function slowly(runner: RangeRunner, drawn: string[]): RangeRunner {
  return {
    ...runner,
    async runAll(plan, ranges, onRange, signal) {
      const first = plan.blends.length === 0;
      drawn.push(first ? 'pass 1' : 'pass 2');
      if (first) await new Promise((resolve) => setTimeout(resolve, 3 * STALL_S * 1000));
      await runner.runAll(plan, ranges, onRange, signal);
    },
  };
}
