// Batches night after night by the built command line: what is kept, taken over and drawn, and what the trend says of it. Whether
// numbers are right is tested elsewhere.
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readRowsOf } from '../../src/tables/read.js';
import { COMPARE } from '../../src/tables/studies.js';
import { TREND } from '../../src/tables/trend.js';
import { tokenjouleQuickly } from '../command-line.js';
import { needs } from '../needs.js';

vi.setConfig({ testTimeout: 240_000 });

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'nights-'));
});
afterAll(() => rm(root, { recursive: true }));

const scenario = (name: string, pue: number, more = '') => `version: 1
name: ${name}
samples: 4096
node_power_kw: 10.2
power_utilization: { uniform: { min: 0.4, max: 0.9 } }
pue: ${pue}
input_tokens: 1000
output_tokens: { lognormal: { median: 300, p95: 1200 } }
models: { A: { tps: 2000 } }
regimes: { t: {} }
${more}
`;

/** A folder with these scenarios in files of their names. */
async function folderOf(name: string, texts: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  for (const [file, text] of Object.entries(texts)) await writeFile(join(folder, `${file}.yaml`), text);
  return folder;
}

const statesIn = async (out: string) => {
  const { runs } = JSON.parse(await readFile(join(out, 'index.json'), 'utf8')) as {
    runs: readonly { scenario: string; state: string }[];
  };
  return runs.map(({ scenario, state }) => `${scenario} ${state}`);
};

describe('a batch', () => {
  test(
    'keeps what stands, draws what has changed or is damaged, and says which in its index',
    needs('minutes'),
    async () => {
      const files = await folderOf('kept', { a: scenario('a', 1.2), b: scenario('b', 1.2), c: scenario('c', 1.2) });
      const out = join(root, 'kept-out');
      const run = (...more: string[]) => tokenjouleQuickly(['run', join(files, '*.yaml'), '-o', out, ...more]);
      expect(await run('-q')).toMatchObject({ status: 0, stderr: '' });
      expect(await statesIn(out)).toEqual(['a drawn', 'b drawn', 'c drawn']);
      const before = await stat(join(out, 'a', 'summary.arrow'));
      await writeFile(join(files, 'b.yaml'), scenario('b', 1.3));
      await writeFile(join(out, 'c', 'fleet.arrow'), 'damaged');
      const second = await run();
      expect(await statesIn(out)).toEqual(['a kept', 'b drawn', 'c drawn']);
      expect((await stat(join(out, 'a', 'summary.arrow'))).mtimeMs).toBe(before.mtimeMs);
      expect(second.stdout).toContain(
        `a: kept, scenario, data and version are unchanged; result in ${join(out, 'a')} (--force draws it anew)\n`,
      );
      await run('-q', '--kernel', 'reference');
      expect(await statesIn(out)).toEqual(['a drawn', 'b drawn', 'c drawn']);
      await run('-q', '--kernel', 'reference', '--force');
      expect(await statesIn(out)).toEqual(['a drawn', 'b drawn', 'c drawn']);
      await run('-q', '--kernel', 'reference', '--no-histogram');
      expect(await statesIn(out)).toEqual(['a drawn', 'b drawn', 'c drawn']);
      await expect(stat(join(out, 'a', 'histogram.arrow'))).rejects.toThrow();
    },
  );

  test('keeps the result of a run to a precision, and holds kept results against expectations', async () => {
    const until =
      'precision: { metric: energy, quantile: p50, relative: 0.02 }\nexpect: { energy.p50: { below: 0.1 } }';
    const files = await folderOf('precise', { p: scenario('p', 1.2, until), q: scenario('q', 1.2) });
    const out = join(root, 'precise-out');
    const run = () => tokenjouleQuickly(['run', join(files, '*.yaml'), '-o', out, '-q', '--samples', '300000']);
    expect((await run()).status).toBe(3);
    const again = await run();
    expect(again.status).toBe(3);
    expect(again.stderr).toContain('p: expectation failed: energy.p50');
    expect(await statesIn(out)).toEqual(['p kept', 'q kept']);
  });
});

describe('nights', () => {
  test(
    'take over what has not changed, compare with the night before, and tell what moved and why',
    needs('minutes'),
    async () => {
      const expectation = 'expect: { energy.p50: { ratio_to: previous, within: [0.95, 1.05] } }';
      const files = await folderOf('nightly', { a: scenario('a', 1.2, expectation), b: scenario('b', 1.2) });
      const nights = join(root, 'nights');
      const night = (name: string, ...more: string[]) =>
        tokenjouleQuickly(['run', join(files, '*.yaml'), '-q', '-o', join(nights, name), ...more]);
      const first = await night('2026-12-01');
      expect(first).toMatchObject({ status: 0 });
      expect(first.stderr).toBe(
        `a: no earlier result in ${join(nights, '2026-12-01', 'a')}; 1 expectation with ratio_to: previous not judged\n`,
      );
      expect((await tokenjouleQuickly(['trend', nights])).status).toBe(0);
      expect((await night('2026-12-02', '--previous', join(nights, '2026-12-01'))).status).toBe(0);
      expect(await statesIn(join(nights, '2026-12-02'))).toEqual(['a taken over', 'b taken over']);
      expect((await tokenjouleQuickly(['trend', nights, '-q'])).status).toBe(0);
      await writeFile(join(files, 'a.yaml'), scenario('a', 1.5, expectation));
      const third = await night('2026-12-10', '--previous', join(nights, '2026-12-02'));
      expect(third.status).toBe(3);
      expect(third.stderr).toContain('a: expectation failed: energy.p50');
      const trend = await tokenjouleQuickly(['trend', nights, '-q']);
      expect(trend).toEqual({
        status: 3,
        stdout: '',
        stderr:
          '2026-12-10: 1 result moved beyond its Monte Carlo error; most a, t, A +25 % to 0.403 Wh (regimes.t.pue 1.2 → 1.5)\n',
      });
      const rows = await readRowsOf(join(nights, 'trend.arrow'), TREND);
      expect(rows.map(({ night, scenario, moved }) => `${night} ${scenario} ${moved}`)).toEqual([
        ...['2026-12-01 a first', '2026-12-02 a no', '2026-12-10 a yes'],
        ...['2026-12-01 b first', '2026-12-02 b no', '2026-12-10 b no'],
      ]);
      // The median is linear in a constant PUE, and the draws are the same; a quantile is known to 1e-4, its bin.
      expect(rows[2].ratio).toBeCloseTo(1.5 / 1.2, 3);

      const compare = (...more: string[]) =>
        tokenjouleQuickly(['compare', join(nights, '2026-12-02'), join(nights, '2026-12-10'), '-o', root, ...more]);
      const compared = await compare();
      expect(compared).toMatchObject({ status: 0, stderr: '' });
      expect(compared.stdout).toMatch(
        /^2 scenarios over 2 nights, 2026-12-02 to 2026-12-10\n2026-12-10: 1 result moved/,
      );
      expect(compared.stdout).toContain('regimes.t.pue 1.2 → 1.5');
      const pairs = await readRowsOf(join(root, '2026-12-10-vs-2026-12-02', 'compare.arrow'), COMPARE);
      expect(
        pairs.filter(({ quantity }) => quantity === 'energy_ratio').map(({ scenario_b, p50 }) => [scenario_b, p50]),
      ).toEqual([
        ['a', expect.closeTo(1.25, 3)],
        ['b', 1],
      ]);
      const run = join(nights, '2026-12-10', 'a');
      expect(await tokenjouleQuickly(['compare', nights, run])).toMatchObject({
        status: 2,
        stderr: `tokenjoule compare: ${run} is a run's folder and ${nights} is not; name two of runs, or two that hold them; see tokenjoule --help\n`,
      });

      expect(
        (await tokenjouleQuickly(['convert', nights, '--to', 'parquet', '-o', join(root, 'lake'), '-q'])).status,
      ).toBe(0);
      expect(await readdir(join(root, 'lake', 'summary'))).toEqual([
        'date=2026-12-01',
        'date=2026-12-02',
        'date=2026-12-10',
      ]);
      expect(await readdir(join(root, 'lake', 'summary', 'date=2026-12-10'))).toEqual(['run=a', 'run=b']);
      const counted = await tokenjouleQuickly([
        ...['query', '--allow-files', '--json'],
        `SELECT date::VARCHAR AS date, count(DISTINCT scenario)::INT AS scenarios FROM '${join(root, 'lake/summary')}/*/*/*.parquet' GROUP BY ALL ORDER BY 1`,
        nights,
      ]);
      expect(JSON.parse(counted.stdout)).toEqual(
        ['2026-12-01', '2026-12-02', '2026-12-10'].map((date) => ({ date, scenarios: 2 })),
      );
    },
  );

  test('without a folder of nights, or with a missing scenario, say so', async () => {
    const empty = await folderOf('empty', {});
    expect(await tokenjouleQuickly(['trend', empty])).toMatchObject({
      status: 2,
      stderr: `${empty}: holds no nights: folders with a folder for each scenario, as run --out DIR/<night> writes them\n`,
    });
    const nights = join(root, 'lost');
    const files = await folderOf('lost-files', { a: scenario('a', 1.2), b: scenario('b', 1.2) });
    await tokenjouleQuickly(['run', join(files, 'a.yaml'), join(files, 'b.yaml'), '-q', '-o', join(nights, '1')]);
    await tokenjouleQuickly(['run', join(files, 'a.yaml'), '-q', '-o', join(nights, '2')]);
    expect(await tokenjouleQuickly(['trend', nights, '-q'])).toMatchObject({
      status: 3,
      stderr: '2: nothing moved beyond its Monte Carlo error; 1 missing (b)\n',
    });
  });
});
