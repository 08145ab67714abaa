// The correlation block: what is drawn, what stays as it was, what is refused. What it cannot see: tail dependence, which a
// Gaussian copula has none of.
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { referenceKernel } from '../../src/kernel/reference/reference.js';
import type { Plan } from '../../src/plan/plan.js';
import { planModels } from '../../src/plan/plan-models.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { ranks } from '../../src/sensitivity/ranks.js';
import { SUM_SCENARIO, scenarioOf } from '../analysis/scenarios.js';
import { needs } from '../needs.js';

const BLOCKS = 64;

async function drawsOf(scenario: ResolvedScenario, variable: string): Promise<Float64Array> {
  const plan: Plan = planModels(scenario);
  const id = plan.nodes.findIndex((node) => node.kind === 'draw' && node.variable === variable);
  const kernel = await referenceKernel(plan);
  const draws = new Float64Array(BLOCKS * 1024);
  for (let block = 0; block < BLOCKS; block++) {
    kernel.evaluate(block, 1024);
    draws.set(kernel.layout.ln[id], block * 1024);
  }
  return draws;
}

function spearman(x: Float64Array, y: Float64Array): number {
  const [a, b] = [ranks(x), ranks(y)];
  const mean = (a.length + 1) / 2;
  const covariance = (p: Float64Array, q: Float64Array) =>
    p.reduce((sum, value, i) => sum + (value - mean) * (q[i] - mean), 0);
  return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
}

async function problemsOf(block: string): Promise<string[]> {
  try {
    await scenarioOf(SUM_SCENARIO, block);
    return [];
  } catch (error) {
    return (error as InputError).problems.map(({ key, message }) => `${key}: ${message}`);
  }
}

describe('a correlation block', () => {
  const block = 'correlation: { output_tokens: { input_tokens: 0.6, pue: -0.3 } }';

  it('makes draws of the stated Spearman correlation', needs('minutes'), async () => {
    const scenario = await scenarioOf(SUM_SCENARIO, block);
    const [output, input, pue, other] = await Promise.all(
      ['output_tokens', 'input_tokens', 'pue', 'power_utilization'].map((name) => drawsOf(scenario, name)),
    );
    // Standard error of a rank correlation: at most 1 / sqrt(n) = 0.004.
    expect(Math.abs(spearman(output, input) - 0.6)).toBeLessThan(0.016);
    expect(Math.abs(spearman(output, pue) + 0.3)).toBeLessThan(0.016);
    expect(Math.abs(spearman(output, other))).toBeLessThan(0.016);
  });

  it('leaves each variable its own distribution', async () => {
    const quantile = (draws: Float64Array, p: number) => draws.sort()[Math.floor(p * draws.length)];
    const plain = await drawsOf(await scenarioOf(SUM_SCENARIO), 'pue');
    const correlated = await drawsOf(await scenarioOf(SUM_SCENARIO, block), 'pue');
    for (const p of [0.05, 0.25, 0.5, 0.75, 0.95]) {
      expect(Math.abs(quantile(correlated, p) - quantile(plain, p))).toBeLessThan(0.005);
    }
  });

  it('changes no bit of the first variable and of those that it does not name', needs('minutes'), async () => {
    const [plain, correlated] = [await scenarioOf(SUM_SCENARIO), await scenarioOf(SUM_SCENARIO, block)];
    for (const name of ['output_tokens', 'power_utilization']) {
      expect(await drawsOf(correlated, name)).toEqual(await drawsOf(plain, name));
    }
  });

  it('leaves plan and resolved scenario without a trace where it is absent', async () => {
    const scenario = await scenarioOf(SUM_SCENARIO);
    expect(JSON.stringify(scenario)).not.toContain('correlat');
    expect(JSON.stringify(planModels(scenario))).not.toContain('correlat');
  });

  it.each([
    [
      'correlation: { output_token: { pue: 0.5 } }',
      ['correlation.output_token: no variable is called "output_token"; did you mean output_tokens?'],
    ],
    ['correlation: { pue: { pue: 1 } }', ['correlation.pue.pue: correlates a variable with itself; leave it out']],
    [
      'correlation: { pue: { output_tokens: 2 } }',
      ['correlation.pue.output_tokens: expected a number of at least -1 and at most 1; found 2'],
    ],
    [
      'correlation: { pue: { output_tokens: 0.5 }, output_tokens: { pue: 0.4 } }',
      ['correlation.pue.output_tokens: is stated twice, here and as output_tokens.pue; leave one out'],
    ],
    [
      'correlation: { output_tokens: { input_tokens: 0.9, pue: 0.8 }, input_tokens: { pue: -0.9 } }',
      [
        'correlation.input_tokens.pue: no joint distribution has these correlations (the matrix is not positive definite); ' +
          'found -0.9, expected strictly between 0.478 and 0.981 with the others as stated',
      ],
    ],
    [
      'correlation: { pue: { output_tokens: 1 } }',
      [
        'correlation.pue.output_tokens: no joint distribution has these correlations (the matrix is not positive definite); ' +
          'found 1, expected strictly between -1.000 and 1.000 with the others as stated',
      ],
    ],
  ])('%s is refused with place and remedy', async (block, problems) => {
    expect(await problemsOf(block)).toEqual(problems);
  });

  it('is refused with line and column', async () => {
    const error = await scenarioOf(SUM_SCENARIO, 'correlation: { pue: { pue: 1 } }').catch((one: unknown) => one);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).problems[0]).toMatchObject({ file: 'test.yaml', line: 13 });
  });
});

describe('a correlation with a variable that is not drawn', () => {
  const notes = async (values: string) =>
    (await scenarioOf(SUM_SCENARIO.replace(/^pue:.*$/m, values), 'correlation: { output_tokens: { pue: 0.5 } }'))
      .warnings;

  it('is told of where the variable is constant', async () => {
    expect(await notes('pue: 1.2')).toEqual([
      'correlation: pue is constant in traditional: stated correlations with it change nothing there',
    ]);
  });

  it('is told of where power utilisation follows the throughput', async () => {
    const scenario = await scenarioOf(
      SUM_SCENARIO.replace(/^power_utilization:.*$/m, 'power_utilization: { coupled: { base: 0.24, span: 0.56 } }'),
      'correlation: { output_tokens: { power_utilization: 0.5 } }',
    );
    expect(scenario.warnings).toEqual([
      'correlation: power_utilization follows the throughput in traditional: stated correlations with it change nothing there',
    ]);
  });

  it('is no matter where both are drawn', async () => {
    expect(await notes('pue: { lognormal: { p5: 1.05, p95: 1.6 } }')).toEqual([]);
  });
});
