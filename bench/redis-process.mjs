import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { end, start } from './children.mjs';

/** A redis-server on a free loopback port, with an append-only file in the folder, that can be taken away and brought back. */
export async function redisProcess(folder) {
  const port = await freePort();
  const storage = ['--dir', folder, '--appendonly', 'yes', '--save', ''];
  const begin = () => start('redis-server', ['--port', `${port}`, '--bind', '127.0.0.1', ...storage]);
  let server = begin();
  await answers(port);
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    answers: () => answers(port),
    /** Ends it with a signal, and starts it again on the same file some seconds later. */
    async restart(signal, downSeconds) {
      await end(server, signal);
      await sleep(downSeconds * 1000);
      server = begin();
      await answers(port);
    },
    /** Stops it in its tracks for some seconds; its connections stay open. */
    async pause(seconds) {
      server.kill('SIGSTOP');
      await sleep(seconds * 1000);
      server.kill('SIGCONT');
    },
  };
}

/** Waits until it does. */
async function answers(port) {
  for (let i = 0; i < 200; i++) {
    try {
      execFileSync('redis-cli', ['-p', `${port}`, 'ping'], { stdio: 'ignore' });
      return;
    } catch {
      await sleep(50);
    }
  }
  throw new Error(`redis-server on port ${port} does not answer`);
}

/** A port that is free just now. */
export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
