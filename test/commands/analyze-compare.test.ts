// The commands analyze and compare, called in this process: files, text, and the exact message for bad input. What it cannot
// see: exit statuses, which cli.ts gives.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyzeCommand } from '../../src/commands/analyze.js';
import { compareCommand } from '../../src/commands/compare.js';
import { runCommand } from '../../src/commands/run.js';
import type { Surroundings } from '../../src/commands/surroundings.js';
import { RunError } from '../../src/errors.js';
import { readTable } from '../../src/tables/read.js';
import { SUM_SCENARIO } from '../analysis/scenarios.js';
import { needs } from '../needs.js';
import { THREAD_ENTRY } from '../surroundings.js';

let folder: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenjoule-analyze-'));
  await writeFile(path('a.yaml'), SUM_SCENARIO);
  await writeFile(
    path('b.yaml'),
    SUM_SCENARIO.replace('name: sum', 'name: more').replace('median: 300', 'median: 600'),
  );
  await writeFile(path('other-seed.yaml'), SUM_SCENARIO.replace('seed: s', 'seed: t'));
  await writeFile(path('correlated.yaml'), `${SUM_SCENARIO}correlation: { output_tokens: { pue: 0.5 } }\n`);
});

afterAll(() => rm(folder, { recursive: true }));

type Command = (args: readonly string[], around: Surroundings) => Promise<number>;

async function outputOf(command: Command, ...args: string[]): Promise<string> {
  let text = '';
  const stream = { write: (more: string) => (text += more) };
  await command([...args, '--out', path('out')], {
    stdout: stream,
    stderr: { write: () => true, isTTY: false },
    environment: {},
    signal: new AbortController().signal,
    threadEntry: THREAD_ENTRY,
    now: () => new Date(0),
    seconds: () => 0,
  } as Surroundings);
  return text;
}

async function messageOf(command: Command, ...args: string[]): Promise<string> {
  const error = await outputOf(command, ...args).then(
    () => new Error('nothing was refused'),
    (one: Error) => one,
  );
  return error.message.replaceAll(folder, '.');
}

describe('tokenjoule analyze', () => {
  it('tells the median and the mean of a query beside what moves it', async () => {
    const text = await outputOf(analyzeCommand, path('a.yaml'), '--samples', '64');
    const row =
      /\nenergy, Wh\/query +median .*\n {2}traditional, One +([\d.]+) +[\d.–]+ +([\d.]+) +([\d.]+)–([\d.]+)\n/.exec(
        text,
      );
    const [median, found, low, high] = row?.slice(1).map(Number) ?? [];
    // Means of the lognormals by P5 and P95 (z = 1.645), and of an exponential of this median.
    const mean = (low: number, high: number) =>
      Math.sqrt(low * high) * Math.exp((Math.log(high / low) / 3.29) ** 2 / 2);
    const expected = (10 * mean(0.4, 0.9) * mean(1.05, 1.6) * (300 / Math.LN2)) / 1000 / 3.6;
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.02);
    expect(median).toBeLessThan(found);
    expect(low).toBeLessThan(found);
    expect(high).toBeGreaterThan(found);
  });

  it('writes sensitivity.arrow under the names of the scenario, sorted, and prints it', async () => {
    const text = await outputOf(analyzeCommand, path('a.yaml'), '--samples', '1024');
    expect(text).toMatch(/traditional, One: energy +s1 +st\n {2}output_tokens +0\.\d{3} ± 0\.\d{3}/);
    const table = await readTable(path('out/sum/sensitivity.arrow'));
    expect(table.name).toBe('sensitivity');
    expect(table.columns.slice(0, 8).map(({ name }) => name)).toEqual([
      'scenario',
      'regime',
      'subject_kind',
      'subject',
      'output',
      'unit',
      'method',
      'parameter',
    ]);
    const own = table.rows.filter(({ output }) => output === 'energy');
    expect(own.map(({ parameter }) => parameter)).toEqual([
      'output_tokens',
      'power_utilization',
      'pue',
      'input_tokens',
      'dummy',
    ]);
    expect(own[0]).toMatchObject({ method: 'sobol saltelli2010', mu_star: null, conf_level: 0.95, n: 1024 });
  });

  it('prints rows for machines', async () => {
    const { analyses } = JSON.parse(await outputOf(analyzeCommand, path('a.yaml'), '-m', 'tornado', '--json'));
    expect(analyses[0]).toMatchObject({ scenario: 'sum' });
    expect(analyses[0].sensitivity[0]).toMatchObject({ parameter: 'output_tokens', method: 'tornado', s1: null });
  });

  it.each([
    [[], 'tokenjoule analyze: name at least one scenario file, or the samples.arrow of a run; see tokenjoule --help'],
    [
      ['./a.yaml', '--method', 'sobel'],
      'tokenjoule analyze: --method takes one of sobol, morris, tornado, regression, pawn, shapley; found "sobel"; ' +
        'did you mean sobol?; see tokenjoule --help',
    ],
    [
      ['./a.yaml', '--samples', '1000'],
      'tokenjoule analyze: --samples of sobol is a power of 2; found 1000, the nearest is 1024; see tokenjoule --help',
    ],
    [
      ['./a.yaml', '--target', 'P(power > 1)'],
      'tokenjoule analyze: --target takes P95 or "P(energy > 1)" (Wh); found "P(power > 1)"; see tokenjoule --help',
    ],
    [
      ['./a.yaml', '-m', 'morris', '--target', 'P95'],
      'tokenjoule analyze: morris moves one input at a time and knows no --target; ' +
        'take one of sobol, regression, pawn, shapley; see tokenjoule --help',
    ],
    [
      ['./a.yaml', '--conf-level', '95'],
      'tokenjoule analyze: --conf-level takes a number between 0 and 1; found "95"; see tokenjoule --help',
    ],
    [['./correlated.yaml'], './correlated.yaml: sobol takes independent inputs; for correlated ones use shapley'],
    [['./none.yaml'], './none.yaml: no such file'],
  ])('%j is refused', async (args, message) => {
    expect(await messageOf(analyzeCommand, ...args.map((arg) => arg.replace('./', `${folder}/`)))).toBe(message);
  });
});

describe('tokenjoule compare', () => {
  it('of scenario files writes both tables and prints ratio and attribution', needs('minutes'), async () => {
    const text = await outputOf(compareCommand, path('a.yaml'), path('b.yaml'), '--samples', '4096');
    expect(text).toMatch(
      /^more takes 2\.00 times the energy of sum \(median of One, traditional; Monte Carlo 95 % 2\.000–2\.000\)\n\nmore against sum, energy of a query/,
    );
    expect(text).toMatch(
      /traditional, change of the median, Wh \(± its Monte Carlo error\) +A +output_tokens +B\n {2}One +0\.\d+ +\+0\.\d+ ± 0\.00\d+ +1\.\d+/,
    );
    const compare = await readTable(path('out/more-vs-sum/compare.arrow'));
    expect(compare.rows.map(({ quantity, paired }) => [quantity, paired])).toEqual([
      ['energy_ratio', 'yes'],
      ['energy_difference', 'yes'],
    ]);
    expect((await readTable(path('out/more-vs-sum/attribution.arrow'))).rows).toHaveLength(1);
    expect((await readdir(path('out/more-vs-sum'))).sort()).toEqual(['attribution.arrow', 'compare.arrow']);
  });

  it('of result folders compares distributions, and says that it is not paired', async () => {
    await outputOf(runCommand, path('a.yaml'), path('b.yaml'), '--workers', '0', '--quiet');
    const text = await outputOf(compareCommand, path('out/sum'), path('out/more'));
    expect(text).toContain('note: not paired');
    const { rows } = await readTable(path('out/more-vs-sum/compare.arrow'));
    const [a, b] = await Promise.all(['sum', 'more'].map((name) => readTable(path(`out/${name}/summary.arrow`))));
    const median = (table: typeof a) => Number(table.rows.find(({ metric }) => metric === 'energy')!.p50);
    expect(rows[0]).toMatchObject({ paired: 'no', std: null, p50: median(b) / median(a) });
    expect(rows[0].p50_ci_low).toBeLessThan(Number(rows[0].p50));
  });

  it('of two seeds is possible with one for both', async () => {
    const text = await outputOf(compareCommand, path('a.yaml'), path('other-seed.yaml'), '-n', '1024', '--seed', 'u');
    expect(text).toContain('nothing that changes the energy of a query differs');
  });

  it.each([
    [['./a.yaml'], 'tokenjoule compare: name two scenario files or two result folders; found 1; see tokenjoule --help'],
    [
      ['./a.yaml', './other-seed.yaml'],
      './other-seed.yaml: seed: the seeds differ ("s" in sum, "t" in sum), so draws would not be paired; ' +
        'give both one with --seed',
    ],
    [
      ['./a.yaml', './'],
      'tokenjoule compare: ./ is a folder and ./a.yaml is not; ' +
        'name two scenario files or two result folders; see tokenjoule --help',
    ],
    [['./', './'], './: is neither a run nor a folder of runs: give what run --out DIR wrote, DIR or DIR/<scenario>'],
    [
      ['./', './', '--seed', 'x'],
      'tokenjoule compare: --seed, --samples and --set are for scenario files; results are as they were drawn; ' +
        'see tokenjoule --help',
    ],
  ])('%j is refused', async (args, message) => {
    expect(await messageOf(compareCommand, ...args.map((arg) => arg.replace('./', `${folder}/`)))).toBe(message);
  });

  it('says what ends it in its thread, as a run does', async () => {
    const wide = SUM_SCENARIO.replace(
      'power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }',
      'power_utilization: { lognormal: { mu: 0, sigma: 1000 } }',
    );
    await writeFile(path('wide.yaml'), wide);
    const error = await outputOf(compareCommand, path('wide.yaml'), path('a.yaml')).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(RunError);
    expect(String(error)).toContain('values lie further apart than histograms hold');
  });
});
