// Usage records of queries with what they came to, against closed forms and a run of the same query. What it cannot see: records of
// tools that write other names than OpenTelemetry's.
import { describe, expect, it } from 'vitest';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { annotate } from '../../src/usage/annotate.js';
import { UsageEstimator } from '../../src/usage/estimate-usage.js';
import { isRecord, type JsonRecord, usageOf, withAttributes } from '../../src/usage/usage-record.js';
import { callingThreadPool } from '../../src/workers/calling-thread.js';
import { needs } from '../needs.js';

const TEXT = `
version: 1
name: usage
samples: 4096
node_power_kw: 10
power_utilization: 0.6
pue: { uniform: { min: 1.1, max: 1.5 } }
input_tokens: 1
output_tokens: 1
regimes: { chat: {} }
models: { Llama 3.1 405B: { tps: 2000 }, other: { tps: 1000 } }
blends: { all: { models: [other] } }
pathways: { p: 2 }
fleet: { blend: all, queries_per_day: 1e9, beta: 1, mixes: { all: { chat: 1 } } }
impact: { grid: { gco2e_per_kwh: 400 }, cost: { currency: EUR, price_per_kwh: 0.2 } }
`;

const estimatorOf = async () => {
  const scenario = await scenarioFromSource({ file: 'u.yaml', text: TEXT, overrides: {}, datasets: {} });
  return new UsageEstimator(scenario, scenario.regimes[0], await callingThreadPool('reference'));
};

const record = (output: number, model = 'Llama 3.1 405B'): JsonRecord => ({
  'gen_ai.request.model': model,
  'gen_ai.usage.input_tokens': 500,
  'gen_ai.usage.output_tokens': output,
});

describe('annotate', () => {
  it('adds the mean energy, the range that one query may take, emissions and cost, with formula and boundary', async () => {
    const [{ record: found, why }] = await annotate([record(300)], await estimatorOf());
    const wh = (pue: number) => (pue * 10 * 0.6 * 300) / 2000 / 3.6;
    expect(why).toBeUndefined();
    expect(found).toMatchObject({ ...record(300), 'tokenjoule.formula': 'oviedo', 'tokenjoule.boundary': 'facility' });
    expect(found['tokenjoule.energy.wh']).toBeCloseTo(wh(1.3), 2);
    expect(found['tokenjoule.energy.wh.p05']).toBeCloseTo(wh(1.12), 2);
    expect(found['tokenjoule.energy.wh.p95']).toBeCloseTo(wh(1.48), 2);
    expect(found['tokenjoule.carbon.gco2e']).toBeCloseTo(wh(1.3) * 0.4, 2);
    expect(found['tokenjoule.cost.eur']).toBeCloseTo((wh(1.3) * 0.2) / 1000, 6);
  });

  it(
    'gives records that differ in length energies in proportion, and equal ones equal, whatever stands beside them',
    needs('minutes'),
    async () => {
      const many = Array.from({ length: 150 }, (_, i) => record(100 + i));
      const found = await annotate([...many, record(100)], await estimatorOf());
      const energies = found.map(({ record: one }) => Number(one['tokenjoule.energy.wh']));
      expect(energies[149] / energies[0]).toBeCloseTo(2.49, 3);
      expect(energies[150]).toBe(energies[0]);
      const [alone] = await annotate([record(249)], await estimatorOf());
      expect(alone.record['tokenjoule.energy.wh']).toBe(energies[149]);
    },
  );

  it('knows models by their aliases, and leaves records as they are that it cannot annotate, with the reason', async () => {
    const estimator = await estimatorOf();
    const [alias, unknown, short, given] = await annotate(
      [record(300, 'llama3.1-405b'), record(300, 'gpt-4'), { x: 1 }, record(300, 'other')],
      estimator,
    );
    expect(alias.record['tokenjoule.energy.wh']).toBeGreaterThan(0);
    expect(given.record['tokenjoule.energy.wh']).toBeGreaterThan(Number(alias.record['tokenjoule.energy.wh']));
    expect(unknown).toEqual({ record: record(300, 'gpt-4'), why: 'of gpt-4, which the scenario has not' });
    expect(short).toEqual({ record: { x: 1 }, why: 'without gen_ai.request.model' });
  });
});

describe('a record of usage', () => {
  const usage = { model: 'm', input_tokens: 5, output_tokens: 7 };

  it('is read from its own keys, from a mapping of attributes, and from the list that OTLP writes', () => {
    const flat = { 'gen_ai.response.model': 'm', 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.output_tokens': 7 };
    const otlp = [
      { key: 'gen_ai.response.model', value: { stringValue: 'm' } },
      { key: 'gen_ai.usage.input_tokens', value: { intValue: '5' } },
      { key: 'gen_ai.usage.output_tokens', value: { intValue: 7 } },
    ];
    for (const one of [flat, { attributes: flat }, { attributes: otlp }]) expect(usageOf(one)).toEqual(usage);
    const more = withAttributes({ attributes: otlp }, { wh: 0.5, formula: 'f' }).attributes;
    expect(Array.isArray(more) && more.slice(3)).toEqual([
      { key: 'wh', value: { doubleValue: 0.5 } },
      { key: 'formula', value: { stringValue: 'f' } },
    ]);
    expect(withAttributes({ attributes: flat, name: 'chat' }, { wh: 1 })).toEqual({
      name: 'chat',
      attributes: { ...flat, wh: 1 },
    });
  });

  it('may have the older names of token counts, cached tokens, and a model that only the caller knows', () => {
    const old = {
      'gen_ai.usage.prompt_tokens': 5,
      'gen_ai.usage.completion_tokens': 7,
      'gen_ai.usage.cache_read.input_tokens': 2,
    };
    expect(usageOf(old, 'm')).toEqual({ ...usage, cached_input_tokens: 2 });
    expect(usageOf(old)).toEqual({ lacks: 'gen_ai.request.model' });
  });

  it.each([-1, 1.5, '7', null])('whose output tokens are %s lacks them', (tokens) => {
    const one = { 'gen_ai.usage.input_tokens': 5, 'gen_ai.usage.output_tokens': tokens };
    expect(usageOf(one, 'm')).toEqual({ lacks: 'gen_ai.usage.output_tokens' });
  });

  it('is a mapping and no list', () => {
    expect([{}, [], null, 'x'].map(isRecord)).toEqual([true, false, false, false]);
  });
});
