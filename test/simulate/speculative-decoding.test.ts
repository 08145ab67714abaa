// Drafted tokens, from a scenario's text to energy: closed forms of one query, in both engines.
// What it cannot see: whether a pair of models accepts what a scenario states.
import { describe, expect, it } from 'vitest';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { builtKernel } from '../built-engine.js';

const textOf = (throughput: string, concurrency: number) => `
version: 1
name: drafts
samples: 2048
node_power_kw: 10
power_utilization: 0.6
pue: 1.2
input_tokens: 1000
output_tokens: 300
concurrency: ${concurrency}
models: { m: { node_seconds: { per_input_token: 1.0e-5, per_output_token: 1.0e-4, per_context_token: 1.0e-8, per_step: 0.01 } } }
regimes: { t: {} }
${throughput}
`;
const DRAFTS =
  'throughput: { form: request-cost, speculative_decoding: { acceptance: 0.7, draft_tokens: 3, draft_cost: 0.05 } }';
const scenarioOf = (text: string) => scenarioFromSource({ file: 'd.yaml', text, overrides: {}, datasets: {} });

async function energyOf(text: string, kernel: 'reference' | 'wasm') {
  const engine = kernel === 'wasm' ? await builtKernel() : kernel;
  const rows = summaryRows('', seriesOf(await simulateHere(await scenarioOf(text), { kernel: engine })));
  return rows.find(({ metric }) => metric === 'energy')!.p50!;
}

/** Wh of the query by hand. */
function byHand(tokens: number, computed: number, concurrency: number): number {
  const seconds = 1e-5 * 1000 + (300 * (1e-4 * computed + 0.01 / concurrency) + 1e-8 * 300 * 1150) / tokens;
  return (seconds * 10 * 0.6 * 1.2 * 1000) / 3600;
}

describe.each(['reference', 'wasm'] as const)('speculative decoding on the %s engine', (kernel) => {
  it('reads once for all tokens of a step, and computes every draft', async () => {
    const tokens = 1 + 0.7 + 0.49 + 0.343;
    for (const concurrency of [1, 256])
      expect((await energyOf(textOf(DRAFTS, concurrency), kernel)) / byHand(tokens, 4.15, concurrency)).toBeCloseTo(
        1,
        4,
      );
  });

  it('saves with one query in flight and costs on full nodes', async () => {
    const saved = async (concurrency: number) =>
      1 - (await energyOf(textOf(DRAFTS, concurrency), kernel)) / (await energyOf(textOf('', concurrency), kernel));
    expect(await saved(1)).toBeGreaterThan(0.4);
    expect(await saved(1024)).toBeLessThan(0);
  });
});

describe('drafts', () => {
  it('are said to be computed, not measured', async () => {
    expect((await scenarioOf(textOf(DRAFTS, 8))).warnings.join()).toMatch(
      /2\.53 tokens a step, .* computed, not measured/,
    );
  });

  it('are refused for throughput that does not tell reading from computing', async () => {
    const text = textOf(DRAFTS, 8).replace(/models:.*/, 'models: { m: { tps: 1000 } }');
    await expect(scenarioOf(text)).rejects.toThrow(
      /speculative_decoding: needs request-cost throughput.*; m has another/,
    );
    await expect(scenarioOf(textOf(DRAFTS.replace('0.7', '1.2'), 8))).rejects.toThrow(/acceptance/);
  });
});
