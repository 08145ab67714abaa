// Request-cost throughput in both engines: the WebAssembly kernel and its counter, in single precision, against the TypeScript
// reference, draw by draw, where lengths, cached tokens, queries in flight and costs are fixed or random, alone and together. What
// it cannot see: mistakes of the formula that both engines share (test/simulate/request-cost.test.ts looks for those). Needs the
// built dist/kernel/kernel.wasm.
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadKernel } from '../../src/engine/load-engine.js';
import { referenceKernel } from '../../src/kernel/reference/reference.js';
import { stepLines } from '../../src/kernel/wasm/explain.js';
import { wasmKernel } from '../../src/kernel/wasm/wasm-kernel.js';
import type { KernelModule } from '../../src/kernel/wasm/web-assembly.js';
import { planModels } from '../../src/plan/plan-models.js';
import { BLOCK_SIZE } from '../../src/random/uniforms.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { statisticsOf } from '../../src/sketch/statistics.js';

let module: KernelModule;
beforeAll(async () => {
  const bytes = await readFile(new URL('../../dist/kernel/kernel.wasm', import.meta.url));
  module = (await loadKernel(Uint8Array.from(bytes)))!;
});

const COSTS = '{ per_input_token: 1.2e-4, per_output_token: 1.3e-4, per_context_token: 7e-8, per_step: 0.02 }';

const RANDOM_COSTS = `{
  per_input_token: { lognormal: { p5: 1e-4, p95: 2e-4 } }, per_output_token: { uniform: { min: 1e-4, max: 3e-4 } },
  per_context_token: { lognormal: { p5: 1e-8, p95: 1e-7 } }, per_step: { uniform: { min: 0.01, max: 0.03 } } }`;

function scenarioOf(costs: string, regime: string, samples = 20_000) {
  const text = `
version: 1
name: costs
seed: costs
samples: ${samples}
node_power_kw: 10
models: { M: { node_seconds: ${costs} } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 } }
input_tokens: 500
output_tokens: { exponential: { median: 300 } }
regimes: { all: ${regime} }
`;
  return scenarioFromText(text, 'costs.yaml', noDataset);
}

const noDataset = () => Promise.reject(new Error('this scenario names no dataset'));

const LONG = '{ exponential: { median: 20000 } }';

/** What each is, and what of it is drawn or computed by which rule. */
const CASES: Readonly<Record<string, readonly [costs: string, regime: string, rule: string]>> = {
  'one random length': [COSTS, '{}', 'request energy'],
  'a fixed length': [COSTS, '{ output_tokens: 300 }', 'factors'],
  'random lengths': [COSTS, `{ input_tokens: ${LONG} }`, 'requestCost'],
  'lengths that are 0 at times': [COSTS, '{ input_tokens: 0, output_tokens: { exponential: { median: 1 } } }', ''],
  'cached tokens': [COSTS, `{ input_tokens: ${LONG}, cached_input_tokens: { uniform: { min: 0, max: 30000 } } }`, ''],
  'fixed cached tokens': [COSTS, '{ cached_input_tokens: 400 }', 'request energy'],
  'queries in flight': [COSTS, '{ concurrency: { loguniform: { min: 1, max: 512 } } }', 'requestCost'],
  'so many queries in flight': [COSTS, '{ concurrency: 16 }', 'request energy'],
  'random costs': [RANDOM_COSTS, `{ input_tokens: ${LONG}, concurrency: 8 }`, 'requestCost'],
  'coupled utilisation': [COSTS, '{ power_utilization: { coupled: { base: 0.24, span: 0.56 } } }', 'coupled'],
};

describe('both engines', () => {
  it.each(Object.entries(CASES))('agree to 1e-5 in every draw with %s', async (_, [costs, regime, rule]) => {
    const plan = planModels(await scenarioOf(costs, regime));
    const [reference, wasm] = [await referenceKernel(plan), await wasmKernel(plan, module)];
    expect(stepLines(plan).join('\n')).toContain(rule);
    for (const block of [0, 3]) {
      reference.evaluate(block, BLOCK_SIZE);
      wasm.evaluate(block, BLOCK_SIZE);
      plan.nodes.forEach((node, id) => {
        const [found, expected] = [wasm.layout.ln[id], reference.layout.ln[id]];
        // Draws of a length may be rounded the other way now and then; what nothing is counted from has no column.
        const other = found.subarray(0, BLOCK_SIZE).filter((value, i) => !isNear(value, expected[i])).length;
        expect(other, `${node.kind} ${id}`).toBeLessThan(node.kind === 'constant' ? 1 : 5);
      });
    }
  });

  it.each(Object.entries(CASES))('count the same quantiles with %s', async (_, [costs, regime]) => {
    const scenario = await scenarioOf(costs, regime);
    const [expected, found] = await Promise.all(
      ['reference' as const, module].map(async (kernel) => (await simulateHere(scenario, { kernel })).models),
    );
    expected.plan.measures.forEach(({ row, of }) => {
      const [ours, theirs] = [found, expected].map(({ sketches }) => statisticsOf(sketches.histograms[of], 1));
      for (const quantile of ['p05', 'p50', 'p95'] as const)
        expect(isNear(Math.log(ours[quantile]), Math.log(theirs[quantile]), 3e-4), `${row.metric} ${quantile}`).toBe(
          true,
        );
      expect(ours.n).toBe(theirs.n);
    });
  });
});

function isNear(found: number, expected: number, allowed = 1e-5): boolean {
  if (found === expected || (Number.isNaN(found) && Number.isNaN(expected))) return true;
  return Math.abs(found - expected) <= allowed * Math.max(1, Math.abs(expected) / 16);
}
