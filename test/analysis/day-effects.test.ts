// What moves a fleet's day: rows of an analysis about its mixes. Oracles: closed forms of lognormal factors, and the run's own table of
// worlds. What it cannot see: whether worlds themselves are right (test/worlds).
import { describe, expect, it } from 'vitest';
import { type AnalyzeOptions, analyze } from '../../src/analysis/analyze.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import type { SensitivityRow } from '../../src/tables/studies.js';
import { sensitivityText } from '../../src/terminal/sensitivity-text.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { openJobThreads } from '../../src/workers/job-threads.js';
import { poolOn } from '../../src/workers/pool.js';
import { asksForWorlds, runWorlds } from '../../src/worlds/run-worlds.js';
import { uncertaintyRows } from '../../src/worlds/uncertainty-rows.js';
import { THREAD_ENTRY } from '../surroundings.js';
import { scenarioOf } from './scenarios.js';

const fleetText = (vary = '', uncertainty = '') => `
version: 1
name: days
seed: s
samples: 4096
${uncertainty}
node_power_kw: 10
models:
  One: { tps: 900 }
  Two: { tps: { lognormal: { p5: 500, p95: 2000 }${vary} } }
  Outside: { tps: { uniform: { min: 1, max: 2 } } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 }${vary} }
pue: { lognormal: { p5: 1.05, p95: 1.6 }${vary} }
input_tokens: 500
output_tokens: { exponential: { median: 300 } }
regimes: { traditional: {} }
blends: { Both: { models: [One, Two] } }
pathways: { model: { lognormal: { p5: 1.5, p95: 10 } } }
fleet:
  blend: Both
  queries_per_day: 1e9
  beta: { fixed: 1.1, other: { lognormal: { p5: 1.1, p95: 1.4 }${vary} } }
  mixes: { everything: { traditional: 1 } }
`;
const SHARED = fleetText(', vary: shared', 'uncertainty: { worlds: 100, samples: 1024 }');

const OPTIONS: AnalyzeOptions = {
  ...{ method: 'tornado', targets: [], estimator: 'jansen1999', secondOrder: false },
  ...{ resamples: 2, confLevel: 0.95, samples: 1, seed: 's' },
};

async function daysOf(scenario: ResolvedScenario, options: Partial<AnalyzeOptions> = {}): Promise<SensitivityRow[]> {
  const rows = await analyze(scenario, { ...OPTIONS, ...options });
  return rows.filter(({ subject_kind }) => subject_kind === 'mix');
}

const named = (rows: readonly SensitivityRow[], parameter: string) => rows.find((row) => row.parameter === parameter)!;
const Z = 1.6448536269514722;
/** A lognormal that is stated by P5 and P95 takes this for it, as the paper's authors do. */
const AS_STATED = 1.645;
/** P5 and P95 over the mean of a lognormal with these P5 and P95. */
const overMean = (low: number, high: number) => {
  const sigma = Math.log(high / low) / (2 * AS_STATED);
  return [-1, 1].map((side) => Math.exp(side * Z * sigma - sigma ** 2 / 2));
};

describe('the day of a fleet that shares nothing', () => {
  it('is told with each input at its P5 and P95 for all queries, by their closed forms, and leaves lengths out', async () => {
    const rows = await daysOf(await scenarioOf(fleetText()));
    expect(rows.map(({ parameter }) => parameter)).toEqual([
      'power_utilization',
      'models.Two.tps',
      'pue',
      'fleet.beta.other',
    ]);
    for (const [name, p5, p95] of [
      ['power_utilization', 0.4, 0.9],
      ['pue', 1.05, 1.6],
      ['fleet.beta.other', 1.1, 1.4],
    ] as const) {
      const { low, high, base } = named(rows, name);
      const [least, most] = overMean(p5, p95);
      // A mean of 16,384 queries of a spread of about 0.3 is known to 0.3 %; the others' spread is common to both.
      expect(Math.abs(Number(low) / Number(base) / least - 1), name).toBeLessThan(0.01);
      expect(Math.abs(Number(high) / Number(base) / most - 1), name).toBeLessThan(0.01);
    }
  });

  it('rises with an input that it is proportional to and falls with a throughput, in MWh/day', async () => {
    const rows = await daysOf(await scenarioOf(fleetText()));
    expect(named(rows, 'pue').low).toBeLessThan(Number(named(rows, 'pue').high));
    expect(named(rows, 'models.Two.tps').low).toBeGreaterThan(Number(named(rows, 'models.Two.tps').high));
    expect(new Set(rows.map(({ unit, method }) => `${unit} ${method}`))).toEqual(new Set(['MWh/day as if shared']));
    for (const { low, high, swing } of rows) expect(swing).toBeCloseTo(Math.abs(Number(high) - Number(low)), 9);
  });
});

describe('the day of a fleet whose inputs are shared', () => {
  it('goes from P5 to P95 of each factor exactly, where all other shared inputs stay at their medians', async () => {
    const rows = await daysOf(await scenarioOf(SHARED));
    for (const [name, ratio] of [
      ['power_utilization', 0.9 / 0.4],
      ['pue', 1.6 / 1.05],
      ['fleet.beta.other', 1.4 / 1.1],
    ] as const) {
      const { low, high, method } = named(rows, name);
      expect(Number(high) / Number(low) / ratio ** (Z / AS_STATED), name).toBeCloseTo(1, 6);
      expect(method).toBe('worlds');
    }
  });

  it('is known, all together, to what a run writes of its worlds', async () => {
    const scenario = await scenarioOf(SHARED);
    if (!asksForWorlds(scenario)) throw new Error('the scenario asks for no worlds');
    const { blends } = await simulateHere(scenario, { kernel: 'reference' });
    const pool = poolOn(callingThread(REFERENCE_ENGINE));
    const written = uncertaintyRows(await runWorlds(pool, scenario, blends.plan.blends));
    const day = written.find(({ subject_kind, pathway }) => subject_kind === 'mix' && pathway === 'none')!;
    const scale = day.unit === 'GWh/day' ? 1000 : 1;
    const all = (await daysOf(scenario)).at(-1)!;
    expect(all.parameter).toBe('all together');
    expect(Number(all.low) / (Number(day.p05) * scale)).toBeCloseTo(1, 9);
    expect(Number(all.high) / (Number(day.p95) * scale)).toBeCloseTo(1, 9);
  });

  it('is the same on any number of threads', async () => {
    const scenario = await scenarioOf(SHARED.replace('worlds: 100', 'worlds: 24'));
    const here = await daysOf(scenario);
    const threads = await openJobThreads(THREAD_ENTRY, 2);
    try {
      expect(await daysOf(scenario, { jobs: threads })).toEqual(here);
    } finally {
      await threads.close();
    }
  });

  it('is said at the terminal first, and as a ranked table', async () => {
    const scenario = await scenarioOf(SHARED);
    const rows = await analyze(scenario, OPTIONS);
    const text = sensitivityText({ scenario, folder: 'out', file: 'sensitivity.arrow', rows }, 'tornado');
    expect(text).toMatch(
      /\na day of everything is known to [\d,]+ to [\d,]+ MWh\/day; power_utilization moves it most, [\d,]+ to [\d,]+ MWh\/day\n/,
    );
    expect(text).toMatch(
      /fleet, everything: energy_per_day, MWh\/day +low +high +swing\n {2}power_utilization .*\n {2}models\.Two\.tps .*\n {2}pue .*\n {2}fleet\.beta\.other .*\n {2}all together/,
    );
  });
});

it('a scenario without a fleet has no rows of days', async () => {
  const text = fleetText().slice(0, fleetText().indexOf('fleet:'));
  expect(await daysOf(await scenarioOf(text))).toEqual([]);
});
