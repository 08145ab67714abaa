// Reasoning tokens beside those of the answer, in both engines: they cost what as many output tokens cost, by every form of
// throughput, drawn alone, with the answer, integrated, and in sessions. What it cannot see: how long models reason.
import { describe, expect, it } from 'vitest';
import { referenceKernel } from '../../src/kernel/reference/reference.js';
import { planModels } from '../../src/plan/plan-models.js';
import { perOutputToken } from '../../src/result/beside-energy.js';
import { tablesOf } from '../../src/result/rows/tables.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { builtKernel } from '../built-engine.js';
import { RIGHT, resolveText } from '../scenario/fixtures.js';

const GIVEN = 'models: { M: { tps: 1000 } }';
const COSTS =
  'models: { M: { node_seconds: { per_input_token: 1e-4, per_output_token: 2e-4, per_context_token: 1e-7 } } }';
const FORMS = {
  'log-log fits': 'throughput: { dataset: data.csv }',
  'a stated throughput': GIVEN,
  'stated costs': COSTS,
};

const textOf = (form: string, lengths: string) => `version: 1
name: reasoning
samples: 40000
${form}
node_power_kw: 10
pue: 1.2
power_utilization: 0.5
input_tokens: 500
regimes: { chat: { ${lengths} } }
`;
const scenarioOf = (form: string, lengths: string) => resolveText(textOf(form, lengths));
const summaryOf = async (scenario: ResolvedScenario, kernel: 'reference' | 'wasm' = 'reference') =>
  (await tablesOf(await simulateHere(scenario, { kernel: kernel === 'wasm' ? await builtKernel() : 'reference' })))
    .summary;
const metricsOf = async (scenario: ResolvedScenario, kernel: 'reference' | 'wasm') =>
  (await summaryOf(scenario, kernel)).filter(({ metric }) => !/_tokens$/.test(metric));

describe.each(['reference', 'wasm'] as const)('by kernel %s', (kernel) => {
  it.each(Object.entries(FORMS))(
    '%s: an answer and its reasoning cost what one answer as long as both costs',
    async (_, form) => {
      const together = await metricsOf(await scenarioOf(form, 'output_tokens: 1500'), kernel);
      const apart = await metricsOf(await scenarioOf(form, 'output_tokens: 300, reasoning_tokens: 1200'), kernel);
      expect(apart).toHaveLength(together.length);
      for (const [i, row] of apart.entries()) {
        const other = together[i];
        expect({ ...row, n: 0 }).toMatchObject({ metric: other.metric, subject: other.subject });
        if (other.p50) expect(row.p50! / other.p50).toBeCloseTo(1, 5);
        else expect(row.p50).toBe(other.p50);
      }
    },
  );

  it.each(Object.entries(FORMS))(
    '%s: a fixed reasoning moves an answer that varies as a longer answer would be',
    async (_, form) => {
      const apart = await metricsOf(
        await scenarioOf(form, 'output_tokens: { uniform: { min: 100, max: 900 } }, reasoning_tokens: 1000'),
        kernel,
      );
      const together = await metricsOf(
        await scenarioOf(form, 'output_tokens: { uniform: { min: 1100, max: 1900 } }'),
        kernel,
      );
      for (const [i, { p05, p50, p95, mean }] of apart.entries()) {
        for (const [one, other] of [
          [p05, together[i].p05],
          [p50, together[i].p50],
          [p95, together[i].p95],
          [mean, together[i].mean],
        ])
          if (other) expect(one! / other).toBeCloseTo(1, kernel === 'wasm' ? 2 : 3);
          else expect(one).toBe(other);
      }
    },
  );

  it('two of each, drawn apart, make four energies of a quarter of the draws each', async () => {
    const values = (low: number, high: number) => `{ empirical: { values: [${low}, ${high}] } }`;
    const lengths = `output_tokens: ${values(100, 300)}, reasoning_tokens: ${values(1000, 7000)}`;
    const rows = await summaryOf(await scenarioOf(GIVEN, lengths), kernel);
    const { p05, p25, p50, p75, p95 } = rows.find(({ metric }) => metric === 'energy')!;
    const perToken = (1.2 * 10 * 0.5 * 1000) / 3600 / 1000;
    const [least, , , most] = [1100, 1300, 7100, 7300].map((tokens) => tokens * perToken);
    expect([p05! / least, p95! / most].map((ratio) => ratio.toFixed(3))).toEqual(['1.000', '1.000']);
    for (const one of [p25, p50, p75])
      expect([1100, 1300, 7100, 7300].some((tokens) => Math.abs(one! / (tokens * perToken) - 1) < 1e-3)).toBe(true);
  });
});

it('by the kernel of WebAssembly a stated throughput has the energy of the draw’s own answer and reasoning', async () => {
  const lengths = 'output_tokens: { uniform: { min: 100, max: 900 } }, reasoning_tokens: 1000';
  const rows = await summaryOf(await scenarioOf(GIVEN, lengths), 'wasm');
  const [energy, answer] = ['energy', 'output_tokens'].map((name) => rows.find(({ metric }) => metric === name)!);
  const whPerToken = (1.2 * 5 * 1000) / 3600 / 1000;
  for (const name of ['p05', 'p25', 'p50', 'p75', 'p95'] as const)
    expect(energy[name]! / (whPerToken * (answer[name]! + 1000))).toBeCloseTo(1, 3);
});

it('costs are those of each draw’s own sum, by the closed form of a request', async () => {
  const lengths =
    'output_tokens: { exponential: { mean: 300 } }, reasoning_tokens: { lognormal: { median: 800, p95: 6000 } }';
  const scenario = await scenarioOf(COSTS, lengths);
  const plan = planModels(scenario);
  const { energy, output_tokens, reasoning_tokens } = plan.services[0].quantities;
  const kernel = await referenceKernel(plan);
  kernel.evaluate(0, 1024);
  const { value, ln } = kernel.layout;
  for (let i = 0; i < 1024; i++) {
    const decoded = value[output_tokens!][i] + value[reasoning_tokens!][i];
    const seconds = 1e-4 * 500 + 2e-4 * decoded + 1e-7 * decoded * (500 + decoded / 2);
    expect(Math.exp(ln[energy!][i]) / ((1.2 * 5 * 1000 * seconds) / 3600)).toBeCloseTo(1, 10);
  }
});

it('correlated with the answer, sums spread wider than independent ones', async () => {
  const lengths =
    'output_tokens: { lognormal: { p5: 100, p95: 2000 } }, reasoning_tokens: { lognormal: { p5: 100, p95: 2000 } }';
  const spread = async (more: string) => {
    const rows = await summaryOf(await resolveText(`${textOf(GIVEN, lengths)}${more}`));
    const { p05, p95 } = rows.find(({ metric }) => metric === 'energy')!;
    return Math.log(p95! / p05!);
  };
  const [apart, together] = [
    await spread(''),
    await spread('correlation: { reasoning_tokens: { output_tokens: 0.95 } }\n'),
  ];
  expect(together / Math.log(20)).toBeCloseTo(1, 1);
  expect(apart).toBeLessThan(0.85 * together);
});

it('an exact run integrates an answer with fixed reasoning, and draws two random lengths together', async () => {
  const lengths = (reasoning: string) =>
    `output_tokens: { exponential: { mean: 300 } }, reasoning_tokens: ${reasoning}`;
  const fixed = await scenarioOf(GIVEN, lengths('1000'));
  const [drawn] = (await summaryOf(fixed)).filter(({ metric }) => metric === 'energy');
  const [exact] = (await summaryOf({ ...fixed, sampler: 'exact' })).filter(({ metric }) => metric === 'energy');
  expect(exact.n).toBe(0);
  expect(exact.p50! / drawn.p50!).toBeCloseTo(1, 2);
  const both = await scenarioOf(GIVEN, lengths('{ exponential: { mean: 800 } }'));
  const [auto] = (await summaryOf({ ...both, sampler: 'auto' })).filter(({ metric }) => metric === 'energy');
  expect(auto.n).toBeGreaterThan(0);
});

it('none of it leaves every row as it was without the key, but for its own', async () => {
  const without = await summaryOf(
    await scenarioOf(FORMS['log-log fits'], 'output_tokens: { exponential: { mean: 300 } }'),
  );
  const none = await summaryOf(
    await scenarioOf(FORMS['log-log fits'], 'output_tokens: { exponential: { mean: 300 } }, reasoning_tokens: 0'),
  );
  expect(none.filter(({ metric }) => metric !== 'reasoning_tokens')).toEqual(without);
});

it('is a column of kept draws, and counts among the tokens that energy is told of', async () => {
  const scenario = await scenarioOf(GIVEN, 'output_tokens: 100, reasoning_tokens: 400');
  const rows = await summaryOf(scenario);
  const wh = (500 / 1000) * ((1.2 * 10 * 0.5 * 1000) / 3600);
  expect(perOutputToken(rows, 'chat')?.rows[0][1]).toBe(((wh * 3600) / 500).toPrecision(3));
  expect(rows.find(({ metric }) => metric === 'reasoning_tokens')?.p50).toBe(400);
});

it('a session decodes it in every turn, and later contexts do not hold it', async () => {
  const session = 'session: { turns: 2, system_tokens: 1000 }, output_tokens: 300, reasoning_tokens: 700';
  const rows = await summaryOf(await scenarioOf(COSTS, session));
  const reads = 1000 * (1500 + 500) + 1000 * (1500 + 300 + 500 + 500);
  const seconds = 1e-4 * (1500 + 1800 + 500) + 2e-4 * 2000 + 1e-7 * reads;
  const { p50 } = rows.find(({ metric }) => metric === 'energy_per_session')!;
  expect(p50! / ((1.2 * 5 * 1000 * seconds) / 3600)).toBeCloseTo(1, 4);
});

it('a negative one is refused with its place', async () => {
  await expect(resolveText(`${RIGHT}reasoning_tokens: -1\n`)).rejects.toThrow(/reasoning_tokens/);
});
