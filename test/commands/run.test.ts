// The command run as users meet it. What it cannot see: a real terminal's look.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/tables/read.js';
import { CLI, SCENARIOS, tokenjoule } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { SMALL } from './small-scenario.js';

const PAPER = join(SCENARIOS, 'oviedo-2026.yaml');

describe('tokenjoule run', () => {
  it('writes the tables and a manifest, and prints medians beside the published figures', () =>
    inTemporaryFolder(async (out) => {
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
    inTemporaryFolder(async (out) => {
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
    inTemporaryFolder(async (out) => {
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
    inTemporaryFolder(async (out) => {
      await writeFile(join(out, 's.yaml'), SMALL);
      await tokenjoule(['run', join(out, 's.yaml'), '-o', out, '-q', '--keep-samples']);
      const { rows } = await readTable(join(out, 'small', 'samples.arrow'));
      expect(rows).toHaveLength(3000);
    }));

  it('leaves no samples of an earlier run beside its own tables', needs('minutes'), () =>
    inTemporaryFolder(async (out) => {
      await writeFile(join(out, 's.yaml'), SMALL);
      await tokenjoule(['run', join(out, 's.yaml'), '-o', out, '-q', '--keep-samples']);
      await tokenjoule(['run', join(out, 's.yaml'), '-o', out, '-q']);
      expect(await readdir(join(out, 'small'))).not.toContain('samples.arrow');
    }),
  );

  it('runs several files one after the other, and refuses the second of one name', needs('minutes'), () =>
    inTemporaryFolder(async (out) => {
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
    }),
  );

  it('stops on Ctrl-C with status 130 and leaves nothing half-written', needs('minutes'), () =>
    inTemporaryFolder(async (out) => {
      const args = ['run', PAPER, '-o', out, '-n', '100000000', '--checkpoint', '0'];
      const { status, stderr } = await tokenjoule(args, { interruptAt: /% of 200,000,000 samples/ });
      expect(stderr).toMatch(/interrupted; nothing half-written was left\n$/);
      expect(status).toBe(130);
      expect(await readdir(out)).toEqual([]);
    }),
  );
});

describe('a reader that has seen enough', () => {
  it('ends no run, and makes no noise', needs('minutes'), () =>
    inTemporaryFolder(async (out) => {
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
    }),
  );
});
