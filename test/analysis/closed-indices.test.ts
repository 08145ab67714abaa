// Sobol indices of products in closed form, where a scenario asks to be integrated: against formulas of lognormals and against sampled
// indices, and where they do not hold. What it cannot see: indices of blends and of thresholds, which are always sampled.
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { sensitivityText } from '../../src/terminal/sensitivity-text.js';
import { shipped } from '../folders.js';
import { resolveText } from '../scenario/fixtures.js';

const [PUE, USE] = [0.3, 0.5];
const textOf = (more = '') => `version: 1
name: product
sampler: exact
node_power_kw: 10
models: { a: { tps: { lognormal: { mu: 6, sigma: 0.2 } } } }
power_utilization: { lognormal: { mu: -1, sigma: ${USE} } }
pue: { lognormal: { mu: 0.4, sigma: ${PUE} } }
input_tokens: 500
output_tokens: 300
regimes: { all: {} }
${more}`;

const OPTIONS = {
  method: 'sobol',
  seed: 's',
  samples: 2 ** 12,
  estimator: 'jansen1999',
  resamples: 50,
  confLevel: 0.95,
  targets: [],
} as const;
const analysed = (scenario: ResolvedScenario, secondOrder = false) => analyze(scenario, { ...OPTIONS, secondOrder });
const effectsOf = async (scenario: ResolvedScenario, output: string, secondOrder = false) =>
  new Map(
    (await analysed(scenario, secondOrder)).filter((row) => row.output === output).map((row) => [row.parameter, row]),
  );

describe('a product of lognormals', () => {
  const variations = {
    pue: Math.exp(PUE ** 2) - 1,
    power_utilization: Math.exp(USE ** 2) - 1,
    'models.a.tps': Math.exp(0.04) - 1,
  };
  const all = Object.values(variations).reduce((product, one) => product * (1 + one), 1) - 1;

  it('has its first, total and pair indices of energy in closed form, without a draw', async () => {
    const effects = await effectsOf(await resolveText(textOf()), 'energy', true);
    for (const [name, own] of Object.entries(variations)) {
      const row = effects.get(name)!;
      expect(row.s1! / (own / all)).toBeCloseTo(1, 7);
      expect(row.st! / ((own / (1 + own)) * ((1 + all) / all))).toBeCloseTo(1, 7);
      expect(row).toMatchObject({ method: 'sobol closed form', n: 0, n_dropped: 0, conf_level: null });
    }
    const pair = effects.get('pue × power_utilization') ?? effects.get('power_utilization × pue');
    expect(pair!.s2! / ((variations.pue * variations.power_utilization) / all)).toBeCloseTo(1, 7);
    expect(effects.get('dummy')).toMatchObject({ s1: 0, st: 0 });
  });

  it('has those of ln energy by variances, and none of pairs', async () => {
    const effects = await effectsOf(await resolveText(textOf()), 'ln_energy', true);
    const total = PUE ** 2 + USE ** 2 + 0.04;
    expect(effects.get('pue')!.s1! / (PUE ** 2 / total)).toBeCloseTo(1, 5);
    expect(effects.get('models.a.tps')!.st! / (0.04 / total)).toBeCloseTo(1, 5);
    expect([...effects].filter(([name]) => name.includes('×')).map(([, { s2 }]) => s2)).toEqual([0, 0, 0]);
  });

  it('says at the terminal that nothing was sampled', async () => {
    const scenario = await resolveText(textOf());
    const rows = await analysed(scenario);
    const text = sensitivityText({ scenario, folder: 'out', file: 'sensitivity.arrow', rows }, 'sobol');
    expect(text).toContain('in closed form');
  });
});

it('of token counts through a fit are those that are sampled, within both intervals', async () => {
  const scenario = await shipped('oviedo-2026');
  const alone = { ...scenario, blends: [], pathways: [], models: scenario.models.slice(0, 2), non_production: [] };
  const { fleet: _, published: __, ...plain } = alone;
  const [closed, sampled] = [await analysed({ ...plain, sampler: 'exact' }), await analysed(plain)];
  const rowsOf = (rows: typeof closed) =>
    new Map(rows.map((row) => [[row.regime, row.subject, row.output, row.parameter].join(), row]));
  const others = rowsOf(sampled);
  expect(closed.length).toBe(sampled.length);
  for (const [name, row] of rowsOf(closed)) {
    expect(row.method).toBe('sobol closed form');
    const other = others.get(name)!;
    if (row.parameter === 'dummy') continue;
    expect(Math.abs(row.s1! - other.s1!)).toBeLessThan(0.02 + 2 * other.s1_conf!);
    expect(Math.abs(row.st! - other.st!)).toBeLessThan(0.02 + 2 * other.st_conf!);
  }
});

describe('indices are sampled', () => {
  it.each([
    [
      'where two lengths meet in a sum',
      'prefill_weight: 0.1\n',
      'input_tokens: 500',
      'input_tokens: { uniform: { min: 1, max: 5000 } }\nprefill_weight: 0.1',
    ],
    ['by a scenario that draws', '', 'sampler: exact\n', ''],
  ])('%s', async (_, __, from, to) => {
    const text = textOf()
      .replace(from, to)
      .replace('output_tokens: 300', 'output_tokens: { uniform: { min: 1, max: 900 } }');
    const rows = await analysed(await resolveText(text));
    expect(new Set(rows.map(({ method }) => method))).toEqual(new Set(['sobol jansen1999']));
  });

  it('of a blend, beside its models in closed form', async () => {
    const text = textOf('blends: { both: { models: [a, b] } }\n').replace(
      'models: { a:',
      'models: { b: { tps: 700 }, a:',
    );
    const methods = new Map((await analysed(await resolveText(text))).map(({ subject, method }) => [subject, method]));
    expect(methods.get('a')).toBe('sobol closed form');
    expect(methods.get('both')).toBe('sobol jansen1999');
  });
});
