// Scenarios whose numbers lie beyond 1.8e308: no cell of a run's tables is infinite or not a number.
// Cannot see whether the numbers that are left are right: test/sketch and test/result hold those.
import { expect, test } from 'vitest';
import { tablesOf } from '../../src/result/rows/tables.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { simulateHere } from '../../src/simulate/simulate.js';

const SCENARIO = {
  version: '1',
  name: 'beyond',
  samples: '500',
  node_power_kw: '10.2',
  power_utilization: '0.7',
  pue: '1.2',
  input_tokens: '1000',
  regimes: '{ t: { output_tokens: { uniform: { min: 100, max: 300 } } } }',
  models: '{ M: { tps: 1000 } }',
  blends: '{ all: { models: [M] } }',
  fleet: '{ blend: all, queries_per_day: 1e9, beta: 1, mixes: { day: { t: 1 } } }',
  load: '{ profile: azure-2024-conversation, peak_load: 0.9, power: { parked: 0.35, active: 0.8 } }',
};

const OVERFLOWS: [
  string,
  Partial<Record<keyof typeof SCENARIO | 'slo' | 'impact' | 'uncertainty' | 'formulas', string>>,
][] = [
  ['tokens', { regimes: '{ t: { output_tokens: { exponential: { median: 1e308 } } } }' }],
  [
    'the queries of a day',
    {
      models: '{ M: { tps: 0.001 } }',
      fleet: '{ blend: all, queries_per_day: 1e308, beta: 1e6, mixes: { day: { t: 1 } } }',
    },
  ],
  ['costs of a request', { models: '{ M: { node_seconds: { per_input_token: 1e308, per_output_token: 1e308 } } }' }],
  [
    'no tokens under a limit',
    { regimes: '{ t: { output_tokens: 0, concurrency: 8 } }', slo: '{ seconds_per_output_token: 0.05 }' },
  ],
  ['prices', { impact: '{ cost: { currency: EUR, price_per_kwh: 1e308 } }' }],
];

test.each(OVERFLOWS)('no cell is infinite or not a number where %s would be', async (_, changes) => {
  const rows = await tablesOf(await simulateHere(await scenarioOf(changes), { kernel: 'reference' }));
  const strange = Object.entries<readonly object[]>({ ...rows }).flatMap(([table, all]) =>
    all.flatMap((row) =>
      Object.entries(row)
        .filter(([, cell]) => typeof cell === 'number' && !Number.isFinite(cell))
        .map((found) => [table, ...found]),
    ),
  );
  expect(strange).toEqual([]);
});

test('a fleet of more nodes than a number can count has none in the table, and its hours stay', async () => {
  const [, changes] = OVERFLOWS[0];
  const { load } = await tablesOf(await simulateHere(await scenarioOf(changes), { kernel: 'reference' }));
  expect(load).toHaveLength(168);
  expect(load[0].nodes_owned).toBeNull();
  expect(load[0].arriving).toBeGreaterThan(0);
});

function scenarioOf(changes: Readonly<Record<string, string>>) {
  const lines = Object.entries({ ...SCENARIO, ...changes }).map(([key, value]) => `${key}: ${value}`);
  return scenarioFromText(lines.join('\n'), 's.yaml', async (_, refuse) => refuse('no such file'));
}
