// Several formulas over the same draws, from a scenario's text to the rows of tables, on both engines. What it cannot see: whether
// a formula is right, which its own test judges.
import { describe, expect, it } from 'vitest';
import { compareScenarios } from '../../src/comparison/compare.js';
import { FORMULA_NAMES } from '../../src/model/formulas/index.js';
import { fleetRows } from '../../src/result/rows/fleet.js';
import { summaryRows } from '../../src/result/rows/summary.js';
import { seriesOf } from '../../src/result/series.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { scenarioFromSource } from '../../src/scenario/source.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import { quantiles } from '../../src/sketch/statistics.js';
import { subjectsOf } from '../../src/subjects/subjects.js';
import { ofFirstFormula } from '../../src/tables/first-formula.js';
import { builtKernel } from '../built-engine.js';
import { needs } from '../needs.js';

const text = (more: string, models: string, members: string) => `
version: 1
name: formulas
samples: 20000
node_power_kw: 10
power_utilization: 0.6
pue: { uniform: { min: 1.1, max: 1.5 } }
input_tokens: 1000
output_tokens: { lognormal: { median: 300, p95: 1200 } }
regimes: { t: {} }
models: ${models}
blends: { both: { models: ${members} } }
pathways: { model: 4 }
fleet: { blend: both, queries_per_day: 1e9, beta: 1, mixes: { all: { t: 1 } } }
${more}
`;

const SIZED = '{ a: { tps: 2000, active_params_b: 400 }, b: { tps: 1000, active_params_b: 100 } }';

const scenarioOf = (more: string, models = SIZED, members = '[a, b]') =>
  scenarioFromSource({ file: 'f.yaml', text: text(more, models, members), overrides: {}, datasets: {} });

describe.each(['reference', 'wasm'] as const)('the %s engine', (name) => {
  const simulate = async (scenario: ResolvedScenario) =>
    simulateHere(scenario, { kernel: name === 'wasm' ? await builtKernel() : name });

  it('gives a row of energy for each formula, the first one first, and both over the same draws', async () => {
    const result = await simulate(await scenarioOf('formulas: [oviedo, epoch]'));
    const rows = summaryRows('formulas', seriesOf(result));
    const median = (subject: string, formula: string, pathway = 'baseline', trim = 'none') =>
      rows.find(
        (row) =>
          row.metric === 'energy' &&
          row.subject === subject &&
          row.formula === formula &&
          row.pathway === pathway &&
          row.trim === trim,
      )!.p50!;
    // Both are linear in PUE and output tokens, so they differ by a constant: 10 kW · 0.6 / 3.6 / tps against Epoch AI's.
    const perToken = (2 * 400e9 * 1275 * 0.7) / (989e12 * 0.1) / 3600;
    expect(median('a', 'epoch') / median('a', 'oviedo')).toBeCloseTo(perToken / (6 / 3.6 / 2000), 3);
    expect(median('a', 'epoch') / median('b', 'epoch')).toBeCloseTo(4, 3);
    expect(median('both', 'epoch') / median('both', 'epoch', 'model')).toBeCloseTo(4, 3);
    expect(median('both', 'epoch', 'baseline', 'p14-p86')).toBeGreaterThan(0);
    expect(rows.filter(({ metric }) => metric === 'energy').every(({ boundary }) => boundary === 'facility')).toBe(
      true,
    );
    const days = fleetRows(result);
    expect(days.map(({ formula }) => formula)).toEqual(['oviedo', 'epoch']);
    const mean = rows.find((row) => row.subject === 'both' && row.formula === 'epoch' && row.trim === 'none')!.mean!;
    expect(days[1].gwh_per_day).toBeCloseTo(mean, 9);
  });

  it('runs every formula of the list over the same draws, each with the energy of its own equation', async () => {
    const sizes = 'active_params_b: 405, total_params_b: 405, first_token_s: 0.5, query_tps: 150';
    const scenario = await scenarioOf(
      `concurrency: 32\nformulas: [${FORMULA_NAMES.filter((one) => one !== 'request-cost').join(', ')}]`,
      `{ a: { tps: 2000, ${sizes} }, b: { tps: 1000, ${sizes} } }`,
    );
    const { models } = await simulate({
      ...scenario,
      regimes: scenario.regimes.map((regime) => ({
        ...regime,
        pue: { family: 'constant', parameters: { value: 1.2 } },
        output_tokens: { family: 'constant', parameters: { value: 300 } },
      })),
    });
    const energies = new Map(
      models.plan.measures
        .filter(({ row }) => row.metric === 'energy' && row.subject === 'a')
        .map(({ row, of }) => [row.formula, quantiles(models.sketches.histograms[of], [0.5])[0]]),
    );
    // Worked out apart; jegham's 0.5094 is with a PUE of 1.12, epoch's with 100 billion parameters and 500 tokens.
    const expected = {
      oviedo: (1.2 * 10 * 0.6 * 300) / 2000 / 3.6,
      ecologits: 2.74,
      'ecologits-batch-16': 6.997,
      'ecologits-batch-4': 20.566,
      jegham: (0.5094 / 1.12) * 1.2,
      epoch: (0.3008 * 4.05 * 300) / 500,
      'logistic-power': ((1.2 * 300) / 2000) * ((1852 + 8.783 * 507) / 3600),
    };
    expect([...energies.keys()]).toEqual(Object.keys(expected));
    for (const [formula, value] of Object.entries(expected))
      expect(energies.get(formula)! / value, formula).toBeCloseTo(1, 2);
  });

  it('gives what the first formula alone would give, to the bit, whatever others stand beside it', async () => {
    const rowsOf = async (more: string) => summaryRows('formulas', seriesOf(await simulate(await scenarioOf(more))));
    const alone = await rowsOf('');
    expect(ofFirstFormula(await rowsOf('formulas: [oviedo, epoch]'))).toEqual(alone);
    const [first] = await rowsOf('formulas: [epoch, oviedo]');
    expect(first.formula).toBe('epoch');
  });
});

it('a formula that lacks something of a model is refused with the place to state it', async () => {
  const models = '{ a: { tps: 2000, active_params_b: 400 }, b: { tps: 1000 } }';
  await expect(scenarioOf('formulas: [oviedo, epoch]', models)).rejects.toThrow(
    'models.b: epoch needs active_params_b of b; state it under models, or leave the formula out',
  );
});

it('all that formulas lack is said at once, and what must be one number but is none', async () => {
  const models = '{ a: { tps: 2000, total_params_b: { uniform: { min: 1, max: 9 } } }, b: { tps: 1000 } }';
  const refused = scenarioOf('formulas: [ecologits, logistic-power]', models);
  await expect(refused).rejects.toThrow(
    'models.a: ecologits needs active_params_b of a; state it under models, or leave the formula out',
  );
  await expect(refused).rejects.toThrow(
    'models.a.total_params_b: ecologits takes one number; found uniform(min 1, max 9)',
  );
  await expect(refused).rejects.toThrow(
    'models.b: ecologits needs total_params_b of b; state it under models, or leave the formula out',
  );
  await expect(refused).rejects.toThrow(
    'formulas[1]: logistic-power needs concurrency of t; state it at the top level or under regimes.t, or leave the formula out',
  );
  await expect(scenarioOf('concurrency: { uniform: { min: 4, max: 8 } }\nformulas: [logistic-power]')).rejects.toThrow(
    'formulas[0]: logistic-power takes concurrency as one number; t has uniform(min 4, max 8)',
  );
});

it('an input that one of the formulas takes is not said to change nothing', async () => {
  const { warnings } = await scenarioOf('concurrency: 32\nformulas: [oviedo, logistic-power]');
  expect(warnings.filter((one) => one.includes('concurrency'))).toEqual([]);
  const { warnings: idle } = await scenarioOf('concurrency: 32');
  expect(idle.join()).toContain('concurrency changes nothing');
});

it('parameters of a model that the catalogue knows need not be stated, and where they come from is said', async () => {
  const models = '{ Llama 3.1 405B: { tps: 2000 }, a: { tps: 1000, active_params_b: 1, total_params_b: 1 } }';
  const { models: resolved, warnings } = await scenarioOf(
    'formulas: [oviedo, ecologits]',
    models,
    "['Llama 3.1 405B', a]",
  );
  expect(resolved[0].total_params_b).toEqual({ family: 'constant', parameters: { value: 405 } });
  expect(warnings).toContain('formulas take the parameters of Llama 3.1 405B from models.csv');
});

it('an unknown formula, or one that stands twice, is refused', async () => {
  await expect(scenarioOf('formulas: [oviedo, epok]')).rejects.toThrow(
    /formulas\[1\]: expected .*epoch.*; found the text "epok" \(did you mean epoch\?\)/,
  );
  await expect(scenarioOf('formulas: [epoch, epoch]')).rejects.toThrow('formulas[1]: listed twice');
});

it(
  'a blend is compared and analysed once, by the first formula, however many formulas and impacts there are',
  needs('minutes'),
  async () => {
    const more = 'formulas: [oviedo, epoch]\nimpact: { grid: { gco2e_per_kwh: 400 } }';
    const [a, b] = await Promise.all([scenarioOf(more), scenarioOf(more.replace('400', '500'))]);
    const { compare } = await compareScenarios(a, b, { samples: 4096 });
    const ofQueries = compare.filter(({ subject_kind }) => subject_kind !== 'mix');
    expect(ofQueries.map(({ subject, quantity, formula }) => `${subject} ${quantity} ${formula}`)).toEqual(
      ['a', 'b', 'both'].flatMap((name) => [`${name} energy_ratio oviedo`, `${name} energy_difference oviedo`]),
    );
    const ofDays = compare.filter(({ subject_kind }) => subject_kind === 'mix');
    expect(ofDays.map(({ quantity, formula }) => `${quantity} ${formula}`)).toEqual([
      'energy_per_day_ratio oviedo',
      'energy_per_day_difference oviedo',
    ]);
    expect((await subjectsOf(a)).map(({ name }) => name)).toEqual(['a', 'b', 'both']);
  },
);

it('a comparison attributes a change of formula', needs('minutes'), async () => {
  const [a, b] = await Promise.all([
    scenarioOf('', '{ a: { tps: 2000 }, b: { tps: 1000 } }'),
    scenarioOf('formulas: [epoch]'),
  ]);
  const { compare, attribution } = await compareScenarios(a, b, { samples: 4096 });
  expect(compare[0].formula).toBe('oviedo to epoch');
  expect(attribution.some(({ parameter }) => parameter === 'formulas')).toBe(true);
});
