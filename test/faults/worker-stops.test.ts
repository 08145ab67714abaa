// A queue worker as a process that is asked to stop: with a server, with one that has died, and with one that is stopped in its
// tracks, which keeps its connections and answers nothing.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { describe, expect, test, vi } from 'vitest';
import { startRedis } from '../cluster/redis-server.js';
import { CLI } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

vi.setConfig({ testTimeout: 120_000 });

/** Ends what hangs, so that the test says so; a range of blocks takes some seconds. */
const PATIENCE_MS = 30_000;

async function servingWorker(url: string): Promise<ChildProcess> {
  const worker = spawn(process.execPath, [CLI, 'worker', '--cluster', url, '-j', '1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((serving, reject) => {
    worker.once('close', () => reject(new Error('the worker did not start')));
    worker.stderr?.on('data', (data) => {
      if (`${data}`.includes(' serves ')) serving();
    });
  });
  return worker;
}

describe('a worker that is asked to stop', needs('redis-server'), () => {
  test.each(['runs', 'has died', 'is stopped'])(
    'a worker in the middle of a job stops at SIGTERM where the server %s',
    async (how) => {
      const server = await startRedis('hush-hush');
      await new Promise((resolve) => setTimeout(resolve, 500));
      const redis = new Redis(server.url);
      const worker = await servingWorker(server.url);
      // Long enough for jobs to be under way all the while.
      const args = ['run', 'scenarios/oviedo-2025.yaml', '-n', '100000000', '-q', '--cluster', server.url, '-o'];
      await inTemporaryFolder(async (out) => {
        const run = spawn(process.execPath, [CLI, ...args, out], { stdio: 'ignore' });
        const active = async () => (await redis.keys('tokenjoule:ranges-*:active')).length;
        await expect.poll(active, { timeout: 20_000, interval: 100 }).toBe(1);
        redis.disconnect();
        if (how === 'has died') await server.stop();
        if (how === 'is stopped') server.pause();
        const ended = once(worker, 'close');
        const hangs = setTimeout(() => worker.kill('SIGKILL'), PATIENCE_MS);
        worker.kill('SIGTERM');
        expect(await ended).toEqual([0, null]);
        clearTimeout(hangs);
        run.kill('SIGKILL');
        await once(run, 'close');
      });
      if (how !== 'has died') await server.stop();
    },
  );
});
