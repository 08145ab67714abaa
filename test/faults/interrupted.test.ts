// Runs on a cluster, as processes, that are interrupted while the server is stopped in its tracks: connected, and silent. Cannot see a
// network that loses packets.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startRedis } from '../cluster/redis-server.js';
import { CLI, SCENARIOS } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

vi.setConfig({ testTimeout: 60_000 });

/** It takes less than a second where nothing else runs; without the mending, it waits for the server. */
const PATIENCE_MS = 5000;
const INTERRUPTED = 130;
const start = (...args: string[]) => spawn(process.execPath, [CLI, ...args], { stdio: 'ignore' });

/** The exit status after the signal. */
async function statusAfter(run: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  const hangs = setTimeout(() => run.kill('SIGKILL'), PATIENCE_MS);
  const ended = once(run, 'close');
  run.kill(signal);
  const [status] = await ended;
  clearTimeout(hangs);
  return status;
}

describe('a command that is interrupted while Redis is stopped', needs('redis-server'), () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;

  beforeEach(async () => {
    server = await startRedis('hush-hush');
    redis = new Redis(server.url);
    redis.on('error', () => {});
    await redis.ping();
  });
  afterEach(async () => {
    redis.disconnect();
    await server.stop();
  });

  /** Keys of a run that is there: what it is, and how far. */
  const runKeys = async () =>
    (await redis.keys('tokenjoule:*')).filter((key) => /^tokenjoule:(run|progress):/.test(key));

  test.each(['SIGINT', 'SIGTERM'] as const)('a run ends at %s, and its jobs go when the server goes on', (signal) =>
    inTemporaryFolder(async (out) => {
      const args = ['run', `${SCENARIOS}oviedo-2025.yaml`, '-n', '10000000', '-q', '-o', out];
      const run = start(...args, '--cluster', server.url);
      const jobs = () => redis.keys('tokenjoule:ranges-*:wait');
      await expect.poll(jobs, { timeout: 20_000, interval: 50 }).toHaveLength(1);
      expect(await runKeys()).not.toEqual([]);
      server.pause();
      expect(await statusAfter(run, signal)).toBe(INTERRUPTED);
      server.goOn();
      // A job whose run is gone is dropped by the worker that takes it.
      await expect.poll(runKeys, { timeout: 10_000 }).toEqual([]);
    }),
  );
});

test.each([
  ['a run', (out: string) => ['run', `${SCENARIOS}oviedo-2025.yaml`, '-o', out]],
  ['a sweep', (out: string) => ['sweep', `${SCENARIOS}sweep-input-length.yaml`, '-o', out]],
  ['status', () => ['status']],
  ['a worker', () => ['worker']],
])('%s that waits for the first answer of a server ends at SIGTERM', (_, argsIn) =>
  inTemporaryFolder(async (out) => {
    // Takes connections, and says nothing: as a server that is stopped does.
    const silent = createServer();
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const connected = once(silent, 'connection');
    const { port } = silent.address() as AddressInfo;
    const command = start(...argsIn(out), '--cluster', `redis://127.0.0.1:${port}`);
    const [socket] = await connected;
    // Without the mending it gives up after 5 s, with another status.
    expect(await statusAfter(command, 'SIGTERM')).toBe(INTERRUPTED);
    socket.destroy();
    silent.close();
  }),
);
