// The command line as users meet it: the built file in a process of its own. What it cannot see: a real terminal's look.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/tables/read.js';
import { CLI, SCENARIOS, tokenjoule, withFolder } from './command.js';

const PAPER = join(SCENARIOS, 'oviedo-2026.yaml');

const SMALL = `
version: 1
name: small
seed: one
samples: 3000
node_power_kw: 10
models: { Only: { tps: 1000 } }
pue: 1.2
power_utilization: 0.5
input_tokens: 100
regimes: { traditional: { output_tokens: { exponential: { median: 300 } } } }
`;

describe('tokenjoule run', () => {
  it('writes the tables and a manifest, and prints medians beside the published figures', () =>
    withFolder(async (out) => {
      const { status, stdout, stderr } = await tokenjoule(['run', PAPER, '--out', out, '--samples', '50000']);
      expect(stderr).toBe('');
      expect(status).toBe(0);
      expect(await readdir(join(out, 'oviedo-2026'))).toEqual([
        'fleet.arrow',
        'histogram.arrow',
        'inputs.arrow',
        'manifest.json',
        'summary.arrow',
        'throughput.arrow',
      ]);
      expect(stdout).toMatch(/^oviedo-2026: Oviedo et al\. 2026/);
      expect(stdout).toContain('50,000 samples per model and regime, seed "oviedo"');
      expect(stdout).toMatch(
        /frontier, trimmed P14–P86 +0\.3[01]\d +0\.1[56]\d*–0\.[56]\d+ +[▁▂▃▄▅▆▇█]+ +0\.31 \(0\.16–0\.60\)/,
      );
      expect(stdout).toMatch(/ten-percent-long +1\.[67]\d? +1\.\d+–1\.\d+ +1\.7/);
      expect(stdout).toMatch(/6 files in .*oviedo-2026\n$/);
    }));

  it('prints nothing but JSON with --json: every table, with units', () =>
    withFolder(async (out) => {
      await writeFile(join(out, 's.yaml'), SMALL);
      const { status, stdout } = await tokenjoule(['run', join(out, 's.yaml'), '--out', out, '--json']);
      expect(status).toBe(0);
      const { runs } = JSON.parse(stdout);
      expect(Object.keys(runs[0])).toEqual([
        'scenario',
        'seed',
        'samples',
        'sampler',
        'folder',
        'seconds',
        'notes',
        'expectations',
        'summary',
        'throughput',
        'fleet',
        'inputs',
        'files',
      ]);
      const energy = runs[0].summary.find(({ metric }: { metric: string }) => metric === 'energy');
      expect(energy).toMatchObject({ subject: 'Only', unit: 'Wh/query', n: 3000 });
      // 300 tokens at 1000 tok/s on a 10 kW node at half power, PUE 1.2: 0.3 s of 6 kW.
      expect(Math.abs(energy.p50 / 0.5 - 1)).toBeLessThan(0.08);
      const table = await readTable(join(out, 'small', 'summary.arrow'));
      expect(table.rows).toEqual(runs[0].summary);
    }));

  it('lets flags win over the file: samples, seed and any value', () =>
    withFolder(async (out) => {
      await writeFile(join(out, 's.yaml'), SMALL);
      const args = [
        'run',
        join(out, 's.yaml'),
        '-o',
        out,
        '-n',
        '2_000',
        '-s',
        '0',
        '--set',
        'pue=2',
        '--set',
        'name=other',
        '-q',
      ];
      expect(await tokenjoule(args)).toEqual({ status: 0, stdout: '', stderr: '' });
      const manifest = JSON.parse(await readFile(join(out, 'other', 'manifest.json'), 'utf8'));
      expect(manifest.scenario).toMatchObject({ samples: 2000, seed: '0', name: 'other' });
      expect(manifest.scenario.regimes[0].pue.parameters.value).toBe(2);
    }));

  it('writes every draw with --keep-samples', () =>
    withFolder(async (out) => {
      await writeFile(join(out, 's.yaml'), SMALL);
      await tokenjoule(['run', join(out, 's.yaml'), '-o', out, '-q', '--keep-samples']);
      const { rows } = await readTable(join(out, 'small', 'samples.arrow'));
      expect(rows).toHaveLength(3000);
    }));

  it('leaves no samples of an earlier run beside its own tables', () =>
    withFolder(async (out) => {
      await writeFile(join(out, 's.yaml'), SMALL);
      await tokenjoule(['run', join(out, 's.yaml'), '-o', out, '-q', '--keep-samples']);
      await tokenjoule(['run', join(out, 's.yaml'), '-o', out, '-q']);
      expect(await readdir(join(out, 'small'))).not.toContain('samples.arrow');
    }));

  it('runs several files one after the other, and refuses the second of one name', () =>
    withFolder(async (out) => {
      await writeFile(join(out, 'a.yaml'), SMALL);
      await writeFile(join(out, 'b.yaml'), SMALL.replace('name: small', 'name: second'));
      const { status, stdout } = await tokenjoule(['run', join(out, 'a.yaml'), join(out, 'b.yaml'), '-o', out]);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^small\n.*\nsecond\n/s);
      await writeFile(join(out, 'twin.yaml'), SMALL);
      const twins = await tokenjoule(['run', join(out, 'a.yaml'), join(out, 'twin.yaml'), '-o', out]);
      expect(twins.stderr).toBe(
        `tokenjoule run: ${out}/a.yaml and ${out}/twin.yaml both have the name small, and one would overwrite the other; ` +
          'rename one; see tokenjoule --help\n',
      );
      expect(twins.status).toBe(2);
      expect(twins.stdout).toMatch(/^small\n/);
    }));

  it('stops on Ctrl-C with status 130 and leaves nothing half-written', () =>
    withFolder(async (out) => {
      const args = ['run', PAPER, '-o', out, '-n', '100000000', '--checkpoint', '0'];
      const { status, stderr } = await tokenjoule(args, { interruptAt: /% of 200,000,000 samples/ });
      expect(stderr).toMatch(/interrupted; nothing half-written was left\n$/);
      expect(status).toBe(130);
      expect(await readdir(out)).toEqual([]);
    }));
});

describe('tokenjoule check', () => {
  it('accepts every shipped scenario', async () => {
    const files = (await readdir(SCENARIOS))
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(SCENARIOS, name));
    const { status, stdout, stderr } = await tokenjoule(['check', ...files]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const file of files) expect(stdout).toContain(`${file}: `);
  });

  it('lists the problems of all files, each with its place', () =>
    withFolder(async (cwd) => {
      await writeFile(join(cwd, 'a.yaml'), SMALL.replace('pue:', 'pua:').replace('samples: 3000', 'samples: -1'));
      await writeFile(join(cwd, 'b.yaml'), SMALL.replace('tps: 1000', 'tps: fast'));
      const { status, stdout, stderr } = await tokenjoule(['check', 'a.yaml', 'b.yaml', 'c.yaml'], { cwd });
      expect(status).toBe(2);
      expect(stdout).toBe('');
      expect(stderr.split('\n').map((line) => line.split(';')[0])).toEqual([
        expect.stringMatching(/^a\.yaml:5:10: samples: .*-1$|^a\.yaml:5:10: samples: /),
        'a.yaml:8:1: pua: unknown key',
        expect.stringMatching(/^b\.yaml:7:24: models\.Only\.tps: /),
        'c.yaml: no such file',
        '',
      ]);
    }));
});

describe('tokenjoule schema', () => {
  it('prints a JSON Schema', async () => {
    const { status, stdout } = await tokenjoule(['schema']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
    });
  });
});

describe('a reader that has seen enough', () => {
  it('ends no run, and makes no noise', () =>
    withFolder(async (out) => {
      const args = ['run', join(SCENARIOS, 'oviedo-2026.yaml'), '-n', '1000', '-j', '0', '--json', '-o', out];
      const child = spawn(process.execPath, [CLI, ...args]);
      child.stdout.destroy();
      let stderr = '';
      child.stderr.on('data', (data) => {
        stderr += data;
      });
      expect(await once(child, 'close')).toEqual([0, null]);
      expect(stderr).not.toContain('Error');
      expect(await readdir(join(out, 'oviedo-2026'))).toContain('summary.arrow');
    }));
});

describe('tokenjoule alone', () => {
  it('tells its version and its help', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(await tokenjoule(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect((await tokenjoule(['--help'])).stdout).toMatch(/^tokenjoule: Monte Carlo/);
    expect((await tokenjoule([])).stdout).toMatch(/^tokenjoule: Monte Carlo/);
  });
});

describe('bad input', () => {
  // Every row: the arguments, and the whole of stderr. Status 2, nothing on stdout, nothing written.
  const rows: [string, string[], string | RegExp][] = [
    [
      'an unknown command',
      ['rum'],
      'tokenjoule: unknown command rum; commands are run, sweep, merge, worker, status, check, analyze, compare, report, convert, query, explore, schema and clean, see tokenjoule --help\n',
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
    withFolder(async (cwd) => {
      await writeFile(join(cwd, 's.yaml'), SMALL);
      await writeFile(join(cwd, 'huge.yaml'), '');
      await truncate(join(cwd, 'huge.yaml'), 2 ** 30);
      await mkdir(join(cwd, 'output'));
      const outcome = await tokenjoule(args, { cwd });
      expect(outcome.stderr).toMatch(message);
      if (typeof message === 'string') expect(outcome.stderr).toBe(message);
      expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
      expect(outcome).toMatchObject({ status: 2, stdout: '' });
      expect(await readdir(cwd)).toEqual(['huge.yaml', 'output', 's.yaml']);
      expect(await readdir(join(cwd, 'output'))).toEqual([]);
    }),
  );
});
