// Sweeps over a real redis-server through the command line's own code, a worker in this process. The numbers of a cell are
// tested elsewhere; here they are those of the local sweep. Cannot see a network that delays or splits.

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clusterAddress } from '../../src/cluster/address.js';
import { connect } from '../../src/cluster/connect.js';
import { PREFIX } from '../../src/cluster/keys.js';
import { runsOf } from '../../src/cluster/status.js';
import { serve } from '../../src/cluster/worker.js';
import { statusCommand } from '../../src/commands/status.js';
import { sweepCommand } from '../../src/commands/sweep.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { DEFAULT_LIMITS, type Limits } from '../../src/plan/limits.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { recording } from '../surroundings.js';
import { startRedis } from './redis-server.js';

vi.setConfig({ testTimeout: 240_000 });

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Awaited<ReturnType<typeof connect>>;
const runner = callingThread(REFERENCE_ENGINE);

beforeAll(async () => {
  server = await startRedis('hush-hush');
  await new Promise((resolve) => setTimeout(resolve, 500));
  redis = await open();
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
});

async function open() {
  const address = clusterAddress(server.url, {});
  if (typeof address === 'string') throw new Error(address);
  return connect(address, () => {}, new AbortController().signal);
}

async function withWorker<T>(use: () => Promise<T>, limits: Limits = DEFAULT_LIMITS): Promise<T> {
  const stop = new AbortController();
  const connection = await open();
  // It draws in this thread, and renews no lock meanwhile.
  const options = { name: 'w', threads: 1, stallSeconds: 60, limits, tell: () => {} };
  const serving = serve(connection, runner, options, stop.signal);
  try {
    return await use();
  } finally {
    stop.abort();
    await serving;
    connection.disconnect();
  }
}

/** The shipped sweep over input lengths, which reads a dataset; cells of 150001 samples have several ranges. */
async function sweepFile(folder: string): Promise<string> {
  const text = (await readFile('scenarios/sweep-input-length.yaml', 'utf8'))
    .replace('samples: 1000000', 'samples: 150001')
    .replace('data/throughput', `${resolve('scenarios')}/data/throughput`);
  const file = join(folder, 'swept.yaml');
  await writeFile(file, text);
  return file;
}

const VALUES = ['--over', 'pue=1.2,{lognormal: {p5: 1.05, p95: 1.6}}', '--over', 'samples=1000,150001'];
const table = (out: string) => readFile(join(out, 'sweep-input-length', 'sweep.arrow'));

describe('on a cluster', needs('redis-server'), () => {
  test('a sweep on a cluster writes the table of the local sweep, byte for byte, and leaves no key behind', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = await sweepFile(folder);
      const [here, there] = [join(folder, 'here'), join(folder, 'there')];
      expect(await sweepCommand([file, ...VALUES, '-q', '-j', '0', '-o', here], recording())).toBe(0);
      const onCluster = [file, ...VALUES, '-q', '--cluster', server.url, '-o', there];
      expect(await withWorker(() => sweepCommand(onCluster, recording()))).toBe(0);
      expect((await table(there)).equals(await table(here))).toBe(true);
      expect((await redis.keys(`${PREFIX}:*`)).filter((key) => /:(run|progress|result):/.test(key))).toEqual([]);
      expect(await readFile(join(there, 'sweep-input-length', 'sweep.json'), 'utf8')).not.toContain('hush-hush');
    });
  });

  test('a sweep on a cluster takes cells that are kept and asks no worker for them', async () => {
    await inTemporaryFolder(async (out) => {
      const file = await sweepFile(out);
      expect(await sweepCommand([file, '-n', '2000', '-q', '-j', '0', '-o', out], recording())).toBe(0);
      const local = await table(out);
      expect(await sweepCommand([file, '-n', '2000', '-q', '--cluster', server.url, '-o', out], recording())).toBe(0);
      expect((await table(out)).equals(local)).toBe(true);
    });
  });

  test('a cell that the workers refuse is named with the reason, and no table is written', async () => {
    await inTemporaryFolder(async (out) => {
      const file = await sweepFile(out);
      const told: string[] = [];
      const around = { ...recording(), stderr: { write: (text: string) => told.push(text) } };
      const args = [file, '-n', '2000', '-q', '--cluster', server.url, '-o', out];
      expect(await withWorker(() => sweepCommand(args, around), { ...DEFAULT_LIMITS, samples: 1999 })).toBe(1);
      expect(told.join('')).toMatch(
        /cell \d \(\d+\) failed: the cluster gave up: .*2000 samples, at most 1999 allowed/,
      );
      expect(await readdir(join(out, 'sweep-input-length')).catch(() => [])).toEqual([]);
    });
  });

  test.each(['run_id', 'sweep'] as const)(
    'a sweep is cancelled as a whole, by the %s that status shows',
    async (name) => {
      await inTemporaryFolder(async (out) => {
        const file = await sweepFile(out);
        const told: string[] = [];
        const around = { ...recording(), stderr: { write: (text: string) => told.push(text) } };
        // Nobody serves: whatever is not cancelled waits for ever.
        const sweeping = sweepCommand([file, ...VALUES, '-q', '--cluster', server.url, '-o', out], around);
        await expect.poll(async () => (await runsOf(redis)).length).toBeGreaterThan(1);
        const runs = await runsOf(redis);
        const sweeps = new Set(runs.map(({ sweep }) => sweep));
        expect(sweeps.size).toBe(1);
        const status = recording();
        expect(await statusCommand(['--cluster', server.url], status)).toBe(0);
        expect(status.written.join('')).toContain(`run ${runs[0].run_id} of sweep ${runs[0].sweep}: `);
        const cancel = recording();
        expect(await statusCommand(['--cluster', server.url, '--cancel', `${runs[1][name]}`], cancel)).toBe(0);
        expect(cancel.written).toEqual([`sweep ${[...sweeps][0]} will stop within seconds\n`]);
        expect(await sweeping).toBe(1);
        expect(told.join('')).toMatch(/cell \d .*sweep \S+ was cancelled; run again to go on with the other cells/);
        expect(await readdir(join(out, 'sweep-input-length')).catch(() => [])).toEqual([]);
        expect(await runsOf(redis)).toEqual([]);
        expect(
          (await redis.keys(`${PREFIX}:*`)).filter((key) => runs.some(({ run_id }) => key.includes(run_id))),
        ).toEqual([]);
      });
    },
  );

  test('what is not there cannot be cancelled', async () => {
    const cancelling = statusCommand(['--cluster', server.url, '--cancel', 'nothing'], recording());
    await expect(cancelling).rejects.toThrow(/^no run or sweep nothing at redis:\/\/127\.0\.0\.1:\d+$/);
  });

  test.each([
    ['a cell with a sampler', ['--over', 'sampler=pseudo,sobol'], 'has sampler sobol'],
    ['a precision', ['--until', 'p50=1%'], 'has a precision to run to'],
  ])('a sweep with %s is refused before anything is sent', async (_, more, why) => {
    await inTemporaryFolder(async (out) => {
      const told: string[] = [];
      const around = { ...recording(), stderr: { write: (text: string) => told.push(text) } };
      const file = await sweepFile(out);
      expect(await sweepCommand([file, ...more, '-q', '--cluster', server.url, '-o', out], around)).toBe(2);
      expect(told.join('')).toContain(`--cluster is for runs that can be divided; sweep-input-length ${why}`);
    });
  });
});
