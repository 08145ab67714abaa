// Runs of a trace, of sessions and with worlds over a real redis-server through the command line's own code, a worker in this process: the bytes of
// the run here. Cannot see a network that delays or splits.
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { clusterAddress } from '../../src/cluster/address.js';
import { connect } from '../../src/cluster/connect.js';
import { serve } from '../../src/cluster/worker.js';
import { runCommand } from '../../src/commands/run.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { DEFAULT_LIMITS } from '../../src/plan/limits.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { recording } from '../surroundings.js';
import { NESTED_SCENARIO, WORLD_TABLES } from '../worlds/scenario-text.js';
import { startRedis } from './redis-server.js';

vi.setConfig({ testTimeout: 240_000 });

let server: Awaited<ReturnType<typeof startRedis>>;
beforeAll(async () => {
  server = await startRedis('hush-hush');
  await new Promise((done) => setTimeout(done, 500));
});
afterAll(() => server.stop());

async function withWorker<T>(use: () => Promise<T>): Promise<T> {
  const address = clusterAddress(server.url, {});
  if (typeof address === 'string') throw new Error(address);
  const stop = new AbortController();
  const connection = await connect(address, () => {}, stop.signal);
  // It draws in this thread, and renews no lock meanwhile.
  const options = { name: 'w', threads: 1, stallSeconds: 60, limits: DEFAULT_LIMITS, tell: () => {} };
  const serving = serve(connection, callingThread(REFERENCE_ENGINE), options, stop.signal);
  try {
    return await use();
  } finally {
    stop.abort();
    await serving;
    connection.disconnect();
  }
}

describe('on a cluster', needs('redis-server'), () => {
  test.each([
    ['a trace', 'azure-conversation', '300001'],
    ['sessions', 'coding-agent-copilot', '3000'],
  ])('%s has the tables of the run here, byte for byte', async (_, name, samples) => {
    await inTemporaryFolder(async (folder) => {
      const text = await readFile(`scenarios/queries/${name}.yaml`, 'utf8');
      const file = join(folder, `${name}.yaml`);
      await writeFile(file, text.replaceAll('../data/', `${resolve('scenarios')}/data/`));
      const [here, there] = [join(folder, 'here'), join(folder, 'there')];
      const common = [file, '-n', samples, '-q', '--kernel', 'reference'];
      expect(await runCommand([...common, '-j', '0', '-o', here], recording())).toBe(0);
      const onCluster = [...common, '--cluster', server.url, '-o', there];
      expect(await withWorker(() => runCommand(onCluster, recording()))).toBe(0);
      for (const table of ['summary', 'histogram', 'inputs', 'throughput']) {
        const [one, other] = await Promise.all([here, there].map((out) => readFile(join(out, name, `${table}.arrow`))));
        expect(one.equals(other)).toBe(true);
      }
    });
  });

  test('worlds have the tables of the run here, byte for byte', () =>
    inTemporaryFolder(async (folder) => {
      const file = join(folder, 'nested.yaml');
      await writeFile(file, NESTED_SCENARIO);
      const [here, there] = [join(folder, 'here'), join(folder, 'there')];
      const common = [file, '-q', '--kernel', 'reference'];
      expect(await runCommand([...common, '-j', '0', '-o', here], recording())).toBe(0);
      const onCluster = [...common, '--cluster', server.url, '-o', there];
      expect(await withWorker(() => runCommand(onCluster, recording()))).toBe(0);
      for (const table of ['summary', ...WORLD_TABLES]) {
        const [one, other] = await Promise.all(
          [here, there].map((out) => readFile(join(out, 'nested', `${table}.arrow`))),
        );
        expect(one.equals(other), table).toBe(true);
      }
    }));
});
