// Several commands that write into one folder at the same time: what is there afterwards is of one of them alone. Cannot see a reader
// that looks while files are put in place one after the other.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs, tries } from '../needs.js';

vi.setConfig({ testTimeout: 120_000 });

/** Rounds of sweeps, three at once in each. */
const COUNT = tries(1, 2);

const SCENARIO = `
version: 1
name: small
samples: 2000
node_power_kw: 10
models: { Only: { tps: 1000 } }
pue: { uniform: { min: 1.1, max: 1.3 } }
power_utilization: 0.5
input_tokens: 100
regimes: { t: { output_tokens: { exponential: { median: 300 } } } }
`;

/** Names of files that are not those that the manifest beside them vouches for. */
async function strangers(folder: string, manifest: string): Promise<string[]> {
  const { files } = JSON.parse(await readFile(join(folder, manifest), 'utf8'));
  const strange: string[] = [];
  for (const { name, sha256 } of files) {
    const hash = createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
    if (hash !== sha256) strange.push(name);
  }
  return strange;
}

async function rounds(out: string, count: number, args: (seed: string) => string[], manifest: string) {
  for (let round = 0; round < count; round++) {
    const seeds = ['a', 'b', 'c'].map((letter) => `${letter}${round}`);
    const ended = await Promise.all(seeds.map((seed) => tokenjoule([...args(seed), '-q', '-j', '0', '-o', out])));
    expect(ended.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(await strangers(join(out, 'small'), manifest)).toEqual([]);
    expect((await readdir(join(out, 'small'))).filter((name) => name.startsWith('.'))).toEqual([]);
  }
}

test('runs of three seeds at once leave the tables that the manifest names, every time', needs('minutes'), () =>
  inTemporaryFolder(async (root) => {
    const file = join(root, 's.yaml');
    await writeFile(file, SCENARIO);
    const formats = ['--format', 'arrow,csv'];
    await rounds(join(root, 'out'), tries(2, 6), (seed) => ['run', file, '-s', seed, ...formats], 'manifest.json');
  }),
);

test('sweeps of three seeds at once leave the table that their JSON names, and lose none', needs('minutes'), () =>
  inTemporaryFolder(async (root) => {
    const [file, out] = [join(root, 's.yaml'), join(root, 'out')];
    await writeFile(file, SCENARIO);
    await rounds(out, COUNT, (seed) => ['sweep', file, '-s', seed, '--over', 'pue=1.1,1.2'], 'sweep.json');
    const tables = (await readdir(join(out, 'small'))).filter((name) => name.endsWith('.arrow'));
    expect(tables).toHaveLength(3 * COUNT);
  }),
);

test('who ends last says that it replaces what another one has written meanwhile', needs('minutes'), () =>
  inTemporaryFolder(async (root) => {
    const [file, out] = [join(root, 's.yaml'), join(root, 'out')];
    await writeFile(file, SCENARIO);
    const slow = tokenjoule([
      'run',
      file,
      '-n',
      `${tries(3_000_000, 6_000_000)}`,
      '-q',
      '-j',
      '0',
      '--kernel',
      'reference',
      '-o',
      out,
    ]);
    const quick = await tokenjoule(['run', file, '-q', '-j', '0', '-o', out]);
    expect(quick).toEqual({ status: 0, stdout: '', stderr: '' });
    const { status, stderr } = await slow;
    expect([status, stderr]).toEqual([
      0,
      `small: replaces the results that another process has written into ${join(out, 'small')} meanwhile\n`,
    ]);
  }),
);
