// Worlds: what all queries share is drawn once in each, and statistics are told over them. Oracles: closed forms of lognormal
// factors, and worlds drawn one by one where the short way multiplies. Worker threads and the built kernel take part. What it cannot
// see: whether the scenario's own distributions are right.
import { describe, expect, it } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { InputError } from '../../src/errors.js';
import { knownOf } from '../../src/result/known.js';
import { tablesOf } from '../../src/result/rows/tables.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import type { UncertaintyRow } from '../../src/tables/worlds.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { runnerOf } from '../../src/workers/open-pool.js';
import { type Pool, poolOn } from '../../src/workers/pool.js';
import { asksForWorlds, runWorlds } from '../../src/worlds/run-worlds.js';
import { uncertaintyRows } from '../../src/worlds/uncertainty-rows.js';
import { builtEngine } from '../built-engine.js';
import { needs, tries } from '../needs.js';

const SIGMA_PU = Math.log(0.9 / 0.4) / (2 * 1.645);
const SIGMA_PUE = Math.log(1.6 / 1.05) / (2 * 1.645);

function text(vary: string, more = ''): string {
  return `
version: 1
name: known
seed: worlds
samples: 5000
uncertainty: { worlds: 400, samples: 1500 }
node_power_kw: 10
models:
  One: { tps: 900 }
  Two: { tps: { uniform: { min: 500, max: 2000 } } }
input_tokens: 500
regimes:
  short: { output_tokens: { exponential: { median: 300 } } }
  long: { output_tokens: { exponential: { median: 3000 } } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 }${vary} }
pue: { lognormal: { p5: 1.05, p95: 1.6 }${vary} }
blends: { Both: { models: [One, Two] } }
pathways: { model: { lognormal: { p5: 1.5, p95: 10 } } }
fleet:
  blend: Both
  queries_per_day: 1e9
  beta: 1.3
  mixes: { all: { short: 0.9, long: 0.1 } }
${more}`;
}

const THREAD = new URL('../../dist/threads/thread.cjs', import.meta.url);
const SHARED = ', vary: shared';
const none = () => Promise.reject(new Error('no dataset is named'));
const scenarioOf = (written: string) => scenarioFromText(written, 'known.yaml', none);
const reference = poolOn(callingThread(REFERENCE_ENGINE));

async function worldsOf(scenario: ResolvedScenario, pool: Pool = reference, nested = false) {
  if (!asksForWorlds(scenario)) throw new Error('the scenario asks for no worlds');
  const { blends } = await simulateHere(scenario, { kernel: 'reference' });
  return runWorlds(pool, scenario, blends.plan.blends, { nested });
}

const rowsOf = async (...args: Parameters<typeof worldsOf>) => uncertaintyRows(await worldsOf(...args));

function rowOf(rows: readonly UncertaintyRow[], names: Partial<UncertaintyRow>): UncertaintyRow {
  const found = rows.find((row) => Object.entries(names).every(([key, value]) => row[key as never] === value));
  if (!found) throw new Error(`no row is ${JSON.stringify(names)}`);
  return found;
}

const MEDIAN = { regime: 'short', subject: 'One', statistic: 'p50', pathway: 'baseline', metric: 'energy' };
const DAY = { subject_kind: 'mix', statistic: 'total' };
const relative = ({ p05, p50, p95 }: UncertaintyRow) => [(p05 ?? 0) / (p50 ?? 0), (p95 ?? 0) / (p50 ?? 0)];

describe('a fleet whose PUE and utilisation are shared', () => {
  it('is known to a factor of 0.63 to 1.58, as lognormal factors say', needs('minutes'), async () => {
    const rows = await rowsOf(await scenarioOf(text(SHARED).replace('worlds: 400', 'worlds: 4000')));
    const width = 1.6448536 * Math.hypot(SIGMA_PU, SIGMA_PUE);
    const exact = [Math.exp(-width), Math.exp(width)];
    expect(exact[0]).toBeCloseTo(0.63, 2);
    expect(exact[1]).toBeCloseTo(1.58, 2);
    const [low, high] = relative(rowOf(rows, DAY));
    // The P5 of 4,000 worlds has a standard error of 0.033 in its normal score.
    expect(Math.abs(Math.log(low / exact[0]))).toBeLessThan(0.04);
    expect(Math.abs(Math.log(high / exact[1]))).toBeLessThan(0.04);
  });

  it('is told alike by worlds that are drawn one by one and by worlds that are multiplied', async () => {
    const scenario = await scenarioOf(text(SHARED).replace('worlds: 400', `worlds: ${tries(20, 40)}`));
    const [short, long] = [await rowsOf(scenario), await rowsOf(scenario, reference, true)];
    expect(short.length).toBe(long.length);
    short.forEach((row, i) => {
      for (const key of ['p05', 'p50', 'p95', 'mean'] as const)
        expect((row[key] ?? 0) / (long[i][key] ?? 0)).toBeCloseTo(1, row.metric === 'energy_per_day' ? 4 : 3);
    });
  });

  it('spreads by a share of the log-variance where a share is shared', async () => {
    const rows = await rowsOf(await scenarioOf(text(', vary: { shared: 0.5 }').replace('worlds: 400', 'worlds: 4000')));
    const width = 1.6448536 * Math.sqrt(0.5) * Math.hypot(SIGMA_PU, SIGMA_PUE);
    expect(Math.abs(Math.log(relative(rowOf(rows, DAY))[1]) - width)).toBeLessThan(0.03);
  });

  it(
    'keeps every family its distribution where a share is shared, also one that has no factor of its own',
    needs('minutes'),
    async () => {
      const written = text('')
        .replace('max: 2000 } }', 'max: 2000 }, vary: { shared: 0.6 } }')
        .replace('worlds: 400', 'worlds: 100');
      const { rows } = await worldsOf(await scenarioOf(written));
      const tps = rows.map((world) => world.find((row) => row.metric === 'tps' && row.subject === 'Two')!);
      const mean = tps.reduce((sum, row) => sum + (row.mean ?? 0), 0) / tps.length;
      const variance =
        tps.reduce((sum, row) => sum + (row.std ?? 0) ** 2 + ((row.mean ?? 0) - mean) ** 2, 0) / tps.length;
      expect(mean / 1250).toBeCloseTo(1, 1);
      expect(Math.sqrt(variance) / (1500 / Math.sqrt(12))).toBeCloseTo(1, 1);
    },
  );
});

describe('a scenario that shares nothing', () => {
  it('is the same in all worlds, to the bit', async () => {
    const scenario = await scenarioOf(text(''));
    const rows = await rowsOf(scenario, reference, true);
    for (const { p05, p50, p95, std, mean } of rows) {
      expect([p05, p95, mean]).toEqual([p50, p50, p50]);
      expect(std === null || std === 0).toBe(true);
    }
    const { summary } = await tablesOf(await simulateHere({ ...scenario, samples: 1500 }, { kernel: 'reference' }));
    const own = summary.find((row) => row.regime === 'short' && row.subject === 'One' && row.metric === 'energy');
    expect(rowOf(rows, MEDIAN).p50).toBe(own?.p50);
  });
});

describe('worlds', () => {
  it('leave the summary as it is, and are the same on any number of threads', {
    timeout: 60_000,
    ...needs('minutes'),
  }, async () => {
    const correlation = 'correlation: { pue: { power_utilization: -0.5 } }';
    const [scenario, plain] = await Promise.all(
      [SHARED, ''].map((vary) =>
        scenarioOf(text(vary, correlation).replace('worlds: 400', `worlds: ${tries(20, 60)}`)),
      ),
    );
    const [shared, own] = await Promise.all(
      [scenario, plain].map(async (one) => (await tablesOf(await simulateHere(one, { kernel: 'reference' }))).summary),
    );
    expect(shared).toEqual(own);
    const engine = await builtEngine();
    const here = await rowsOf(scenario, poolOn(callingThread(engine)), true);
    for (const workers of [2, 1].slice(0, tries(1, 2))) {
      const pool = poolOn(await runnerOf(engine, workers, THREAD));
      expect(await rowsOf(scenario, pool, true).finally(() => pool.close())).toEqual(here);
    }
    const other = await rowsOf(scenario, reference, true);
    for (const [i, row] of here.entries()) expect((row.p50 ?? 1) / (other[i].p50 ?? 1)).toBeCloseTo(1, 4);
  });

  it('widen by the Monte Carlo error of few queries, and say so', async () => {
    const rows = await rowsOf(await scenarioOf(text(SHARED)));
    const { p50, p50_mc_error } = rowOf(rows, MEDIAN);
    expect((p50_mc_error ?? 0) / (p50 ?? 1)).toBeGreaterThan(0.01);
    expect((p50_mc_error ?? 0) / (p50 ?? 1)).toBeLessThan(0.05);
  });

  it('are told in one line: median, spread between queries, and what is known of the median', async () => {
    const known = knownOf(await rowsOf(await scenarioOf(text(SHARED))));
    const one = known.find(({ subject, regime }) => subject === 'One' && regime === 'short');
    expect(one?.text).toMatch(/^[\d.]+ Wh; queries [\d.]+–[\d.]+; known to [\d.]+–[\d.]+$/);
    expect(known.find(({ subject_kind }) => subject_kind === 'mix')?.text).toMatch(/^[\d.]+ GWh\/day; known to/);
  });
});

describe('what is shared is refused', () => {
  const refusals: readonly [string, string, string, string][] = [
    ['without worlds', text(SHARED).replace(/uncertainty.*\n/, ''), 'power_utilization.vary', 'add uncertainty'],
    [
      'in fewer than 20 worlds',
      text(SHARED).replace('worlds: 400', 'worlds: 19'),
      'uncertainty.worlds',
      'of at least 20',
    ],
    ['by a share beyond 1', text(', vary: { shared: 1.2 }'), 'power_utilization.vary.shared', 'at most 1'],
    ['in words it does not know', text(', vary: sharde'), 'power_utilization.vary', 'did you mean shared'],
    [
      'where it is correlated with what is not',
      text('', 'correlation: { pue: { power_utilization: -0.5 } }').replace('1.6 } }', '1.6 }, vary: shared }'),
      'correlation.pue.power_utilization',
      'must be shared alike',
    ],
    [
      'where it is shared in one place alone',
      text(SHARED).replace('median: 300 } } }', 'median: 300 } }, pue: { uniform: { min: 1, max: 2 } } }'),
      'regimes.short.pue',
      'say the same vary in each',
    ],
  ];

  it.each(refusals)('%s', async (_, written, key, message) => {
    const error = await scenarioOf(written).catch((caught: unknown) => caught);
    if (!(error instanceof InputError)) throw new Error('the scenario was taken');
    expect(error.problems.map((problem) => problem.key)).toContain(key);
    expect(error.problems.map((problem) => problem.message).join('\n')).toContain(message);
  });
});
