// Days of a fleet at the terminal: the unit follows their size. Cannot see whether the days are right: test/simulate does.
import { expect, test } from 'vitest';
import { tablesOf } from '../../src/result/rows/tables.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { fleetLines } from '../../src/terminal/fleet-lines.js';
import { scenarioOf } from '../analysis/scenarios.js';

const text = (queries: string, more = '') => `version: 1
name: fleet
samples: 2000
node_power_kw: 10
power_utilization: 0.6
pue: 1.2
input_tokens: 1000
models: { A: { tps: 1000 } }
regimes: { t: { output_tokens: 300 } }
blends: { b: { models: [A] } }
fleet: { blend: b, queries_per_day: ${queries}, beta: 1, mixes: { all: { t: 1 } } }
${more}`;
/** 1.2 · 10 kW · 0.6 · 300 tokens / (1,000 tokens/s) / 3.6, Wh. */
const ENERGY_WH = (1.2 * 10 * 0.6 * 300) / 1000 / 3.6;

async function linesOf(queries: string, more = ''): Promise<string[]> {
  const scenario = await scenarioOf(text(queries, more));
  return fleetLines({ scenario, tables: await tablesOf(await simulateHere(scenario, { kernel: 'reference' })) });
}

test('a small fleet’s day is told in MWh, a large one’s in GWh', async () => {
  const small = await linesOf('1.0e+6');
  expect(small[1]).toMatch(/^fleet of 1,000,000 queries a day, b +MWh\/day /);
  expect(small[2]).toMatch(new RegExp(`^ {2}all +${ENERGY_WH.toFixed(3)} `));
  const large = await linesOf('1.0e+9');
  expect(large[1]).toMatch(/^fleet of 1,000,000,000 queries a day, b +GWh\/day /);
  expect(large[2]).toMatch(new RegExp(`^ {2}all +${ENERGY_WH.toFixed(3)} `));
});

test('beside a published day the unit is that of the published one', async () => {
  const lines = await linesOf(
    '1.0e+6',
    'published: { source: a paper, fleet: [{ mix: all, improvement: none, gwh_per_day: 0.0006 }] }\n',
  );
  expect(lines[1]).toMatch(/GWh\/day .* published$/);
  expect(lines[2]).toMatch(/ 0\.0006$/);
});
