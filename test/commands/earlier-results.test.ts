// A second sweep, analysis or comparison in one folder: the first is kept by its content or, under a name, replaced with a word.
// Cannot see what a reader makes of the names.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTable } from '../../src/tables/read.js';
import { tokenjouleQuickly } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { SMALL } from './small-scenario.js';

interface Place {
  readonly root: string;
  run(...args: string[]): Promise<string>;
  names(): Promise<string[]>;
}

/** Runs commands that have to end well, and returns what they say on stderr. */
async function inPlace(use: (place: Place) => Promise<void>): Promise<void> {
  await inTemporaryFolder(async (root) => {
    const uncertain = SMALL.replace('pue: 1.2', 'pue: { uniform: { min: 1.1, max: 1.3 } }');
    await writeFile(join(root, 's.yaml'), uncertain);
    await use({
      root,
      async run(...args) {
        const { status, stderr } = await tokenjouleQuickly([...args, '-q', '-j', '0'], { cwd: root });
        expect([status, stderr]).toEqual([0, stderr]);
        return stderr;
      },
      names: async () => (await readdir(join(root, 'output/small'))).sort(),
    });
  });
}

describe('a second sweep', () => {
  const sweep = ['sweep', 's.yaml', '--over'];

  test('of other content keeps the first under its keys and hash, and says where', () =>
    inPlace(async ({ root, run, names }) => {
      await run(...sweep, 'pue=1.1,1.2');
      const first = await readFile(join(root, 'output/small/sweep.arrow'));
      const told = await run(...sweep, 'power_utilization=0.4,0.5');
      const [, kept] = /the earlier one is kept as (sweep-pue-[0-9a-f]{8})\.arrow\n$/.exec(told) ?? [];
      expect(told).toBe(`small: sweep.arrow is the new result; the earlier one is kept as ${kept}.arrow\n`);
      expect(await names()).toEqual([`${kept}.arrow`, `${kept}.json`, 'sweep.arrow', 'sweep.json'].sort());
      expect((await readFile(join(root, 'output/small', `${kept}.arrow`))).equals(first)).toBe(true);
      const { columns } = await readTable(join(root, 'output/small/sweep.arrow'));
      expect(columns.map(({ name }) => name)).toContain('power_utilization');
    }));

  test('of the same content replaces the first, and there is nothing to say', () =>
    inPlace(async ({ run, names }) => {
      await run(...sweep, 'pue=1.1,1.2');
      expect(await run(...sweep, 'pue=1.1,1.2')).toBe('');
      expect(await names()).toEqual(['sweep.arrow', 'sweep.json']);
    }));

  test('of a name has files of its own, and says what it replaces under that name', () =>
    inPlace(async ({ run, names }) => {
      await run(...sweep, 'pue=1.1,1.2');
      expect(await run(...sweep, 'pue=1.3,1.4', '--name', 'high')).toBe('');
      expect(await names()).toEqual(['sweep-high.arrow', 'sweep-high.json', 'sweep.arrow', 'sweep.json']);
      expect(await run(...sweep, 'pue=1.3,1.4', '--name', 'high')).toBe('');
      expect(await run(...sweep, 'pue=1.3,1.5', '--name', 'high', '-s', 'two')).toMatch(
        /^small: replaces sweep-high\.arrow, an earlier result \(pue, scenario hash [0-9a-f]{8}, seed one, by tokenjoule .*\)\n$/,
      );
      expect(await names()).toHaveLength(4);
    }));

  test.each(['../x', '.x', 'a/b', '', 'x'.repeat(61)])('takes no name that is no part of a file name: %j', (name) =>
    inPlace(async ({ root }) => {
      const { status, stderr } = await tokenjouleQuickly([...sweep, 'pue=1.1,1.2', `--name=${name}`], { cwd: root });
      expect([status, stderr]).toEqual([
        2,
        `tokenjoule sweep: --name takes up to 60 letters a–z, digits, '.', '_' and '-', not starting with '.'; found ${JSON.stringify(name)}; see tokenjoule --help\n`,
      ]);
    }),
  );
});

test('a second analysis keeps the first by its method, one of a name stands beside it', () =>
  inPlace(async ({ run, names }) => {
    await run('analyze', 's.yaml', '-m', 'tornado');
    const told = await run('analyze', 's.yaml', '-m', 'morris', '-n', '16');
    expect(told).toMatch(
      /^small: sensitivity\.arrow is the new result; the earlier one is kept as sensitivity-tornado-[0-9a-f]{8}\.arrow\n$/,
    );
    expect(await run('analyze', 's.yaml', '-m', 'morris', '-n', '16')).toBe('');
    await run('analyze', 's.yaml', '-m', 'tornado', '--name', 'mine');
    expect(await names()).toEqual([
      'sensitivity-mine.arrow',
      expect.stringMatching(/^sensitivity-tornado-/),
      'sensitivity.arrow',
    ]);
  }));

test('a second comparison of two names keeps the first', () =>
  inPlace(async ({ root, run }) => {
    const text = await readFile(join(root, 's.yaml'), 'utf8');
    await writeFile(join(root, 't.yaml'), text.replace('name: small', 'name: other').replace('max: 1.3', 'max: 1.4'));
    await run('compare', 's.yaml', 't.yaml', '-n', '1000');
    const told = await run('compare', 's.yaml', 't.yaml', '-n', '2000');
    expect(told).toMatch(
      /^other-vs-small: compare\.arrow is the new result; the earlier one is kept as compare-[0-9a-f]{8}\.arrow\n/,
    );
    const names = await readdir(join(root, 'output/other-vs-small'));
    expect(names.filter((name) => name.startsWith('compare'))).toHaveLength(2);
  }));

test('a report of a folder that holds named sweeps alone shows one', () =>
  inPlace(async ({ root, run, names }) => {
    await run('sweep', 's.yaml', '--over', 'pue=1.1,1.2', '--name', 'low');
    expect(await names()).toEqual(['sweep-low.arrow', 'sweep-low.json']);
    const { status, stdout } = await tokenjouleQuickly(['report', 'output/small'], { cwd: root });
    expect([status, stdout]).toEqual([0, 'output/small/report.html\n']);
  }));
