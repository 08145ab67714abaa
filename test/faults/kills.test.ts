// A bounded number of SIGKILLs at random moments; `node bench/kills.mjs` does 200. Times differ from machine to machine,
// so a failure shows the moments only roughly.
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { needs } from '../needs.js';

describe('kills', needs('redis-server', 'minutes'), () => {
  test('runs, workers and redis-server may be killed at any moment: tables are byte-equal, nothing is left over', async () => {
    const kills = spawn(process.execPath, ['bench/kills.mjs', '6', '4'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [kills.stdout, kills.stderr]) {
      stream.on('data', (data) => {
        output += data;
      });
    }
    const status = await new Promise((resolve) => kills.once('close', resolve));
    expect(status, output).toBe(0);
    expect(Number(/(\d+) runs \(.*\) came through byte-equal, \d+ s\n$/.exec(output)?.[1])).toBeGreaterThanOrEqual(4);
  }, 300_000);
});
