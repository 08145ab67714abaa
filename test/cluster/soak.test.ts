// A few restarts of redis-server, with kills and stops of workers in between, in an order that the seed fixes;
// `node bench/cluster-soak.mjs` does 100. Times differ from machine to machine, so what they meet does, too.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { needs } from '../needs.js';

describe('a cluster', needs('redis-server'), () => {
  test('outlives restarts of its server and losses of its workers: no run hangs, and each has the bytes of the local run', async () => {
    const soak = spawn(process.execPath, ['bench/cluster-soak.mjs', '4', 'few-134', '300001'], { stdio: 'pipe' });
    let output = '';
    for (const stream of [soak.stdout, soak.stderr]) {
      stream.on('data', (data) => {
        output += data;
      });
    }
    const [status] = await once(soak, 'close');
    expect(status, output).toBe(0);
    const [, restarts, equal, hung] = /^(\d+) restarts .* (\d+) runs byte-equal, (\d+) hung,.*\n$/m.exec(output) ?? [];
    expect(Number(restarts), output).toBeGreaterThanOrEqual(4);
    expect(Number(equal), output).toBeGreaterThanOrEqual(1);
    expect(Number(hung), output).toBe(0);
  }, 240_000);
});
