// Sweeps over a real redis-server through the command line's own code, a worker in this process. The numbers of a cell are
// tested elsewhere; here they are those of the local sweep. Cannot see a network that delays or splits.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { clusterAddress } from '../../src/cluster/address.js';
import { connect } from '../../src/cluster/connect.js';
import { PREFIX } from '../../src/cluster/keys.js';
import { serve } from '../../src/cluster/worker.js';
import { sweepCommand } from '../../src/commands/sweep.js';
import { DEFAULT_LIMITS, type Limits } from '../../src/limits.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { inTemporaryFolder } from '../folders.js';
import { recording } from '../surroundings.js';
import { startRedis } from './redis-server.js';

vi.setConfig({ testTimeout: 60_000 });

let server: Awaited<ReturnType<typeof startRedis>>;
let redis: Awaited<ReturnType<typeof connect>>;
const runner = callingThread(undefined);

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
  return connect(address, () => {});
}

async function withWorker<T>(use: () => Promise<T>, limits: Limits = DEFAULT_LIMITS): Promise<T> {
  const stop = new AbortController();
  const connection = await open();
  const options = { name: 'w', threads: 1, stallSeconds: 5, limits, tell: () => {} };
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
    expect(told.join('')).toMatch(/cell \d \(\d+\) failed: the cluster gave up: .*2000 samples, at most 1999 allowed/);
    expect(await readdir(join(out, 'sweep-input-length')).catch(() => [])).toEqual([]);
  });
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
