import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real redis-server on a free loopback port with an append-only file; tests of it say `needs('redis-server')`. */
export async function startRedis(password: string) {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const flags = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'];
  const start = () => spawn('redis-server', [...flags, '--requirepass', password], { stdio: 'ignore' });
  let server = start();
  const dead = () => new Promise((resolve) => server.once('exit', resolve));
  const down = async () => {
    const gone = dead();
    server.kill('SIGKILL');
    await gone;
  };
  const back = () => {
    server = start();
  };
  return {
    url: `redis://:${password}@127.0.0.1:${port}`,
    /** SIGKILL, then a new start on the same file. */
    async crash() {
      await down();
      back();
    },
    /** SIGKILL, until `back`. */
    down,
    back,
    /** Stopped in its tracks, its connections open, until `goOn`. */
    pause: () => void server.kill('SIGSTOP'),
    goOn: () => void server.kill('SIGCONT'),
    async stop() {
      await down();
      await rm(folder, { recursive: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
