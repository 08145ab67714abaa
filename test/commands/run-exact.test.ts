/**
 * Samplers exact and auto by the built command line: what is written, said and refused. What it cannot see: whether the
 * numbers are right (test/simulate/integrated.test.ts, integrated-oracle.test.ts).
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/tables/read.js';
import { tokenjouleQuickly } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

const SCENARIO = {
  version: 1,
  name: 'integrated',
  samples: 20_000,
  node_power_kw: 10,
  models: { a: { tps: { lognormal: { p5: 500, p95: 2000 } } } },
  power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } },
  pue: { lognormal: { p5: 1.05, p95: 1.6 } },
  input_tokens: 500,
  regimes: { traditional: { output_tokens: { exponential: { median: 300 } } } },
  blends: { all: { models: ['a'] } },
  expect: { 'energy.p50': { above: 0.1 }, 'energy.p95': { below: 100 } },
};
const CORRELATED = { ...SCENARIO, correlation: { output_tokens: { pue: 0.5 } } };
const ALL_CORRELATED = { ...CORRELATED, models: { a: { tps: 900 } }, power_utilization: 0.7 };

const run = (scenario: object, ...args: string[]) =>
  inTemporaryFolder(async (out) => {
    await writeFile(join(out, 's.yaml'), JSON.stringify(scenario));
    const outcome = await tokenjouleQuickly(['run', join(out, 's.yaml'), '-o', out, ...args]);
    const bytes = await readFile(join(out, 'integrated', 'summary.arrow')).catch(() => undefined);
    return { ...outcome, bytes };
  });

const rowsOf = (stdout: string) => JSON.parse(stdout).runs[0].summary as { metric: string; n: number; p50: number }[];

describe('tokenjoule run --sampler exact', { timeout: 120_000 }, () => {
  it('draws nothing where all can be integrated, says so, and judges expectations', async () => {
    const { status, stdout } = await run(SCENARIO, '--sampler', 'exact');
    expect(status).toBe(0);
    expect(stdout).toContain('integrated, no draws, sampler exact');
    expect(stdout).toContain('expectations: 2 of 2 hold');
  });

  it('writes tables of the same rows, with no draws behind them', async () => {
    const [exact, drawn] = await Promise.all([run(SCENARIO, '--sampler', 'exact', '--json'), run(SCENARIO, '--json')]);
    const [ours, theirs] = [rowsOf(exact.stdout), rowsOf(drawn.stdout)];
    expect(ours.map((row) => Object.keys(row))).toEqual(theirs.map((row) => Object.keys(row)));
    expect(new Set(ours.map(({ n }) => n))).toEqual(new Set([0]));
    for (const [i, { p50 }] of ours.entries()) expect(Math.abs(p50 - theirs[i].p50)).toBeLessThanOrEqual(0.05 * p50);
  });

  it('writes the same bytes for any number of threads, also where a part is drawn', needs('minutes'), async () => {
    const runs = await Promise.all(['0', '2'].map((workers) => run(CORRELATED, '--sampler', 'exact', '-j', workers)));
    const [here, onThreads] = runs.map(({ bytes }) => bytes);
    expect(here?.length).toBeGreaterThan(0);
    expect(onThreads).toEqual(here);
  });

  it('says how many draws were made of a distribution of which a part is drawn', async () => {
    const { stdout } = await run(CORRELATED, '--sampler', 'auto', '--json');
    const draws = new Map(rowsOf(stdout).map(({ metric, n }) => [metric, n]));
    expect(draws.get('energy')).toBe(20_000);
    expect(draws.get('pue')).toBe(0);
  });

  it('is refused where nothing can be integrated, with the keys that cause it; auto draws', async () => {
    const { status, stderr, bytes } = await run(ALL_CORRELATED, '--sampler', 'exact');
    expect(status).toBe(2);
    expect(stderr).toContain('s.yaml: sampler: exact has nothing to integrate: correlation draws output_tokens, pue');
    expect(bytes).toBeUndefined();
    expect((await run(ALL_CORRELATED, '--sampler', 'auto')).status).toBe(0);
  });

  it('needs no cluster, saves no states and keeps no draws', async () => {
    const cluster = await run(SCENARIO, '--sampler', 'exact', '--cluster', 'redis://localhost');
    expect(cluster.status).toBe(2);
    expect(cluster.stderr).toContain('which integrates instead of drawing and needs no other machine');
    const kept = await run(SCENARIO, '--sampler', 'exact', '--keep-samples');
    expect(kept.status).toBe(2);
    expect(kept.stderr).toContain('--keep-samples writes draws');
  });

  it('reaches a precision without draws', async () => {
    const { status, stdout } = await run(SCENARIO, '--sampler', 'exact', '--until', 'p50=0.01%');
    expect(status).toBe(0);
    expect(stdout).toContain('with 0 samples');
  });
});

describe('tokenjoule sweep --sampler exact', { timeout: 120_000 }, () => {
  const sweep = (scenario: object, ...args: string[]) =>
    inTemporaryFolder(async (out) => {
      await writeFile(join(out, 's.yaml'), JSON.stringify(scenario));
      const outcome = await tokenjouleQuickly([
        'sweep',
        join(out, 's.yaml'),
        '-o',
        out,
        '--over',
        'pue=1.1,1.3',
        ...args,
      ]);
      const table = join(out, 'integrated', 'sweep.arrow');
      const rows = outcome.status === 0 ? (await readTable(table)).rows : [];
      return { ...outcome, rows, bytes: await readFile(table).catch(() => undefined) };
    });

  it(
    'has in each cell the numbers of its run, with no draws, for any number of threads',
    needs('minutes'),
    async () => {
      const [one, two] = [
        await sweep(SCENARIO, '--sampler', 'exact', '-j', '0'),
        await sweep(SCENARIO, '--sampler', 'exact', '-j', '2'),
      ];
      expect(one.status).toBe(0);
      expect(two.bytes).toEqual(one.bytes);
      expect(new Set(one.rows.map(({ n }) => n))).toEqual(new Set([0]));
      const energies = one.rows.filter(({ metric, subject_kind }) => metric === 'energy' && subject_kind === 'model');
      expect(Number(energies[1].p50) / Number(energies[0].p50)).toBeCloseTo(1.3 / 1.1, 4);
      const { stdout } = await run({ ...SCENARIO, pue: 1.3 }, '--sampler', 'exact', '--json');
      expect(energies[1].p50).toBe(rowsOf(stdout).find(({ metric }) => metric === 'energy')?.p50);
    },
  );

  it('is refused on a cluster, as needless', async () => {
    const { status, stderr, bytes } = await sweep(SCENARIO, '--sampler', 'exact', '--cluster', 'redis://localhost');
    expect(status).toBe(2);
    expect(stderr).toContain('integrates instead of drawing and needs no other machine');
    expect(bytes).toBeUndefined();
  });

  it('says what stands in the way of a cell of which nothing can be integrated', async () => {
    const { status, stderr } = await sweep(ALL_CORRELATED, '--over', 'models.a.tps=900,800', '--sampler', 'exact');
    expect(status).toBe(2);
    expect(stderr).toContain('sampler: exact has nothing to integrate');
  });
});

describe('tokenjoule check --explain', { timeout: 60_000 }, () => {
  it('says what is integrated, what is drawn, and why', async () => {
    await inTemporaryFolder(async (out) => {
      await writeFile(join(out, 's.yaml'), JSON.stringify(CORRELATED));
      const { status, stdout } = await tokenjouleQuickly(['check', '--explain', join(out, 's.yaml')]);
      expect(status).toBe(0);
      expect(stdout).toContain('drawn and convolved: correlation draws output_tokens, pue together');
    });
  });
});
