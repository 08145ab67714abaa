// All that takes a scenario takes one of request-cost throughput: pathways and blends, ways to serve outside production, coupled
// utilisation, samples that are kept, sensitivity, comparison, sweeps. What it cannot see: the distributions themselves, which
// test/simulate/request-cost.test.ts holds to exact ones.
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../src/analysis/analyze.js';
import { readSamples } from '../../src/analysis/read-samples.js';
import { compareScenarios } from '../../src/comparison/compare.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { planLines } from '../../src/plan/explain.js';
import { planModels } from '../../src/plan/plan-models.js';
import { runScenario } from '../../src/run/run.js';
import { loadScenario } from '../../src/scenario/load.js';
import { sweepFromText } from '../../src/scenario/sweep-from-text.js';
import { cellsRunner } from '../../src/simulate/run-cells.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { needs, tries } from '../needs.js';

const PAPER = new URL('../../scenarios/oviedo-2026.yaml', import.meta.url).pathname;
const OUTSIDE = new URL('../../scenarios/non-production.yaml', import.meta.url).pathname;

const SAMPLES = tries(3000, 5000);

const underCosts = (file: string, ...set: string[]) =>
  loadScenario(file, { samples: SAMPLES, set: ['throughput.form=request-cost', ...set] });

async function run(file: string, ...set: string[]) {
  const out = await mkdtemp(join(tmpdir(), 'request-cost-'));
  const scenario = await underCosts(file, ...set);
  const options = { out, keepSamples: true, now: () => new Date(0) };
  return runScenario(poolOn(callingThread(REFERENCE_ENGINE)), scenario, options);
}

describe('a run', () => {
  it('pools blends, divides them by pathways, and sums up a fleet', needs('minutes'), async () => {
    const { tables } = await run(PAPER);
    const median = (pathway: string) =>
      tables.summary.find((row) => row.subject === 'frontier' && row.pathway === pathway && row.trim === 'p14-p86')!
        .p50!;
    expect(median('baseline') / median('combined')).toBeGreaterThan(8);
    expect(median('baseline') / median('combined')).toBeLessThan(30);
    expect(tables.fleet.length).toBeGreaterThan(0);
    const [row] = tables.throughput;
    expect(row).toMatchObject({ method: 'request-cost', form: 'request-cost', cap_tps: null, residual_df: 0 });
    expect(row.prior_share).toBeGreaterThan(0);
    expect(row.a! / row.b!).toBeGreaterThan(0.3);
    expect(row.a! / row.b!).toBeLessThan(3);
  });

  it('compares with serving outside production by output tokens alone, and says so', async () => {
    const { tables, notes, scenario } = await run(OUTSIDE);
    expect(notes.join('\n')).toContain('is of output tokens alone, prefill left out');
    const [serving] = scenario.non_production;
    const [{ name, tps }] = serving.models;
    const of = (metric: string, pathway: string) =>
      tables.summary.find((row) => row.subject === name && row.metric === metric && row.pathway === pathway)!;
    expect(of('energy_ratio', serving.name).p50! / (of('tps', 'baseline').p50! / tps)).toBeCloseTo(1, 3);
  });

  it(
    'keeps samples with the inputs that others leave out, from which the energy follows',
    needs('minutes'),
    async () => {
      const { folder, scenario } = await run(
        PAPER,
        'cached_input_tokens=200',
        'concurrency={ uniform: { min: 4, max: 64 } }',
      );
      const { draws } = await readSamples(join(folder, 'samples.arrow'));
      const [{ model, inputs, energyWh }] = draws;
      const throughput = scenario.models.find(({ name }) => name === model)!.throughput;
      const cost = (name: 'a' | 'b' | 'c' | 'w') =>
        throughput.method === 'request-cost' && throughput.costs[name].family === 'constant'
          ? throughput.costs[name].parameters.value
          : Number.NaN;
      expect(cost('w')).toBeGreaterThan(0);
      const at = (name: string, i: number) => inputs.get(name as never)![i];
      for (let i = 0; i < 50; i++) {
        const [tokens, input] = [at('output_tokens', i), at('input_tokens', i)];
        const seconds =
          cost('a') * (input - at('cached_input_tokens', i)) +
          tokens * (cost('b') + cost('w') / at('concurrency', i)) +
          cost('c') * tokens * (input + tokens / 2);
        const power = at('pue', i) * at('node_power_kw', i) * at('power_utilization', i);
        expect(energyWh[i] / ((power * seconds * 1000) / 3600)).toBeCloseTo(1, 9);
      }
    },
  );

  it('couples utilisation to the highest row, at most to all of it', async () => {
    const { tables } = await run(PAPER, 'power_utilization={ coupled: { base: 0.24, span: 0.56 } }');
    const rows = tables.summary.filter(({ metric }) => metric === 'power_utilization');
    expect(rows.length).toBeGreaterThan(0);
    for (const { p05, p95 } of rows) {
      expect(p05).toBeGreaterThan(0.239);
      expect(p95).toBeLessThan(0.801);
    }
  });

  it('leaves inputs that a scenario does not state out of every table', async () => {
    const { tables } = await run(PAPER);
    const names = new Set([
      ...tables.summary.map(({ metric }) => metric),
      ...tables.inputs.map(({ variable }) => variable),
    ]);
    expect([...names].filter((name) => /cached|concurrency|node_seconds/.test(name))).toEqual([]);
  });
});

describe('offline_to_service', () => {
  it.each(['request-cost', 'log-log'])(
    'divides the energy by what a service reaches, under %s',
    needs('minutes'),
    async (form) => {
      const [plain, half] = await Promise.all(
        [[], ['throughput.offline_to_service=0.5']].map((set) => run(PAPER, `throughput.form=${form}`, ...set)),
      );
      const energies = ({ tables }: typeof plain) => tables.summary.filter(({ metric }) => metric === 'energy');
      energies(plain).forEach(({ p50 }, i) => {
        expect(energies(half)[i].p50! / p50!).toBeCloseTo(2, 3);
      });
      expect(half.tables.inputs.map(({ variable }) => variable)).toContain('throughput.offline_to_service');
    },
  );

  it('is drawn once for all models, from a distribution too', async () => {
    const { tables } = await run(PAPER, 'throughput.offline_to_service={ lognormal: { p5: 0.45, p95: 0.95 } }');
    const row = tables.inputs.find(({ variable }) => variable === 'throughput.offline_to_service')!;
    expect(row.distribution).toBe('lognormal(P5 0.45, P95 0.95)');
  });
});

describe('the plan', () => {
  it('is explained with each cost as a number', async () => {
    const lines = planLines(planModels(await underCosts(PAPER)));
    expect(lines.find((line) => line.includes('/ 2)'))).toMatch(
      /^#\d+ = #\d+ · #\d+ \+ #\d+ · #\d+ \+ #\d+ · #\d+ · \(#\d+ \+ #\d+ \/ 2\)$/,
    );
    expect(lines.some((line) => / = #\d+ \/ #\d+, 0 where #\d+ is 0 {3}counted: tps, /.test(line))).toBe(true);
  });
});

describe('what takes two scenarios, or many', () => {
  it('attributes the change from one form to the other to throughput, and it adds up', needs('minutes'), async () => {
    const a = await loadScenario(PAPER, { samples: 5000 });
    const { attribution } = await compareScenarios(a, await underCosts(PAPER, 'pue=1.3'), {
      samples: tries(1024, 4096),
    });
    const blend = attribution.filter(({ subject, regime }) => subject === 'frontier' && regime === 'traditional');
    expect(blend.map(({ parameter }) => parameter).sort()).toEqual(['pue', 'throughput']);
    const sum = blend.reduce((total, { change }) => total + change!, 0);
    expect(sum).toBeCloseTo(blend[0].p50_b! - blend[0].p50_a!, 10);
  });

  it('sweeps over forms', async () => {
    const text = await readFile(PAPER, 'utf8');
    const csv = await readFile(new URL('../../scenarios/data/throughput-oviedo.csv', import.meta.url));
    const sweep = { over: ['throughput.form=log-log,request-cost,highest'], zip: [] };
    const swept = await sweepFromText(text, 'paper.yaml', async (name) => ({ name, bytes: csv }), {
      sweep,
      samples: 2000,
    });
    const medians = await Promise.all(
      swept.cells.map(async ({ scenario }) => {
        const [rows] = await cellsRunner(REFERENCE_ENGINE)([scenario]);
        return rows.find(
          ({ subject, metric, regime }) =>
            subject === 'Llama 3.1 405B' && metric === 'energy' && regime === 'test-time-scaling',
        )!.p50!;
      }),
    );
    expect(new Set(medians).size).toBe(3);
  });

  it('finds the output tokens to matter most where answers are long', needs('minutes'), async () => {
    const options = {
      method: 'sobol',
      targets: [],
      samples: 256,
      seed: 's',
      estimator: 'janon2014',
      secondOrder: false,
      resamples: 20,
      confLevel: 0.95,
    } as const;
    const rows = await analyze(await underCosts(PAPER), options);
    const own = rows.filter(
      ({ subject, regime, output }) =>
        subject === 'Llama 3.1 405B' && regime === 'test-time-scaling' && output === 'ln_energy',
    );
    const [most] = own.filter(({ s1 }) => s1 !== null).sort((x, y) => y.st! - x.st!);
    expect(most.parameter).toBe('output_tokens');
  });
});
