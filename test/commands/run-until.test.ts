// What a run to a precision tells its reader, by the built command line. What it cannot see: whether the interval is right
// (replicates.test.ts).
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenjouleQuickly } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';

const TEXT = `
version: 1
name: precise
samples: 131072
node_power_kw: 10
models: { one: { tps: 1000 } }
regimes:
  traditional:
    input_tokens: 500
    output_tokens: { exponential: { mean: 300 } }
    power_utilization: 0.5
    pue: 1.2
`;

const until = (text: string) =>
  inTemporaryFolder(async (out) => {
    await writeFile(join(out, 's.yaml'), TEXT);
    const { status, stdout } = await tokenjouleQuickly([
      'run',
      join(out, 's.yaml'),
      '-o',
      out,
      '-j',
      '0',
      '--until',
      text,
    ]);
    const manifest = JSON.parse(await readFile(join(out, 'precise', 'manifest.json'), 'utf8'));
    return { status, stdout, manifest };
  });

describe('tokenjoule run --until', { timeout: 120_000 }, () => {
  it('stops early, and says in text and manifest what it used', async () => {
    const { status, stdout, manifest } = await until('p50=5%');
    expect(status).toBe(0);
    expect(stdout).toContain('with 65,536 samples, round 1; asked: ±5');
    expect(manifest.precision).toMatchObject({ asked: 0.05, samples: 65_536, limit: 131_072, rounds: [65_536] });
    expect(manifest.precision.found).toBeLessThan(0.05);
    expect(manifest.scenario).toMatchObject({ samples: 65_536 });
    expect(manifest.scenario).not.toHaveProperty('precision');
  });

  it('says that the limit came first', async () => {
    const { status, stdout, manifest } = await until('p50=0.1%');
    expect(status).toBe(0);
    expect(stdout).toContain('not reached within the limit of 131,072 samples; raise samples');
    expect(manifest.precision).toMatchObject({ asked: 0.001, samples: 131_072, rounds: [65_536, 131_072] });
    expect(manifest.precision.found).toBeGreaterThan(0.001);
  });
});

describe('a run that cannot be divided', { timeout: 120_000 }, () => {
  it.each([
    ['--shard', '1/2', 'a precision to run to', '--until', 'p50=1%'],
    ['--resume', '', 'sampler sobol', '--sampler', 'sobol'],
    ['--cluster', 'redis://127.0.0.1:1', 'sampler latin-hypercube', '--sampler', 'latin-hypercube'],
  ])('refuses %s', (flag, value, why, ...more) =>
    inTemporaryFolder(async (out) => {
      await writeFile(join(out, 's.yaml'), TEXT);
      const asked = [flag, value].filter((text) => text !== '');
      const { status, stderr } = await tokenjouleQuickly(['run', join(out, 's.yaml'), '-o', out, ...more, ...asked]);
      expect(stderr).toBe(
        `tokenjoule run: ${flag} is for runs that can be divided; precise has ${why}; see tokenjoule --help\n`,
      );
      expect(status).toBe(2);
    }),
  );
});
