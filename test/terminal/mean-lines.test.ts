// Means at the terminal: of which rows, with which interval and unit. Cannot see whether the intervals hold:
// test/sketch and bench/interval-coverage.mjs do.
import { expect, test } from 'vitest';
import { tablesOf } from '../../src/result/rows/tables.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { meanLines } from '../../src/terminal/mean-lines.js';

const HEAD = `version: 1
name: means
node_power_kw: 10.2
power_utilization: 0.7
pue: 1.2
input_tokens: 1000
models: { A: { tps: 1000 }, B: { tps: 2000 } }
regimes: { t: { output_tokens: { uniform: { min: 100, max: 500 } } } }
`;
/** 1.2 · 10.2 kW · 0.7 · 300 tokens / (1,000 tokens/s) / 3.6, Wh. */
const MEAN_A = (1.2 * 10.2 * 0.7 * 300) / 1000 / 3.6;

test('models have their means between the ends of their intervals, blends in place of models where there are some', async () => {
  const models = await linesOf('samples: 40000\n');
  expect(models[1]).toMatch(/^mean of a query +Wh +95 % interval \(Monte Carlo error\)$/);
  const [, mean, low, high] = /^ {2}t, A +([\d.]+) +([\d.]+)–([\d.]+)$/.exec(models[2])?.map(Number) ?? [];
  expect(low).toBeLessThan(MEAN_A);
  expect(high).toBeGreaterThan(MEAN_A);
  expect(mean).toBeCloseTo(MEAN_A, 2);
  expect((high - low) / mean).toBeLessThan(0.02);
  expect(models).toHaveLength(4);
  const blends = await linesOf('samples: 4000\nblends: { both: { models: [A, B] } }\n');
  expect(blends.slice(2)).toEqual([expect.stringMatching(/^ {2}t, both +0\.\d+ +0\.\d+–0\.\d+$/)]);
});

test('fewer than eight draws have a mean and no interval', async () => {
  expect((await linesOf('samples: 7\n'))[2]).toMatch(/^ {2}t, A +0\.\d+ +–$/);
});

test('what is integrated has the error of the numbers, and nothing is told of a metric that there is not', async () => {
  expect((await linesOf('sampler: exact\n'))[1]).toContain('95 % interval (numerical error)');
  expect(await linesOf('samples: 100\n', 'carbon')).toEqual([]);
});

async function linesOf(more: string, metric = 'energy'): Promise<string[]> {
  const scenario = await scenarioFromText(HEAD + more, 's.yaml', async (_, refuse) => refuse('no such file'));
  const { summary } = await tablesOf(await simulateHere(scenario));
  return meanLines(summary, ['t'], metric);
}
