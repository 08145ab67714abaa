// Expectations of how well results are known, and of a fleet's day, over real worlds of a small scenario. What it cannot see: whether
// the bounds that anyone states are wise.
import { expect, it } from 'vitest';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { InputError } from '../../src/errors.js';
import { judge } from '../../src/expect/judge.js';
import { dayRows } from '../../src/result/rows/day.js';
import { tablesOf } from '../../src/result/rows/tables.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { cellsRunner } from '../../src/simulate/run-cells.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { failureText } from '../../src/terminal/verdict-text.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { asksForWorlds, runWorlds } from '../../src/worlds/run-worlds.js';
import { uncertaintyRows } from '../../src/worlds/uncertainty-rows.js';

const UNCERTAINTY = 'uncertainty: { worlds: 400, samples: 500 }';

/** Ten million queries a day of constant 10 kW · 0.5 · 1 s · PUE: 13.9 MWh times a PUE that is known to a factor of 1.2. */
const text = (expectations: string, uncertainty = UNCERTAINTY, vary = ', vary: shared') => `
version: 1
name: known
seed: expectations
samples: 1000
${uncertainty}
node_power_kw: 10
models: { One: { tps: 1000 } }
input_tokens: 0
regimes: { all: { output_tokens: 1000 } }
power_utilization: 0.5
pue: { lognormal: { p5: 1, p95: 1.44 }${vary} }
blends: { Own: { models: [One] } }
fleet: { blend: Own, queries_per_day: 1e7, beta: 1, mixes: { day: { all: 1 } } }
expect: ${expectations}
`;

const none = () => Promise.reject(new Error('no dataset is named'));
const scenarioOf = (written: string) => scenarioFromText(written, 'known.yaml', none);

async function verdictsOf(expectations: string) {
  const scenario = await scenarioOf(text(expectations));
  if (!asksForWorlds(scenario)) throw new Error('no worlds');
  const result = await simulateHere(scenario, { kernel: 'reference' });
  const { summary, fleet } = await tablesOf(result);
  const worlds = await runWorlds(poolOn(callingThread(REFERENCE_ENGINE)), scenario, result.blends.plan.blends);
  const days = dayRows(scenario.name, fleet, scenario.samples);
  return judge(scenario, { summary: [...summary, ...days], uncertainty: uncertaintyRows(worlds) }, () => undefined);
}

it.each([
  // The energy is 1.389 Wh times PUE, whose P5 is 1 and P95 1.44.
  ['energy.known_low: { within: [1.36, 1.42] }', [true]],
  ['energy.known_high: { within: [1.9, 2.1] }', [true]],
  ['energy.known_high: { below: 1.7 }', [false]],
  ['energy.known_low: { above: 1.2, subject: One }', [true]],
  ['energy_per_day.total: { within: [16.5, 16.9], unit: MWh/day }', [true]],
  ['energy_per_day.total: { below: 0.02 }', [true]],
  ['energy_per_day.total: { below: 14, unit: MWh/day }', [false]],
  ['energy_per_day.known_low: { within: [13.6, 14.2], unit: MWh/day, subject: day }', [true]],
  ['energy_per_day.known_high: { above: 25, unit: MWh/day }', [false]],
])('%s is judged by what worlds know', async (expectation, expected) => {
  expect((await verdictsOf(`{ ${expectation} }`)).map(({ holds }) => holds)).toEqual(expected);
});

it('a failed expectation of a day is told in the unit of its size, with the error of its worlds', async () => {
  const [verdict] = await verdictsOf('{ energy_per_day.known_high: { above: 0.03 } }');
  expect(failureText('night', verdict)).toMatch(
    /^night: expectation failed: energy_per_day\.known_high, all, day\n {2}expected {2}at least 30\.00 MWh\/day\n {2}found {5}(19|20)\.\d\d MWh\/day \(95 % interval of its Monte Carlo error 1[89]\.\d\d–2[01]\.\d\d\), \d+ % below 30\.00$/,
  );
});

it('a cell of a sweep has the day among its rows, so that it is judged there, too', async () => {
  const scenario = await scenarioOf(text('{ energy_per_day.total: { within: [16.5, 16.9], unit: MWh/day } }'));
  const [rows] = await cellsRunner(REFERENCE_ENGINE)([scenario]);
  expect(rows.filter(({ metric }) => metric === 'energy_per_day')).toMatchObject([
    { subject_kind: 'mix', subject: 'day', regime: 'all', pathway: 'none', unit: 'MWh/day' },
  ]);
  expect(judge(scenario, { summary: rows }, () => undefined).map(({ holds }) => holds)).toEqual([true]);
});

it.each([
  ['{ energy.known_low: { above: 1 } }', '', ', vary: per-query', 'is told over worlds; add uncertainty'],
  ['{ energy.known_low: { above: 1, ratio_to: previous } }', UNCERTAINTY, ', vary: shared', 'not a ratio'],
  ['{ pue.known_low: { above: 1 } }', UNCERTAINTY, ', vary: shared', 'expected metric.statistic'],
  ['{ energy_per_day.p50: { above: 1 } }', UNCERTAINTY, ', vary: shared', 'statistics total, known_low, known_high'],
  ['{ energy_per_day.total: { above: 1, subject: Own } }', UNCERTAINTY, ', vary: shared', 'mix'],
  ['{ energy_per_day.total: { above: 1, regime: all } }', UNCERTAINTY, ', vary: shared', 'of all regimes of its mix'],
  ['{ energy.p50: { above: 1, unit: MWh/day } }', UNCERTAINTY, ', vary: shared', 'the unit of energy_per_day alone'],
])('%s is refused where there is none', async (expectation, uncertainty, vary, message) => {
  const error = await scenarioOf(text(expectation, uncertainty, vary)).catch((caught: unknown) => caught);
  if (!(error instanceof InputError)) throw new Error('the scenario was taken');
  expect(error.problems.map((problem) => problem.message).join('\n')).toContain(message);
});
