// What a right scenario becomes. The fits themselves are tested with the model.
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { Distribution } from '../../src/distributions/index.js';
import type { Scenario } from '../../src/scenario/schema.js';
import { edited, problemsOf, RIGHT, resolveText } from './fixtures.js';

const values = (distribution: object) => (distribution as { parameters: { value: number } }).parameters.value;

describe('a resolved scenario', () => {
  it('has every default filled', async () => {
    const { name, description, seed, samples, regimes, dataset, warnings } = await resolveText(RIGHT);
    expect({ name, description, seed, samples }).toEqual({
      name: 'small',
      description: '',
      seed: 'tokenjoule',
      samples: 1_000_000,
    });
    expect(dataset).toMatchObject({ file: 'data.csv', rows: 8, quantization: 'FP8' });
    expect(regimes.map((regime) => values(regime.prefill_weight))).toEqual([0, 0]);
    expect(warnings).toEqual([
      'Gamma is left out: 1 FP8 row with numeric lengths in data.csv, 2 needed; add rows, or state its tps under models',
      '3 of 8 rows of data.csv are in no fit: 1 of models that are not fitted, 2 of FP16 where throughput.quantization is FP8',
    ]);
  });

  it('takes seed 0 for the seed "0"', async () => {
    expect((await resolveText(`${RIGHT}seed: 0\n`)).seed).toBe('0');
  });

  it('has all models of the dataset with rows of the quantization, unless it names some', async () => {
    const all = await resolveText(RIGHT);
    expect(all.models.map(({ name, throughput }) => [name, throughput.method])).toEqual([
      ['Alpha 1.5', 'regression'],
      ['Beta', 'maximum'],
    ]);
    const named = await resolveText(`${RIGHT}models: { Beta: { node_power_kw: 5 } }\n`);
    expect(named.models.map(({ name, node_power_kw }) => [name, values(node_power_kw)])).toEqual([['Beta', 5]]);
  });

  it('needs no dataset where every model states its tps', async () => {
    const scenario = await resolveText(edited('throughput: { dataset: data.csv }', 'models: { Mine: { tps: 900 } }'));
    expect(scenario.models[0].throughput).toEqual({
      method: 'given',
      tps: scenario.models[0].throughput.method === 'given' && scenario.models[0].throughput.tps,
    });
    expect('dataset' in scenario).toBe(false);
  });

  it('gives each regime what the top level says and the regime does not', async () => {
    const { regimes } = await resolveText(
      edited(
        '    output_tokens: 5000',
        '    output_tokens: 5000\n    pue: 1.5\n    power_utilization: { coupled: { base: 0.2, span: 0.5 } }',
      ),
    );
    expect(regimes.map((regime) => values(regime.pue))).toEqual([1.2, 1.5]);
    expect(regimes[1].power_utilization).toEqual({ coupled: { base: 0.2, span: 0.5 } });
  });

  it('lets a regime be empty where the top level says it all', async () => {
    const text = `${RIGHT.slice(0, RIGHT.indexOf('regimes:'))}output_tokens: 300\nregimes:\n  traditional:\n`;
    expect(values((await resolveText(text)).regimes[0].output_tokens)).toBe(300);
  });

  it('multiplies the factors of beta', async () => {
    const fleet =
      'blends: { f: { models: [Beta] } }\nfleet: { blend: f, queries_per_day: 10, beta: { a: 2, b: 3 }, mixes: { m: { long: 1 } } }\n';
    expect((await resolveText(RIGHT + fleet)).fleet).toEqual({
      blend: 'f',
      queries_per_day: 10,
      beta: 6,
      line_of_sight: {},
      mixes: [{ name: 'm', weights: { long: 1 } }],
    });
  });

  it('spells products out as their multipliers', async () => {
    const { pathways } = await resolveText(`${RIGHT}pathways: { a: 2, b: 3, both: { product: [a, b] } }\n`);
    expect(pathways.map(({ name, multipliers }) => [name, multipliers.map((one) => one.name)])).toEqual([
      ['a', ['a']],
      ['b', ['b']],
      ['both', ['a', 'b']],
    ]);
  });

  it('takes the highest throughput outside production, by node, lengths or none', async () => {
    const scenario = await resolveText(
      `${RIGHT}non_production: { slow: { quantization: FP16, nodes: { Alpha 1.5: 2 } } }\n`,
    );
    expect(scenario.non_production).toEqual([
      { name: 'slow', quantization: 'FP16', models: [{ name: 'Alpha 1.5', tps: 300 }] },
    ]);
    expect(scenario.warnings.at(-1)).toBe('slow leaves out Beta: no FP16 rows in data.csv');
  });

  it('is plain data', async () => {
    const scenario = await resolveText(RIGHT);
    expect(structuredClone(scenario)).toEqual(scenario);
  });

  it('allows a utilisation that is 0 at times, and no tokens at all', async () => {
    const text = edited('power_utilization: 0.6', 'power_utilization: { uniform: { min: 0, max: 1 } }').replace(
      'input_tokens: 500',
      'input_tokens: 0',
    );
    expect(await problemsOf(resolveText(text))).toEqual([]);
  });
});

describe('the type of a scenario', () => {
  it('follows from its definition', () => {
    expectTypeOf<Scenario['version']>().toEqualTypeOf<1>();
    expectTypeOf<Scenario['seed']>().toEqualTypeOf<string | number>();
    expectTypeOf<Scenario['samples']>().toEqualTypeOf<number>();
    expectTypeOf<Scenario['pue']>().toEqualTypeOf<Distribution | undefined>();
    expectTypeOf<Scenario['prefill_weight']>().toEqualTypeOf<Distribution | undefined>();
    expectTypeOf<NonNullable<Scenario['fleet']>['mixes']>().toEqualTypeOf<
      Readonly<Record<string, Readonly<Record<string, number>>>>
    >();
  });
});
