// Runs over a real redis-server and BullMQ, workers in this process; SIGKILL of processes is in test/faults. Cannot see a
// network that delays or splits, Redis Cluster, nor TLS.

import { Queue } from 'bullmq';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blockRanges } from '../../src/blocks/block-ranges.js';
import { allBlocks } from '../../src/blocks/blocks.js';
import { clusterAddress } from '../../src/cluster/address.js';
import { clusterRunner } from '../../src/cluster/cluster-runner.js';
import { connect } from '../../src/cluster/connect.js';
import { cancelKey, PREFIX, queueName, resultKey, runKey, workerKey } from '../../src/cluster/keys.js';
import { openQueue } from '../../src/cluster/open-queue.js';
import { rangeJob } from '../../src/cluster/range-job.js';
import { HopelessJob, PlanCache, serveJob } from '../../src/cluster/serve-job.js';
import { runsOf, workersOf } from '../../src/cluster/status.js';
import { serve } from '../../src/cluster/worker.js';
import { DEFAULT_LIMITS } from '../../src/plan/limits.js';
import type { Plan } from '../../src/plan/plan.js';
import { planModels } from '../../src/plan/plan-models.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { identityOf } from '../../src/state/identity.js';
import { engineVersion } from '../../src/version.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { builtEngine, builtKernel } from '../built-engine.js';
import { needs } from '../needs.js';
import { countsOf, smallScenario, smallSource, undisturbed } from '../small-run.js';
import { startRedis } from './redis-server.js';

const scenario = await smallScenario();
/** As a run with one worker, or none yet, divides its blocks. */
const ranges = blockRanges(allBlocks(scenario.samples), 1);
const never = new AbortController().signal;
let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Awaited<ReturnType<typeof connect>>;
let expected: string;
const told: string[] = [];
const tell = (sentence: string) => void told.push(sentence);
const engine = await builtEngine();
const runners = [callingThread(engine), callingThread(engine)];
const identity = (plan: Plan) => identityOf(scenario, plan, engine.name);

beforeAll(async () => {
  server = await startRedis('hush-hush');
  await new Promise((resolve) => setTimeout(resolve, 500));
  redis = await open();
  expected = await undisturbed(await builtKernel());
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

async function open(url = server.url) {
  const address = clusterAddress(url, {});
  if (typeof address === 'string') throw new Error(address);
  return connect(address, tell, never);
}

/** Serves while `use` runs. */
async function withWorkers<T>(count: number, use: () => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const connections = await Promise.all(Array.from({ length: count }, () => open()));
  const serving = connections.map((connection, i) =>
    serve(
      connection,
      runners[i % 2],
      { name: `w${i}`, threads: 1, stallSeconds: 5, limits: DEFAULT_LIMITS, tell },
      stop.signal,
    ),
  );
  try {
    return await use();
  } finally {
    stop.abort();
    await Promise.all(serving);
    for (const connection of connections) connection.disconnect();
  }
}

async function runOnCluster(id: string, onProgress: () => unknown = () => {}, signal = never) {
  const queue = await openQueue(redis, tell);
  const runner = clusterRunner(queue, { id, scenario, source: smallSource(), tell }, engine);
  try {
    return countsOf(await simulateIn(poolOn(runner), scenario, { onProgress, signal }));
  } finally {
    await runner.close();
    await queue.close();
  }
}

const keysOf = (id: string) => redis.keys(`${PREFIX}:*${id}*`);

describe('a cluster', needs('redis-server'), () => {
  test('a run on two workers counts what a run in one thread counts, and leaves no job behind', async () => {
    expect(await withWorkers(2, () => runOnCluster('two'))).toBe(expected);
    expect(await keysOf('two')).toEqual([]);
  });

  test('a run outlives the SIGKILL of redis-server', async () => {
    let crashes = 0;
    const crashOnce = () => {
      if (crashes++ === 0) void server.crash();
    };
    expect(await withWorkers(1, () => runOnCluster('crash', crashOnce))).toBe(expected);
    expect(crashes).toBeGreaterThan(0);
    expect(told.join()).toContain('trying again');
  });

  test('ranges delivered twice and out of order are counted once, and leave no result behind', async () => {
    const plan = planModels(scenario);
    const run = identity(plan);
    const twice = async () => {
      // Whatever is in flight is drawn again, last first, behind the run's back.
      for (const range of [...ranges].reverse()) {
        const job = { run_id: 'twice', run, range, members: [] };
        await serveJob(redis, runners[0], new PlanCache(), `twice-1-${range.firstBlock}-${range.blocks}`, job, never);
      }
    };
    const again: Promise<void>[] = [];
    const counts = await withWorkers(1, () => runOnCluster('twice', () => void again.push(twice())));
    await Promise.all(again);
    expect(counts).toBe(expected);
    expect(await keysOf('twice')).toEqual([]);
  });

  // The worker may have drawn the range before the run looks for its result: then there is nothing damaged to be told of.
  test('a damaged result is told of and drawn again', { retry: 3 }, async () => {
    await redis.set(resultKey(`damaged-1-0-${ranges[0].blocks}`), 'no state', 'EX', 60);
    expect(await withWorkers(1, () => runOnCluster('damaged'))).toBe(expected);
    expect(told).toContain('a result from the cluster is no saved state of tokenjoule; its blocks are drawn again');
  });

  test('a run without workers says so, and an abort ends it and takes back its jobs', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 300);
    await expect(runOnCluster('alone', () => {}, stop.signal)).rejects.toThrow('enough');
    expect(told).toContainEqual(expect.stringMatching(/^no worker of version .* is connected yet/));
    expect(await keysOf('alone')).toEqual([]);
  });

  test.each([
    ['no worker is connected', [], /^no worker of version \S+ is connected; waiting for one/],
    [
      'a worker is connected',
      ['silent'],
      /^no result for a while; waiting, as workers of version \S+ are connected \(1\)/,
    ],
  ])('a run that gets no results says so once, and that %s', async (_, workers, sentence) => {
    for (const name of workers)
      await redis.set(workerKey(name), JSON.stringify({ version: engineVersion() }), 'EX', 60);
    told.length = 0;
    const stop = new AbortController();
    const queue = await openQueue(redis, () => {});
    const runner = clusterRunner(queue, { id: 'quiet', scenario, source: smallSource(), tell }, engine, 8, 100);
    const running = simulateIn(poolOn(runner), scenario, { signal: stop.signal }).catch(
      (error: Error) => error.message,
    );
    await expect.poll(() => told, { timeout: 20_000 }).toContainEqual(expect.stringMatching(sentence));
    // Two looks more.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    stop.abort(new Error('enough'));
    expect(await running).toBe('enough');
    expect(told).toHaveLength(1);
    await runner.close();
    await queue.close();
    for (const name of workers) await redis.del(workerKey(name));
  });

  test('status shows who serves and what runs, and a run can be cancelled from elsewhere', async () => {
    const running = runOnCluster('shown').catch((error: Error) => error.message);
    await expect
      .poll(() => runsOf(redis))
      .toMatchObject([{ run_id: 'shown', scenario: 'small', pass: 1, blocks_done: 0 }]);
    await redis.set(cancelKey('shown'), '1');
    expect(await running).toBe('run shown was cancelled; nothing was written');
    await withWorkers(1, () =>
      expect.poll(() => workersOf(redis)).toMatchObject([{ version: engineVersion(), threads: 1 }]),
    );
  });

  test('a worker refuses a job of another version, says why, and the run is told', async () => {
    const run = { ...identity(planModels(scenario)), engine_version: '9.9.9' };
    const job = { run_id: 'other', run, range: { firstBlock: 0, blocks: 1 }, members: [] };
    const why = `the run needs version 9.9.9, this worker has ${engineVersion()}; start workers of the run's version`;
    await expect(serveJob(redis, runners[0], new PlanCache(), 'x', job, never)).rejects.toThrow(why);
    const queue = new Queue(queueName(engineVersion()), { connection: redis, prefix: PREFIX });
    const added = await queue.add('other', job, { attempts: 3 });
    await withWorkers(1, () => expect.poll(() => added.getState(), { timeout: 10_000 }).toBe('failed'));
    expect((await queue.getJob(added.id ?? ''))?.failedReason).toContain(why);
    await queue.remove(added.id ?? '');
    await queue.close();
  });

  test('a worker refuses a job of another kernel and says why', async () => {
    const run = identityOf(scenario, planModels(scenario), 'reference');
    const job = { run_id: 'other', run, range: { firstBlock: 0, blocks: 1 }, members: [] };
    await expect(serveJob(redis, runners[0], new PlanCache(), 'x', job, never)).rejects.toThrow(
      'the run needs the kernel reference, this worker has wasm-simd; start run and workers with the same --kernel',
    );
  });

  test('a job whose run is gone is dropped without a result', async () => {
    const run = identity(planModels(scenario));
    const job = { run_id: 'gone', run, range: { firstBlock: 0, blocks: 1 }, members: [] };
    await serveJob(redis, runners[0], new PlanCache(), 'gone', job, never);
    expect(await redis.exists(resultKey('gone'))).toBe(0);
  });

  test('a scenario that a run sends may name no file of the worker', async () => {
    const run = identity(planModels(scenario));
    const text = smallSource().text.replace(
      'node_power_kw: 10',
      'throughput: { dataset: /etc/passwd, quantization: FP8 }\nnode_power_kw: 10',
    );
    await redis.set(runKey('evil'), JSON.stringify({ ...smallSource(), text }), 'EX', 60);
    const job = { run_id: 'evil', run, range: { firstBlock: 0, blocks: 1 }, members: [] };
    await expect(serveJob(redis, runners[0], new PlanCache(), 'x', job, never)).rejects.toThrow(
      'the dataset was not sent along',
    );
  });

  test('payloads that are no jobs are refused with a message', async () => {
    const good = {
      run_id: 'r',
      run: identity(planModels(scenario)),
      range: { firstBlock: 0, blocks: 1 },
      members: [],
    };
    expect(rangeJob(JSON.parse(JSON.stringify(good)))).toEqual(good);
    const damaged = fc
      .tuple(fc.constantFrom('run_id', 'run', 'range', 'members'), fc.jsonValue())
      .map(([key, value]) => ({ ...good, [key]: value }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), damaged), async (payload) => {
        // A run id of the right form is a good job of a run that is gone: dropped.
        const outcome = await serveJob(redis, runners[0], new PlanCache(), 'x', payload, never).catch((error) => error);
        if (outcome !== undefined) expect(outcome).toBeInstanceOf(HopelessJob);
      }),
      { numRuns: 500 },
    );
  });

  test('sources that a run may send are refused or read, whatever they are', async () => {
    const run = identity(planModels(scenario));
    const job = { run_id: 'odd', run, range: { firstBlock: 0, blocks: 1 }, members: [] };
    const odd = fc.oneof(
      fc.json(),
      fc.string().map((text) => JSON.stringify({ ...smallSource(), text })),
      fc.jsonValue().map((overrides) => JSON.stringify({ ...smallSource(), overrides })),
    );
    await fc.assert(
      fc.asyncProperty(odd, async (text) => {
        await redis.set(runKey('odd'), text, 'EX', 60);
        const outcome = await serveJob(redis, runners[0], new PlanCache(), 'x', job, never).catch((error) => error);
        if (outcome !== undefined) expect(outcome).toBeInstanceOf(HopelessJob);
      }),
      { numRuns: 200 },
    );
  });

  test('a password is in no message', async () => {
    const address = clusterAddress(server.url.replace('hush-hush', 'wrong-wrong'), {});
    if (typeof address === 'string') throw new Error(address);
    const error = await connect(address, tell, never).catch((error: Error) => error);
    expect(String(error)).toMatch(/^RunError: cannot reach redis:\/\/127\.0\.0\.1:\d+: WRONGPASS; /);
    expect(clusterAddress('http://:pass-pass@host', {})).not.toContain('pass-pass');
    expect(told.join()).not.toMatch(/hush-hush|wrong-wrong/);
  });

  test('a password may stand in the environment', () => {
    const environment = { TOKENJOULE_CLUSTER: 'rediss://host:6380/2', TOKENJOULE_CLUSTER_PASSWORD: 'p@ss' };
    expect(clusterAddress('', environment)).toEqual({
      url: 'rediss://:p%40ss@host:6380/2',
      shown: 'rediss://host:6380/2',
    });
  });
});
