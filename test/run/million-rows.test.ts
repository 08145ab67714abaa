// A trace of a million rows, run by the built command line in a process of its own, whose greatest resident memory it tells when it
// ends: by the kernel's count of its address space, since resource usage counts what the process that started it held at that time.
// What it cannot see: memory on systems without /proc and on other versions of Node, and traces larger than allowed.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

const SCENARIO = `version: 1
name: million
samples: 200000
lengths: { trace: million.csv }
node_power_kw: 10
power_utilization: 0.7
pue: 1.2
models: { a: { node_seconds: { per_input_token: 1e-4, per_output_token: 1e-4, per_context_token: 7e-8 } } }
regimes: { all: {} }
`;

/** Lengths of all sizes, without a generator of random numbers. */
function rows(): string {
  const lines = Array.from({ length: 1_000_000 }, (_, i) => `${(i * 7919) % 8000},${1 + ((i * 104_729) % 2000)}`);
  return `ContextTokens,GeneratedTokens\n${lines.join('\n')}\n`;
}

describe('a trace of a million rows', () => {
  it.skipIf(process.platform !== 'linux')(
    'runs in less than 300 MB',
    { timeout: 60_000, ...needs('minutes') },
    async () => {
      await inTemporaryFolder(async (folder) => {
        await writeFile(join(folder, 'million.csv'), rows());
        await writeFile(join(folder, 'million.yaml'), SCENARIO);
        const tell = "process.on('exit', () => console.log(fs.readFileSync('/proc/self/status', 'utf8')));";
        await writeFile(join(folder, 'tell.cjs'), `const fs = require('node:fs'); ${tell}`);
        const command = ['-r', join(folder, 'tell.cjs'), resolve('dist/cli.cjs'), 'run', 'million.yaml'];
        const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: folder });
        expect(Number(/VmHWM:\s+(\d+) kB/.exec(stdout)?.[1])).toBeLessThan(300_000);
      });
    },
  );
});
