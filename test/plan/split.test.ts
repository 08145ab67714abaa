/**
 * What is integrated and what is drawn, from small plans whose products are known. What it cannot see: whether integrals
 * are right (test/simulate/integrated.test.ts).
 */
import { describe, expect, it } from 'vitest';
import { splitLines } from '../../src/plan/explain-split.js';
import { checkIntegrable, drawsAnything } from '../../src/plan/integrable.js';
import { planBlends } from '../../src/plan/plan-blends.js';
import { planModels } from '../../src/plan/plan-models.js';
import { variablesOf } from '../../src/plan/split.js';
import { drawnPlan, splitCounted } from '../../src/plan/split-counted.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';

const BASE = {
  version: 1,
  name: 'split',
  node_power_kw: 10,
  models: { a: { tps: { lognormal: { p5: 500, p95: 2000 } } } },
  power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } },
  pue: { lognormal: { p5: 1.05, p95: 1.6 } },
  input_tokens: 500,
  regimes: { traditional: { output_tokens: { exponential: { median: 300 } } } },
};

function scenario(more: object) {
  const refuse = () => Promise.reject(new Error('this scenario names no dataset'));
  return scenarioFromText(JSON.stringify({ ...BASE, ...more }), 'split.yaml', refuse);
}

async function energyOf(more: object) {
  const plan = planModels(await scenario(more));
  const place = plan.measures.find(({ row }) => row.metric === 'energy')?.of ?? -1;
  const split = splitCounted(plan)[place];
  if (split.kind !== 'product') return split.kind;
  return split.of.parts.map((part) => [variablesOf(plan.nodes, part).join(), part.obstacle?.kind ?? 'integrated']);
}

const RANDOM_INPUT = { input_tokens: { uniform: { min: 100, max: 900 } } };

describe('the energy of a query', () => {
  it('is a product of independent factors where nothing joins them', async () => {
    const parts = await energyOf({});
    expect(parts).toHaveLength(4);
    expect(new Map(parts as [string, string][])).toEqual(
      new Map(['pue', 'power_utilization', 'output_tokens', 'models.a.tps'].map((name) => [name, 'integrated'])),
    );
  });

  it('has two random lengths in one part that is drawn, where they meet in a sum', async () => {
    const parts = await energyOf({ ...RANDOM_INPUT, prefill_weight: 0.1 });
    expect(parts).toContainEqual(['input_tokens,output_tokens', 'joined']);
    expect(parts).toContainEqual(['pue', 'integrated']);
  });

  it('leaves out a length that has no weight', async () => {
    const parts = await energyOf(RANDOM_INPUT);
    expect(JSON.stringify(parts)).not.toContain('input_tokens');
  });

  it('has correlated inputs in one part that is drawn', async () => {
    const parts = await energyOf({ correlation: { pue: { output_tokens: 0.4 } } });
    expect(parts).toContainEqual([expect.stringMatching(/pue/), 'correlated']);
    expect(parts).toHaveLength(3);
  });

  it('has nothing drawn for a correlation with what it does not follow from', async () => {
    const parts = await energyOf({ ...RANDOM_INPUT, correlation: { output_tokens: { input_tokens: 0.4 } } });
    expect(JSON.stringify(parts)).not.toContain('correlated');
  });

  it('is one part with a coupled utilisation, which follows from the same length', async () => {
    const costs = { per_input_token: 1e-4, per_output_token: 1e-4, per_context_token: 1e-8 };
    const coupled = { power_utilization: { coupled: { base: 0.24, span: 0.56 } } };
    expect(await energyOf({ ...coupled, models: { m: { node_seconds: costs } } })).toEqual([
      ['pue', 'integrated'],
      ['output_tokens', 'integrated'],
    ]);
  });
});

describe('what must be drawn', () => {
  it('is planned alone, as products of parts, and nothing of what is integrated', async () => {
    const plan = planModels(await scenario({ ...RANDOM_INPUT, prefill_weight: 0.1 }));
    const { plan: drawn } = drawnPlan(plan, splitCounted(plan));
    expect(drawn.counted).toHaveLength(1);
    expect(drawn.samples).toBe(plan.samples);
  });

  it('is all of a pool whose multiplier is correlated with what it divides', async () => {
    const blend = { blends: { all: { models: ['a'] } }, pathways: { less: { lognormal: { p5: 1.5, p95: 10 } } } };
    const kinds = async (more: object) => {
      const members = [{ model: 'a', lowBin: 0, highBin: 1 }];
      const asked = await scenario({ ...blend, ...more });
      const plan = planBlends(asked, [
        { blend: 'all', regime: 'traditional', formula: 'oviedo', metric: 'energy', members },
      ]);
      return splitCounted(plan).map(({ kind }) => kind);
    };
    expect(await kinds({})).toEqual(['pool', 'pool', 'pool', 'pool']);
    const correlated = { correlation: { 'pathways.less': { pue: 0.5 } } };
    expect(await kinds(correlated)).toEqual(['pool', 'pool', 'drawn', 'drawn']);
  });

  it('is known before anything is drawn', async () => {
    expect(drawsAnything(await scenario({}))).toBe(false);
    expect(drawsAnything(await scenario({ correlation: { pue: { output_tokens: 0.4 } } }))).toBe(true);
  });
});

const ALL_CORRELATED = {
  models: { a: { tps: 900 } },
  power_utilization: 0.7,
  correlation: { pue: { output_tokens: 0.4 } },
};

describe('sampler exact', () => {
  it('is refused where nothing is integrated, with the keys that cause it', async () => {
    const asked = await scenario({ ...ALL_CORRELATED, sampler: 'exact' });
    expect(() => checkIntegrable('split.yaml', asked)).toThrow(
      'split.yaml: sampler: exact has nothing to integrate: correlation draws output_tokens, pue together',
    );
  });

  it('is refused for a session under constant factors, with what stands in the way', async () => {
    const costs = { per_input_token: 1e-4, per_output_token: 1e-3, per_context_token: 0 };
    const certain = { pue: 1.2, power_utilization: 0.7, models: { a: { node_seconds: costs } } };
    const asked = await scenario({ ...certain, session: { hazard: [0.5] }, sampler: 'exact' });
    expect(() => checkIntegrable('split.yaml', asked)).toThrow(
      'split.yaml: sampler: exact has nothing to integrate: session sums its turns, each with draws of its own. Take auto',
    );
  });

  it('is taken where something is, and auto always', async () => {
    checkIntegrable('split.yaml', await scenario({ ...ALL_CORRELATED, sampler: 'auto' }));
    const more = { ...ALL_CORRELATED, power_utilization: BASE.power_utilization, sampler: 'exact' };
    checkIntegrable('split.yaml', await scenario(more));
  });
});

describe('the explanation', () => {
  it('says of each distribution what is integrated, what is drawn and why', async () => {
    const lines = splitLines(await scenario({ correlation: { pue: { output_tokens: 0.4 } } }));
    const way =
      'integrated: models.a.tps, power_utilization; drawn and convolved: correlation draws output_tokens, pue';
    expect(lines[0]).toBe(`${way} together`);
    expect(lines[1]).toBe('  energy, a, traditional');
  });

  it('says of a session that its turns are summed, and what is drawn beside them', async () => {
    const costs = { per_input_token: 1e-4, per_output_token: 1e-3, per_context_token: 0 };
    const lines = splitLines(
      await scenario({ models: { a: { node_seconds: costs } }, session: { hazard: [0.5], tool_tokens: 9 } }),
    );
    expect(lines[0]).toBe(
      'integrated: power_utilization, pue; drawn and convolved: session sums its turns, each with draws of its own',
    );
    expect(lines.join()).not.toContain('come from one list');
  });
});
