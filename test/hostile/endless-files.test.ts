// Devices that never end and pipes that nobody writes to, in the place of every file that a command reads from a results folder:
// it is refused, put aside or computed anew, in a moment and with little memory. Needs mkfifo and /dev/zero. What cannot be
// seen here: files on a disk that is slow.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { tokenjouleQuickly } from '../command-line.js';
import { inTemporaryFolder, runInto, small } from '../folders.js';
import { needs } from '../needs.js';

vi.setConfig({ testTimeout: 120_000 });

const SCENARIO = `
version: 1
name: small
samples: 2000
node_power_kw: 10
models: { Only: { tps: 1000 } }
pue: 1.2
power_utilization: 0.5
input_tokens: 100
regimes: { t: { output_tokens: { exponential: { median: 300 } } } }
`;

/** What never ends, by a link, and what never begins. */
const ENDLESS: readonly (readonly [string, (path: string) => unknown])[] = [
  ['a link to an endless device', (path) => symlink('/dev/zero', path)],
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
];

async function inPlaceOf(path: string, make: (path: string) => unknown): Promise<void> {
  await rm(path);
  await make(path);
}

const NOT = 'is not a regular file';

test.each(ENDLESS)('%s as a table or manifest is refused by each command that reads it', (_, make) =>
  inTemporaryFolder(async (root) => {
    const good = await runInto(root, await small({ name: 'good' }));
    const bad = join(root, 'bad');
    const refused = async (file: string, args: readonly string[]) => {
      await cp(good, bad, { recursive: true });
      await inPlaceOf(join(bad, file), make);
      const { status, stderr } = await tokenjouleQuickly(args, { cwd: root });
      expect([args[0], status]).toEqual([args[0], 2]);
      expect(stderr).toContain(`bad/${file}: `);
      expect(stderr).toContain(NOT);
      await rm(bad, { recursive: true });
    };
    await refused('summary.arrow', ['report', 'bad']);
    await refused('manifest.json', ['report', 'bad']);
    await refused('summary.arrow', ['compare', 'bad', 'good', '-o', 'compared']);
    await refused('summary.arrow', ['convert', 'bad', '--to', 'csv']);
    await refused('summary.arrow', ['query', 'select count(*) from summary', 'bad']);
    await writeFile(join(root, 's.yaml'), `${SCENARIO}expect: { energy.p50: { ratio_to: bad, below: 2 } }\n`);
    await refused('manifest.json', ['run', 's.yaml', '-q', '-j', '0']);
    await refused('summary.arrow', ['run', 's.yaml', '-q', '-j', '0']);
  }),
);

test.each(ENDLESS)(
  '%s as a kept cell is computed anew, and as an earlier table is replaced',
  needs('minutes'),
  (_, make) =>
    inTemporaryFolder(async (root) => {
      await writeFile(join(root, 's.yaml'), `${SCENARIO}sweep: { over: { pue: [1.1, 1.2] } }\n`);
      const sweep = () => tokenjouleQuickly(['sweep', 's.yaml', '-q', '-j', '0'], { cwd: root });
      expect(await sweep()).toMatchObject({ status: 0 });
      const cells = join(root, 'output/.cells');
      const [shard] = await readdir(cells);
      const [cell] = await readdir(join(cells, shard));
      await inPlaceOf(join(cells, shard, cell), make);
      await inPlaceOf(join(root, 'output/small/sweep.arrow'), make);
      expect(await sweep()).toEqual({ status: 0, stdout: '', stderr: '' });
      expect(await tokenjouleQuickly(['report', 'output/small', '-q'], { cwd: root })).toMatchObject({ status: 0 });
    }),
);

test.each(ENDLESS)('%s as a saved state is put aside with a word, and as a part refused', (_, make) =>
  inTemporaryFolder(async (root) => {
    await writeFile(join(root, 's.yaml'), SCENARIO);
    const states = join(root, 'output/small/.checkpoint');
    await mkdir(states, { recursive: true });
    await make(join(states, 'pass-1.000001.tjstate'));
    const resumed = await tokenjouleQuickly(['run', 's.yaml', '-q', '-j', '0', '--resume'], { cwd: root });
    expect(resumed.stderr).toContain(`pass-1.000001.tjstate ${NOT}; set aside as `);
    expect(resumed.status).toBe(0);
    expect(await tokenjouleQuickly(['run', 's.yaml', '-q', '-j', '0', '--shard', '1/1'], { cwd: root })).toMatchObject({
      status: 0,
    });
    const parts = join(root, 'output/small/parts');
    const [part] = await readdir(parts);
    await rename(join(parts, part), join(root, 'part'));
    await make(join(parts, part));
    const { status, stderr } = await tokenjouleQuickly(['merge', parts, '-q', '-j', '0'], { cwd: root });
    expect([status, stderr]).toEqual([2, `${join(parts, part)}: ${NOT}\n`]);
  }),
);
