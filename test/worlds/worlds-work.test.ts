// How much work worlds are, which decides how many threads a run starts. What it cannot see: whether the seconds are right on this
// machine.
import { expect, test } from 'vitest';
import { drawnWorlds, worldsSeconds } from '../../src/worlds/worlds-work.js';
import { scenarioOf } from '../analysis/scenarios.js';

const text = (tps: string, uncertainty = 'uncertainty: { worlds: 500, samples: 4096 }') => `
version: 1
name: work
seed: s
samples: 4096
${uncertainty}
node_power_kw: 10
models: { One: { tps: ${tps} } }
power_utilization: 0.6
pue: { lognormal: { p5: 1.05, p95: 1.6 }${uncertainty && ', vary: shared'} }
input_tokens: 500
output_tokens: { exponential: { median: 300 } }
regimes: { traditional: {} }
`;

test('worlds that differ by factors alone are drawn once, all others one by one, and none where nobody asks', async () => {
  expect(drawnWorlds(await scenarioOf(text('900')))).toBe(1);
  expect(drawnWorlds(await scenarioOf(text('{ lognormal: { p5: 500, p95: 2000 }, vary: shared }')))).toBe(500);
  expect(drawnWorlds(await scenarioOf(text('900', '')))).toBe(0);
});

test('worlds drawn one by one are worth threads, where the draws of the run itself are not', async () => {
  const nested = await scenarioOf(text('{ lognormal: { p5: 500, p95: 2000 }, vary: shared }'));
  const short = await scenarioOf(text('900'));
  expect(worldsSeconds(nested, 'wasm-simd')).toBeGreaterThan(0.7);
  expect(worldsSeconds(short, 'wasm-simd')).toBeLessThan(0.1);
});
