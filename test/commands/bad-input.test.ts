// Command lines that cannot be done: one message, status 2, nothing written. Bad scenarios are in test/scenario.
import { mkdir, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenjouleQuickly } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { SMALL } from './small-scenario.js';

describe('bad input', () => {
  // Every row: the arguments, and the whole of stderr. Status 2, nothing on stdout, nothing written.
  const rows: [string, string[], string | RegExp][] = [
    [
      'an unknown command',
      ['rum'],
      'tokenjoule: unknown command rum; commands are run, sweep, merge, worker, status, check, explain, throughput, catalogue, init, analyze, compare, levers, trend, validate, calibrate, annotate, report, convert, query, explore, schema and clean, see tokenjoule --help\n',
    ],
    [
      'an unknown flag',
      ['run', 's.yaml', '--sample', '5'],
      'tokenjoule run: unknown flag --sample; the nearest is --samples; see tokenjoule --help\n',
    ],
    ['no file', ['run'], 'tokenjoule run: name at least one scenario file; see tokenjoule --help\n'],
    [
      'a count that is none',
      ['run', 's.yaml', '-n', 'many'],
      'tokenjoule run: --samples takes a whole number from 1 on; found "many"; see tokenjoule --help\n',
    ],
    [
      'negative workers',
      ['run', 's.yaml', '--workers=-1'],
      'tokenjoule run: --workers takes a whole number from 0 on; found "-1"; see tokenjoule --help\n',
    ],
    [
      'an empty output folder',
      ['run', 's.yaml', '--out', ''],
      'tokenjoule run: --out takes a folder; found ""; see tokenjoule --help\n',
    ],
    [
      'far too many workers',
      ['run', 's.yaml', '--workers', '100000'],
      /^tokenjoule run: --workers takes at most \d+ on \d+ cores; found 100000; see/,
    ],
    ['a missing file', ['run', 'nowhere.yaml'], 'nowhere.yaml: no such file\n'],
    ['a folder as a file', ['run', '.'], '.: is a directory; expected a file\n'],
    ['a 1 GB file', ['run', 'huge.yaml'], 'huge.yaml: is too large: 1024.0 MiB, at most 1 allowed\n'],
    ['a misspelt --set', ['run', 's.yaml', '--set', 'puee=1'], /^--set puee=1: .*pue/],
    ['an output folder that is a file', ['run', 's.yaml', '-o', 's.yaml'], /^s\.yaml\/small: .*--out/],
    [
      'an output folder that cannot be made',
      ['run', 's.yaml', '-o', '/proc/tokenjoule'],
      /^\/proc\/tokenjoule\/small: .*--out/,
    ],
  ];

  it.each(rows)('%s gets one clear message and status 2, and nothing is written', (_, args, message) =>
    inTemporaryFolder(async (cwd) => {
      await writeFile(join(cwd, 's.yaml'), SMALL);
      await writeFile(join(cwd, 'huge.yaml'), '');
      await truncate(join(cwd, 'huge.yaml'), 2 ** 30);
      await mkdir(join(cwd, 'output'));
      const outcome = await tokenjouleQuickly(args, { cwd });
      expect(outcome.stderr).toMatch(message);
      if (typeof message === 'string') expect(outcome.stderr).toBe(message);
      expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(outcome).toMatchObject({ status: 2, stdout: '' });
      expect(await readdir(cwd)).toEqual(['huge.yaml', 'output', 's.yaml']);
      expect(await readdir(join(cwd, 'output'))).toEqual([]);
    }),
  );
});
