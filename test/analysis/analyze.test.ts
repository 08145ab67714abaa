// Sensitivity of scenarios: closed forms, targets, correlation, blends. What it cannot see: whether the inputs' distributions
// are right.
import { describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analysis/analyze.js';
import { METHODS, type MethodName } from '../../src/analysis/methods.js';
import { parseTarget } from '../../src/analysis/target.js';
import { energyWh } from '../../src/model/energy.js';
import { energyProblem } from '../../src/subjects/energy-problem.js';
import { subjectsOf } from '../../src/subjects/subjects.js';
import type { SensitivityRow } from '../../src/tables/studies.js';
import { sensitivityText } from '../../src/terminal/sensitivity-text.js';
import { SUM_SCENARIO, scenarioOf } from './scenarios.js';

function optionsOf(method: MethodName, more: Partial<AnalyzeOptions> = {}): AnalyzeOptions {
  return {
    method,
    targets: [],
    samples: METHODS[method].samples,
    seed: 'test',
    estimator: 'janon2014',
    secondOrder: false,
    resamples: 100,
    confLevel: 0.999,
    ...more,
  };
}

function rowOf(rows: readonly SensitivityRow[], output: string, parameter: string, subject = 'One'): SensitivityRow {
  return rows.find((row) => row.output === output && row.parameter === parameter && row.subject === subject)!;
}

/** Variance of ln of an exponential count rounded to an integer, given that it is not 0: summed over all integers. */
function lnTokenVariance(median: number): number {
  const above = (x: number) => 2 ** (-x / median);
  let [mass, mean, square] = [0, 0, 0];
  for (let k = 1; k < 60 * median; k++) {
    const p = above(k - 0.5) - above(k + 0.5);
    mass += p;
    mean += p * Math.log(k);
    square += p * Math.log(k) ** 2;
  }
  return square / mass - (mean / mass) ** 2;
}

/** Variance of ln of a lognormal with this P5 and P95, the 95th percentile of the normal being 1.6449 (paper: 1.645). */
function lnFactorVariance(p5: number, p95: number): number {
  return (Math.log(p95 / p5) / (2 * 1.6448536269514722)) ** 2;
}

const KNOWN = {
  output_tokens: lnTokenVariance(300),
  power_utilization: lnFactorVariance(0.4, 0.9),
  pue: lnFactorVariance(1.05, 1.6),
};
const TOTAL = KNOWN.output_tokens + KNOWN.power_utilization + KNOWN.pue;

describe('indices of ln energy, where that is a sum', () => {
  it.each(['saltelli2010', 'jansen1999', 'janon2014'] as const)('match the closed form by %s', async (estimator) => {
    const rows = await analyze(await scenarioOf(SUM_SCENARIO), optionsOf('sobol', { estimator }));
    for (const [parameter, variance] of Object.entries(KNOWN)) {
      const { s1, s1_conf, st, st_conf } = rowOf(rows, 'ln_energy', parameter);
      expect(Math.abs(s1! - variance / TOTAL)).toBeLessThan(s1_conf!);
      expect(Math.abs(st! - variance / TOTAL)).toBeLessThan(st_conf!);
      expect(st_conf).toBeLessThan(0.03);
    }
    // prefill_weight is 0, so the length of the input has no influence.
    expect(rowOf(rows, 'ln_energy', 'input_tokens').st).toBe(0);
  });

  it('match it by Shapley effects', async () => {
    const scenario = await scenarioOf(SUM_SCENARIO);
    const rows = await analyze(scenario, optionsOf('shapley'));
    for (const [parameter, variance] of Object.entries(KNOWN)) {
      const { shapley, shapley_conf } = rowOf(rows, 'ln_energy', parameter);
      expect(Math.abs(shapley! - variance / TOTAL)).toBeLessThan(shapley_conf!);
    }
  });

  it('count the draws of no tokens, whose energy of 0 has no logarithm, and leave them out', async () => {
    const rows = await analyze(await scenarioOf(SUM_SCENARIO), optionsOf('sobol'));
    const { n, n_dropped } = rowOf(rows, 'ln_energy', 'pue');
    const zero = 1 - 2 ** (-0.5 / 300);
    expect(n + n_dropped).toBe(2 ** 14);
    // Either matrix may have drawn none.
    expect(Math.abs(n_dropped - 2 * zero * 2 ** 14)).toBeLessThan(4 * Math.sqrt(2 * zero * 2 ** 14));
    expect(rowOf(rows, 'energy', 'pue').n_dropped).toBe(0);
  });
});

describe('the energy of a subject as a function of its inputs', () => {
  it('is the plain formula of the draws', async () => {
    const scenario = await scenarioOf(SUM_SCENARIO);
    const [subject] = await subjectsOf(scenario);
    const { parameters, evaluate } = await energyProblem(scenario, subject);
    const draws = { input_tokens: 500, output_tokens: 321, pue: 1.3, power_utilization: 0.7 };
    const values = parameters.map((name) => Float64Array.of(draws[name as keyof typeof draws]));
    const energy = new Float64Array(1024);
    evaluate(values, 1, [energy, new Float64Array(1024)]);
    const plain = energyWh({ ...draws, node_power_kw: 10, effective_tokens: 321, tps: 1000 });
    expect(energy[0] / plain).toBeCloseTo(1, 13);
  });

  it('of a blend depends on which model answers, too', async () => {
    const text = SUM_SCENARIO.replace('{ One: { tps: 1000 } }', '{ One: { tps: 1000 }, Two: { tps: 250 } }');
    const rows = await analyze(await scenarioOf(text, 'blends: { both: { models: [One, Two] } }'), optionsOf('sobol'));
    // ln 1000 or ln 250, with equal shares.
    const choice = (Math.log(4) / 2) ** 2;
    const { s1, s1_conf } = rowOf(rows, 'ln_energy', 'model', 'both');
    expect(Math.abs(s1! - choice / (choice + TOTAL))).toBeLessThan(s1_conf!);
  });
});

describe('targets', () => {
  it('are read as they are written, and nothing else is', () => {
    expect(parseTarget('P95')).toEqual({ kind: 'percentile', text: 'P95', probability: 0.95 });
    expect(parseTarget('P(energy>1.5)')).toEqual({ kind: 'above', text: 'P(energy > 1.5)', value: 1.5 });
    for (const text of ['p95', 'P0', 'P100', 'P(energy < 1)', 'P(energy > one)', ''])
      expect(parseTarget(text)).toBe(undefined);
  });

  it('have an output of their own: a condition that depends on the tokens alone has all of its index there', async () => {
    const fixed = SUM_SCENARIO.replace(/power_utilization: .*/, 'power_utilization: 0.6').replace(
      /pue: .*/,
      'pue: 1.2',
    );
    const targets = [parseTarget('P95')!, parseTarget('P(energy > 1)')!];
    const rows = await analyze(await scenarioOf(fixed), optionsOf('sobol', { targets }));
    for (const output of ['P95', 'P(energy > 1)']) {
      // Where only the tokens count, taking them from B is all of B: the first-order index is 1 without sampling error.
      expect(rowOf(rows, output, 'output_tokens').s1).toBeCloseTo(1, 10);
      expect(rowOf(rows, output, 'output_tokens').unit).toBe('1');
    }
  });
});

describe('an analysis', () => {
  it.each(Object.keys(METHODS) as MethodName[])('by %s sorts by effect and is the same each time', async (method) => {
    const scenario = await scenarioOf(SUM_SCENARIO);
    const small = METHODS[method].powerOf2 ? { samples: 1024 } : {};
    const rows = await analyze(scenario, optionsOf(method, small));
    expect(await analyze(scenario, optionsOf(method, small))).toEqual(rows);
    const parameters = rows.filter(({ output }) => output === 'ln_energy').map(({ parameter }) => parameter);
    expect(parameters.slice(0, 3)).toEqual(['output_tokens', 'power_utilization', 'pue']);
  });

  it.each(['sobol', 'morris'] as const)(
    'by %s refuses correlated inputs and names the method for them',
    async (method) => {
      const scenario = await scenarioOf(SUM_SCENARIO, 'correlation: { output_tokens: { pue: 0.5 } }');
      await expect(analyze(scenario, optionsOf(method))).rejects.toThrow(
        `${method} takes independent inputs; for correlated ones use shapley`,
      );
    },
  );

  it('by Shapley effects credits a correlated input with what it shares', async () => {
    const plain = await analyze(await scenarioOf(SUM_SCENARIO), optionsOf('shapley'));
    const scenario = await scenarioOf(SUM_SCENARIO, 'correlation: { output_tokens: { input_tokens: 0.6 } }');
    const rows = await analyze(scenario, optionsOf('shapley'));
    const { shapley, shapley_conf } = rowOf(rows, 'ln_energy', 'input_tokens');
    expect(shapley! - shapley_conf!).toBeGreaterThan(0.1);
    expect(Math.abs(rowOf(plain, 'ln_energy', 'input_tokens').shapley!)).toBeLessThan(0.03);
  });
});

describe('progress', () => {
  it.each(Object.keys(METHODS) as MethodName[])('of %s ends at the computations announced', async (method) => {
    const scenario = await scenarioOf(SUM_SCENARIO);
    const targets = METHODS[method].targets ? [parseTarget('P95')!] : [];
    const seen: [number, number][] = [];
    const onProgress = (computed: number, total: number) => void seen.push([computed, total]);
    await analyze(scenario, optionsOf(method, { samples: 64, targets, onProgress }));
    const [computed, total] = seen[seen.length - 1];
    expect(computed).toBe(total);
  });
});

describe('a service whose inputs are all constant', () => {
  const ONE_CONSTANT = `
version: 1
name: part
seed: s
samples: 4096
node_power_kw: 10
models: { One: { tps: 1000 } }
input_tokens: 500
regimes:
  fixed: { pue: 1.2, power_utilization: 0.5, output_tokens: 360 }
  free: { pue: { lognormal: { p5: 1.05, p95: 1.6 } }, power_utilization: 0.5, output_tokens: { exponential: { median: 300 } } }
`;
  /** 360 tokens at 1000 tokens/s of a node of 10 kW at half its power, PUE 1.2, in Wh. */
  const WH = (1.2 * 10 * 0.5 * 0.36 * 1000) / 3600;
  const ZEROS: Readonly<Record<MethodName, readonly (keyof SensitivityRow)[]>> = {
    sobol: ['s1', 's1_conf', 'st', 'st_conf'],
    shapley: ['shapley', 'shapley_conf'],
    morris: ['mu', 'mu_star', 'mu_star_conf', 'sigma'],
    tornado: ['swing'],
    regression: ['src', 'src_conf', 'srrc', 'srrc_conf'],
    pawn: ['median', 'median_conf', 'mean', 'maximum'],
  };

  it.each(Object.keys(METHODS) as MethodName[])('has rows of zeros by %s', async (method) => {
    const rows = await analyze(
      await scenarioOf(ONE_CONSTANT),
      optionsOf(method, { samples: method === 'morris' ? 10 : 1024 }),
    );
    const own = rows.filter(({ regime }) => regime === 'fixed');
    const names = (output: string) => own.filter((row) => row.output === output).map(({ parameter }) => parameter);
    expect(names('energy').sort()).toEqual(['dummy', 'output_tokens', 'pue']);
    expect(names('ln_energy')).toEqual(names('energy'));
    for (const row of own) for (const column of ZEROS[method]) expect(row[column]).toBe(0);
    if (method === 'tornado')
      for (const { output, low, high, base } of own) {
        const value = output === 'energy' ? WH : Math.log(WH);
        for (const number of [low, high, base]) expect(number).toBeCloseTo(value, 12);
      }
    expect(rows.filter(({ regime }) => regime === 'free').length).toBeGreaterThan(3);
  });

  it('has a row for each target and a note on the terminal', async () => {
    const scenario = await scenarioOf(ONE_CONSTANT);
    const rows = await analyze(scenario, optionsOf('sobol', { samples: 256, targets: [parseTarget('P95')!] }));
    expect(rows.filter(({ regime, output }) => regime === 'fixed' && output === 'P95').map(({ st }) => st)).toEqual([
      0, 0, 0,
    ]);
    const text = sensitivityText({ scenario, folder: 'out', file: 'sensitivity.arrow', rows }, 'sobol');
    expect(text).toContain('note: fixed, One: no input moves its energy, all are constant');
    expect(text).not.toContain('fixed, One: energy');
    expect(text.split('\n')[0]).toMatch(/^\w+ moves the energy of every model and blend most \(st 0\.\d+\)$/);
  });

  it('is told where there is no other', async () => {
    const scenario = await scenarioOf(ONE_CONSTANT.slice(0, ONE_CONSTANT.indexOf('  free:')));
    const rows = await analyze(scenario, optionsOf('tornado'));
    expect(rows.map(({ output, parameter, swing }) => [output, parameter, swing])).toEqual([
      ['energy', 'dummy', 0],
      ['ln_energy', 'dummy', 0],
    ]);
    expect(sensitivityText({ scenario, folder: 'out', file: 'sensitivity.arrow', rows }, 'tornado')).toContain(
      'nothing is uncertain in this scenario',
    );
  });
});
