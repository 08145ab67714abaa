import type { KernelChoice } from '../src/engine/load-engine.js';
import type { Result } from '../src/result/result.js';
import { scenarioFromSource } from '../src/scenario/source.js';
import { simulateHere } from '../src/simulate/simulate.js';
import { bytesOf } from './sketch/sketch-bytes.js';

/** Two models in one regime, pooled and divided by a pathway: both passes, and fast. */
const TEXT = `
version: 1
name: small
seed: a seed
samples: 1100001
node_power_kw: 10
models: { a: { tps: { lognormal: { p5: 500, p95: 2000 } } }, b: { tps: 900 } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 } }
input_tokens: 500
regimes: { traditional: { output_tokens: { exponential: { median: 300 } } } }
blends: { frontier: { highest_median_energy: 2 } }
pathways: { model: { lognormal: { p5: 1.5, p95: 10 } } }
`;

export function smallSource(replace: readonly [string, string] = ['', '']) {
  return { file: 'small.yaml', text: TEXT.replace(...replace), overrides: {}, datasets: {} };
}

export const smallScenario = (replace?: readonly [string, string]) => scenarioFromSource(smallSource(replace));

/** All counts of both passes as one text. */
export const countsOf = ({ models, blends }: Result) => `${bytesOf(models.sketches)}\n${bytesOf(blends.sketches)}`;

/** Counts of the undisturbed run in the calling thread. */
export const undisturbed = async (kernel: KernelChoice = 'reference') =>
  countsOf(await simulateHere(await smallScenario(), { kernel }));
