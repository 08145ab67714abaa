// Quantiles that a scenario asks for beside the five: in the summary of both kernels and of integrals against the closed form of a
// product of lognormals, and in expectations, precision, worlds, sweeps and comparisons. Not seen here: the words of the terminal.
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it, test } from 'vitest';
import { compareScenarios } from '../../src/comparison/compare.js';
import { compareSummaries } from '../../src/comparison/compare-results.js';
import { judge } from '../../src/expect/judge.js';
import { notesOf } from '../../src/result/notes.js';
import { tablesOf } from '../../src/result/rows/tables.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { asksForPrecision, simulateToPrecision } from '../../src/simulate/precision.js';
import { simulateHere, simulateIn } from '../../src/simulate/simulate.js';
import { besideStandard, probabilityOf, quantileNameOf } from '../../src/sketch/quantile-name.js';
import { decodeCell, encodeCell } from '../../src/sweep/cells/cell-file.js';
import { SUMMARY, type SummaryRow } from '../../src/tables/schema.js';
import { encodeSweep, SweepWords, sweepTable } from '../../src/tables/sweep.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { asksForWorlds, runWorlds } from '../../src/worlds/run-worlds.js';
import { uncertaintyRows } from '../../src/worlds/uncertainty-rows.js';
import { builtEngine, builtKernel } from '../built-engine.js';
import { needs } from '../needs.js';
import { productOf } from '../oracle/lognormal.js';
import { problemsOf, RIGHT, resolveText } from '../scenario/fixtures.js';

const [MU, SIGMA] = [0.2, 0.3];
const TEXT = `
version: 1
name: product
samples: 200000
node_power_kw: 3.6
models: { a: { tps: 1000 } }
power_utilization: { lognormal: { mu: -1, sigma: 0.4 } }
pue: { lognormal: { mu: ${MU}, sigma: ${SIGMA} } }
prefill_weight: 0
input_tokens: 500
regimes: { all: { output_tokens: 1000 } }
quantiles: [p50, p99.9, p1, P10]
`;

/** Wh of a query: a product of lognormals, of which 3.6 kW for one second make 1. */
const EXACT = productOf([
  { mu: MU, sigma: SIGMA },
  { mu: -1, sigma: 0.4 },
]);
/** Standard normal quantiles (Abramowitz and Stegun, table 26.5). */
const SCORES = { p01: -2.3263478740408408, p10: -1.2815515655446004, 'p99.9': 3.090232306167813 };
const NAMES = ['p01', 'p10', 'p99.9'] as const;
const exactly = (name: (typeof NAMES)[number]) => Math.exp(EXACT.mu + EXACT.sigma * SCORES[name]);

const scenarioOf = (more = '', text = TEXT): Promise<ResolvedScenario> =>
  scenarioFromSource({ file: 'product.yaml', text: `${text}${more}`, overrides: {}, datasets: {} });

const summaryOf = async (scenario: ResolvedScenario, kernel = 'reference') =>
  (await tablesOf(await simulateHere(scenario, { kernel: kernel === 'wasm' ? await builtKernel() : 'reference' })))
    .summary;
const energyOf = (rows: readonly SummaryRow[]) => rows.find(({ metric }) => metric === 'energy')!;

describe('names', () => {
  it.each([
    ['p5', 'p05'],
    ['P10', 'p10'],
    ['p99.90', 'p99.9'],
    ['p0.1', 'p0.1'],
    ['p05', 'p05'],
    ['p0', undefined],
    ['p100', undefined],
    ['50', undefined],
    ['pathway', undefined],
  ])('%s is the quantile %s', (written, name) => {
    expect(quantileNameOf(written)).toBe(name);
  });

  it('say how many draws lie below', () => {
    expect(['p05', 'p50', 'p99.9', 'p2.5'].map((name) => probabilityOf(quantileNameOf(name)!))).toEqual([
      0.05, 0.5, 0.999, 0.025,
    ]);
    expect(besideStandard(['p99', 'p50', 'p10', 'p99'])).toEqual(['p10', 'p99']);
  });
});

describe.each(['reference', 'wasm'] as const)('the summary by kernel %s', (kernel) => {
  it('has them with an interval that holds the closed form, and none that is not asked for', async () => {
    const rows = await summaryOf(await scenarioOf(), kernel);
    const row = energyOf(rows);
    for (const name of NAMES) {
      const exact = exactly(name);
      // Twice as far as the 95 % interval reaches: this seed is one of all.
      const [low, high] = [row[`${name}_ci_low`]!, row[`${name}_ci_high`]!];
      expect(Math.abs(row[name]! - exact)).toBeLessThan(high - low);
      expect(high / low - 1).toBeGreaterThan(0.0005);
      expect(high / low - 1).toBeLessThan(name === 'p99.9' ? 0.1 : 0.03);
    }
    expect(Object.keys(row).filter((column) => /^p\d/.test(column) && !/_ci_/.test(column))).toEqual([
      ...['p05', 'p25', 'p50', 'p75', 'p95'],
      ...NAMES,
    ]);
  });
});

it('integrated quantiles are the closed form to 1e-3 in tails and 1e-4 elsewhere, with an interval of that width', async () => {
  const row = energyOf(await summaryOf(await scenarioOf('sampler: exact\n')));
  for (const name of NAMES) {
    expect(Math.abs(row[name]! / exactly(name) - 1)).toBeLessThan(name === 'p10' ? 1e-4 : 1e-3);
    expect(row[`${name}_ci_high`]! / row[`${name}_ci_low`]! - 1).toBeLessThan(2.1e-3);
  }
});

it('throughputs that are integrated are not said to be left out', async () => {
  const scenario = await scenarioOf(
    'sampler: exact\n',
    TEXT.replace('tps: 1000', 'tps: { lognormal: { mu: 6, sigma: 0.2 } }'),
  );
  expect(notesOf(scenario, await summaryOf(scenario), []).join()).not.toContain('left out of tps');
});

it('an end beyond which too few draws lie is null, and an expectation of it fails for want of an interval', async () => {
  const scenario = await scenarioOf('expect: { energy.p99.9: { above: 0 } }\n', TEXT.replace('200000', '1000'));
  const rows = await summaryOf(scenario);
  expect(energyOf(rows)['p99.9_ci_high']).toBeNull();
  expect(judge(scenario, { summary: rows }, () => undefined).map(({ holds }) => holds)).toEqual([false]);
});

it('expectations take the interval of the row, of the closed form they hold and of 10 % more they fail', async () => {
  const exact = exactly('p10');
  const scenario = await scenarioOf(
    `expect: { energy.p10: [{ within: [${exact}, ${exact}] }, { above: ${1.1 * exact} }] }\n`,
  );
  const verdicts = judge(scenario, { summary: await summaryOf(scenario) }, () => undefined);
  expect(verdicts.map(({ holds }) => holds)).toEqual([true, false]);
});

it('a precision of any quantile is drawn until it is known so well, in the list or not', async () => {
  const scenario = await scenarioOf('precision: { metric: energy, quantile: p98, relative: 0.02 }\n');
  if (!asksForPrecision(scenario)) throw new Error('no precision');
  const { precision } = await simulateToPrecision(scenario, (plain) => simulateHere(plain));
  expect(precision.found).toBeLessThan(0.02);
  expect(precision.quantile).toBe('p98');
});

it('worlds tell how well each is known: PUE shared, a quantile spreads over worlds as PUE does', async () => {
  const scenario = await scenarioOf(
    'uncertainty: { worlds: 800, samples: 512 }\n',
    TEXT.replace('sigma: 0.3 }', 'sigma: 0.3 }, vary: shared'),
  );
  if (!asksForWorlds(scenario)) throw new Error('no worlds');
  const pool = poolOn(callingThread(await builtEngine()));
  const { blends } = await simulateIn(pool, scenario, {});
  const rows = uncertaintyRows(await runWorlds(pool, scenario, blends.plan.blends));
  const statistics = rows.filter(({ metric }) => metric === 'energy').map(({ statistic }) => statistic);
  expect(statistics).toEqual(['mean', 'p05', 'p25', 'p50', 'p75', 'p95', ...NAMES]);
  const { p05, p95 } = rows.find((row) => row.metric === 'energy' && row.statistic === 'p10')!;
  expect(Math.log(p95! / p05!) / (2 * 1.6448536 * SIGMA)).toBeCloseTo(1, 1);
});

it(
  'a comparison has those of either scenario: the ratio of a PUE to another of the same draws',
  needs('minutes'),
  async () => {
    const [a, b] = [await scenarioOf(), await scenarioOf('', TEXT.replace(`sigma: ${SIGMA}`, 'sigma: 0.6'))];
    const { compare, quantiles } = await compareScenarios(a, b, { samples: 200_000 });
    expect(quantiles).toEqual(NAMES);
    const [ratio, difference] = compare;
    expect(ratio.p10! / Math.exp(0.3 * SCORES.p10)).toBeCloseTo(1, 2);
    expect(difference.p10).toBeLessThan(difference.p25!);
  },
);

it('two results are compared by what both have', async () => {
  const [all, fewer] = [
    await summaryOf(await scenarioOf()),
    await summaryOf(await scenarioOf('', TEXT.replace('p1, ', ''))),
  ];
  const one = { rows: all, quantiles: NAMES, metadata: {} };
  const other = { rows: fewer, quantiles: ['p10', 'p99.9'] as const, metadata: {} };
  const { compare, quantiles } = compareSummaries(one, other, 'a', 'b');
  expect(quantiles).toEqual(['p10', 'p99.9']);
  expect(compare[0]).toMatchObject({ quantity: 'energy_ratio', p10: 1, 'p99.9': 1 });
});

test('a kept cell gives them back, and the table of a sweep has them as its last columns', async () => {
  const rows = await summaryOf(await scenarioOf());
  expect(decodeCell(SUMMARY, 'key', encodeCell(SUMMARY, 'key', rows), 'product')).toEqual(rows);
  const table = sweepTable([], NAMES);
  const words = new SweepWords(table);
  words.add(0, { labels: [], rows });
  async function* cells() {
    yield { labels: [], rows };
  }
  const parts: Uint8Array[] = [];
  for await (const part of encodeSweep(table, cells(), words, {})) parts.push(part);
  const { schema, numRows } = tableFromIPC(Buffer.concat(parts));
  expect(numRows).toBe(rows.length);
  expect(schema.names.slice(-3)).toEqual(['p99.9', 'p99.9_ci_low', 'p99.9_ci_high']);
});

describe('what is wrong is said', () => {
  it.each([
    [
      'quantiles: [p10, p100]',
      'quantiles[1]: expected a quantile above p0 and below p100, e.g. p10, p50 or p99.9; found the text "p100"',
    ],
    [
      'quantiles: [0.9]',
      'quantiles[0]: expected a quantile above p0 and below p100, e.g. p10, p50 or p99.9; found 0.9; write p90',
    ],
    ['quantiles: [p5, p05]', 'quantiles[1]: listed twice'],
    ['quantiles: []', 'quantiles: expected a list with at least one entry; found a list of 0'],
    ['expect: { energy.p99: { below: 1 } }', 'expect.energy.p99: p99 is in no table: add p99 to the list of quantiles'],
  ])('%s', async (line, message) => {
    const [problem] = await problemsOf(resolveText(`${RIGHT}${line}\n`));
    expect(problem).toContain(message);
  });
});
