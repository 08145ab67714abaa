// A sweep's cell, run whole by one thread, with a stratified sampler. Uses the built kernel; what it cannot see: whether the
// intervals are right, see replicates.test.ts.
import { describe, expect, it } from 'vitest';
import { scenarioFromText } from '../../src/browser.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { cellRows } from '../../src/result/rows/cell.js';
import { cellsRunner } from '../../src/simulate/run-cells.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { builtEngine } from '../built-engine.js';
import { needs } from '../needs.js';

const SCENARIO = `
version: 1
name: split
models: { One: { tps: 900, node_power_kw: 10 }, Two: { tps: { uniform: { min: 500, max: 800 } }, node_power_kw: 10 } }
regimes: { traditional: { input_tokens: 500, output_tokens: { exponential: { median: 300 } } } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 } }
correlation: { output_tokens: { power_utilization: 0.5 } }
blends: { Both: { models: [One, Two] } }
fleet: { blend: Both, queries_per_day: 1e9, beta: 1, mixes: { all: { traditional: 1 } } }
`;
/** 45 blocks, the last of them short: replicates of two and of three blocks. */
const SAMPLES = 45_005;

describe.each(['latin-hypercube', 'sobol'])('a run with sampler %s', (sampler) => {
  it('has the summary of a sweep cell that one thread runs whole, on either engine', needs('minutes'), async () => {
    const scenario = await scenarioFromText(SCENARIO, 'split.yaml', noDataset, { sampler, samples: SAMPLES });
    for (const engine of [REFERENCE_ENGINE, await builtEngine()]) {
      const result = await simulateIn(poolOn(callingThread(engine)), scenario, {});
      expect(await cellsRunner(engine)([scenario])).toEqual([cellRows(scenario, result)]);
    }
  });
});

const noDataset = () => Promise.reject(new Error('no dataset'));
