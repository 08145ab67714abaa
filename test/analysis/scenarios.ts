import { scenarioFromText } from '../../src/scenario/from-text.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';

/** One model of constant throughput: ln energy is a sum of the inputs' logarithms. */
export const SUM_SCENARIO = `
version: 1
name: sum
seed: s
samples: 4096
node_power_kw: 10
models: { One: { tps: 1000 } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 } }
input_tokens: { lognormal: { p5: 100, p95: 2000 } }
output_tokens: { exponential: { median: 300 } }
regimes: { traditional: {} }
`;

/** A scenario without a dataset, from its text. */
export function scenarioOf(text: string, extra = ''): Promise<ResolvedScenario> {
  const noDataset = () => Promise.reject(new Error('no dataset here'));
  return scenarioFromText(text + extra, 'test.yaml', noDataset);
}
