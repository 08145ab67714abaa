// What the paper's scenario compiles to: its plan and the kernel's steps as `tokenjoule explain` prints them. Somebody who
// changes a formula, a node or a fusion sees here what becomes of it. What it cannot see: the numbers (test/pins).
import { describe, expect, it } from 'vitest';
import { stepLines } from '../../src/kernel/wasm/explain.js';
import { planLines } from '../../src/plan/explain.js';
import { planModels } from '../../src/plan/plan-models.js';
import { loadScenario } from '../../src/scenario/load.js';

async function paper(set: readonly string[] = []) {
  return planModels(await loadScenario('scenarios/oviedo-2026.yaml', { set, samples: 1000 }));
}

describe('the plan of the paper', () => {
  it('has each variable once, and for each model in each regime a fit, an energy and two indicators', async () => {
    const plan = await paper();
    const kinds = plan.nodes.map(({ kind }) => kind);
    const many = (kind: string) => kinds.filter((one) => one === kind).length;
    expect(many('draw')).toBe(4);
    for (const kind of ['fit', 'product', 'capped', 'outside']) expect(many(kind), kind).toBe(10);
    expect(many('constant')).toBe(4);
  });

  it('is printed as numbered lines in the order of evaluation', async () => {
    expect(planLines(await paper()).slice(0, 10)).toEqual([
      '#0 = 500   counted: input_tokens, DeepSeek-R1, traditional; input_tokens, Llama 3.1 405B, traditional and 8 more',
      '#1 = output_tokens ~ exponential(median 300)   counted: output_tokens, DeepSeek-R1, traditional; output_tokens, Llama 3.1 405B, traditional and 3 more',
      '#2 = 0   counted: prefill_weight, DeepSeek-R1, traditional; prefill_weight, Llama 3.1 405B, traditional and 8 more',
      '#3 = pue ~ lognormal(P5 1.05, P95 1.6)   counted: pue, DeepSeek-R1, traditional; pue, Llama 3.1 405B, traditional and 8 more',
      '#4 = power_utilization ~ lognormal(P5 0.4, P95 0.9)   counted: power_utilization, DeepSeek-R1, traditional; power_utilization, Llama 3.1 405B, traditional and 8 more',
      '#5 = 12.8   counted: node_power_kw, DeepSeek-R1, traditional; node_power_kw, DeepSeek-R1, test-time-scaling',
      '#6 = fit(#0, #1), at most 1,300   counted: tps, DeepSeek-R1, traditional',
      '#7 = #3 · #5 · #4 · #1 · 0.278 / #6   counted: energy, DeepSeek-R1, traditional',
      '#8 = fit(#0, #1) above its highest row   counted: tps_capped, DeepSeek-R1, traditional',
      '#9 = #0, #1 outside the rows   counted: tps_extrapolated, DeepSeek-R1, traditional',
    ]);
  });
});

describe('the kernel’s steps for the paper', () => {
  it('draw four variables and compute ten energies, each with its fit on its way', async () => {
    const steps = stepLines(await paper());
    expect(steps.slice(0, 5)).toEqual([
      'draw #1',
      'draw #3',
      'draw #4',
      'draw #29',
      'fitted energy → #7, with #6 on its way',
    ]);
    expect(steps).toHaveLength(4 + 10);
  });

  it('hold a column of throughput where something else reads it: random inputs, coupled utilisation', async () => {
    const random = stepLines(await paper(['regimes.traditional.input_tokens={ uniform: { min: 400, max: 600 } }']));
    expect(random.filter((step) => step.startsWith('fit →'))).toHaveLength(5);
    expect(random.filter((step) => step.startsWith('energy →'))).toHaveLength(5);
    const coupled = stepLines(await paper(['power_utilization={ coupled: { base: 0.24, span: 0.56 } }']));
    expect(coupled.filter((step) => step.startsWith('coupled →'))).toHaveLength(10);
    expect(coupled.filter((step) => step.startsWith('fitted energy'))).toHaveLength(0);
  });
});
