// Each mistake people make in a scenario, with the exact text they get. Not seen here: mistakes within distributions, which
// have their own table; of those, enough to know that they arrive with their place.
import { describe, expect, it } from 'vitest';
import { edited, problemsOf, RIGHT, resolveText } from './fixtures.js';

const PARAMETER = 'expected a number or a distribution such as { lognormal: { p5: 0.4, p95: 0.9 } }';
const WHOLE = 'expected a whole number of at least 1 and at most 1000000000000';
const TOP_KEYS =
  'version, name, description, seed, samples, sampler, precision, quantiles, throughput, hardware, formulas, node_power_kw, models, power_utilization, pue, input_tokens, ' +
  'output_tokens, prefill_weight, cached_input_tokens, concurrency, reasoning_tokens, lengths, session, regimes, correlation, blends, pathways, load, pools, slo, power_management, impact, fleet, non_production, published, uncertainty, expect, sweep';

const withPue = (value: string) => edited('pue: 1.2', `pue: ${value}`);
const withInput = (value: string) => edited('input_tokens: 500', `input_tokens: ${value}`);
const withUtilization = (value: string) => edited('power_utilization: 0.6', `power_utilization: ${value}`);
const withName = (value: string) => edited('name: small', `name: ${value}`);
const withLine = (line: string) => `${RIGHT}${line}\n`;
const withRegimes = (regimes: string) => `${RIGHT.slice(0, RIGHT.indexOf('regimes:'))}regimes: ${regimes}\n`;
const withFleet = (lines: string) =>
  withLine(`blends: { f: { highest_median_energy: 1 } }
fleet:
  blend: f
  queries_per_day: 1e9
  beta: 1.3
${lines}`);

type Case = readonly [name: string, text: string, ...problems: string[]];

const KEYS: readonly Case[] = [
  ['a misspelt key', edited('pue: 1.2', 'pua: 1.2'), '5:1: pua: unknown key; did you mean pue?'],
  [
    'misspelt regimes, without a word on each use of their names',
    withFleet('  mixes: { m: { traditional: 1 } }').replace('regimes:', 'regmes:'),
    '8:1: regmes: unknown key; did you mean regimes?',
  ],
  ['a key of models at the top', withLine('tps: 5'), '13:1: tps: unknown here; it belongs in models.<name>'],
  [
    'a key of the top and of regimes in a model',
    withLine('models: { Beta: { pue: 1.2 } }'),
    '13:19: models.Beta.pue: unknown here; it belongs at the top level or in regimes.<name>',
  ],
  [
    'a key of the fleet at the top',
    withLine('queries_per_day: 4'),
    '13:1: queries_per_day: unknown here; it belongs in fleet',
  ],
  ['a key like no other', withLine('foo_bar_baz: 1'), `13:1: foo_bar_baz: unknown key; valid here: ${TOP_KEYS}`],
  [
    'a misspelt key of a regime',
    edited('    output_tokens: 300', '    output_token: 300'),
    '10:5: regimes.traditional.output_token: unknown key; did you mean output_tokens?',
  ],
  [
    'a misspelt key of a model',
    withLine('models: { Beta: { tsp: 4 } }'),
    '13:19: models.Beta.tsp: unknown key; did you mean tps?',
  ],
  [
    'a misspelt key of a coupling',
    withUtilization('{ coupled: { bse: 0.5, span: 0.6 } }'),
    '6:33: power_utilization.coupled.bse: unknown key; did you mean base?',
  ],
  [
    'a misspelt coupling',
    withUtilization('{ couplde: { base: 0.5, span: 0.6 } }'),
    '6:22: power_utilization.couplde: unknown key; did you mean coupled?',
  ],
  [
    'a misspelt product',
    withLine('pathways: { a: { prodcut: [b] } }'),
    '13:18: pathways.a.prodcut: unknown key; did you mean product?',
  ],
  [
    'a misspelt parameter of a distribution',
    withPue('{ lognormal: { p5: 1, p96: 2 } }'),
    '5:33: pue.lognormal.p96: expected one of {p5, p95}, {median, p95}, {p10, p90}, {p25, p75}, {median, geometric_sd}, {mean, sd} or {mu, sigma}; found {p5, p96}',
  ],
  ['__proto__', withLine('__proto__: { pue: 1 }'), `13:1: __proto__: unknown key; valid here: ${TOP_KEYS}`],
  [
    'names that every object has',
    withLine('  __proto__: { output_tokens: 3 }\n  constructor: { output_tokens: 3 }'),
    '13:3: regimes.__proto__: no regime may have this name',
    '14:3: regimes.constructor: no regime may have this name',
  ],
  ['a merge key', withLine('models: { "<<": { tps: 4 } }'), '13:11: models.<<: no model may have this name'],
  ['a missing version', edited('version: 1\n', ''), '1:1: version is missing: Version of the scenario format: 1.'],
  [
    'everything missing',
    'description: nothing',
    '1:1: version is missing: Version of the scenario format: 1.',
    '1:1: name is missing: Name of the scenario and of the folder with its results.',
    '1:1: regimes is missing: Kinds of queries by name; each may override what the top level says.',
    '1:1: node_power_kw is missing: state it here, or for each model',
    '1:1: throughput is missing: name a dataset, or state models with their tps',
  ],
  [
    'what a regime has from nowhere',
    edited('pue: 1.2\n', ''),
    '8:3: regimes.traditional: pue is missing: state it here or at the top level',
    '10:3: regimes.long: pue is missing: state it here or at the top level',
  ],
  [
    'a model without power',
    `${edited('node_power_kw: 10.2\n', '')}models: { Beta: { node_power_kw: 5 }, Alpha 1.5: }\n`,
    '12:39: models.Alpha 1.5: node_power_kw is missing: state it here or at the top level',
  ],
  [
    'a model without throughput',
    edited('throughput: { dataset: data.csv }\n', 'models: { A: , B: { tps: 4 } }\n'),
    '3:11: models.A: tps is missing: state it here or name a dataset under throughput',
  ],
  [
    'throughput without a dataset',
    edited('{ dataset: data.csv }', '{ quantization: FP8 }'),
    '3:1: throughput: dataset is missing: CSV file of measurements, its path starts at the folder of this file; or the name of a table that ships: oviedo, tensorrt-llm.',
  ],
  [
    'non-production serving without a dataset',
    `${edited('throughput: { dataset: data.csv }\n', 'models: { A: { tps: 4 } }\n')}non_production: { x: { quantization: FP16 } }\n`,
    '13:1: non_production: needs a dataset: name one under throughput',
  ],
];

const TYPES: readonly Case[] = [
  ['a list in place of the scenario', '- a\n- b', `1:1: expected a mapping of ${TOP_KEYS}; found a list of 2`],
  ['text in place of the scenario', 'scenario', `1:1: expected a mapping of ${TOP_KEYS}; found the text "scenario"`],
  ['a quoted number', withPue('"1.2"'), `5:6: pue: ${PARAMETER}; found the text "1.2"; write 1.2 without quotes`],
  [
    'a number with underscores',
    withInput('1_000'),
    `7:15: input_tokens: ${PARAMETER}; found the text "1_000"; write 1000`,
  ],
  ['a boolean', withPue('true'), `5:6: pue: ${PARAMETER}; found true`],
  ['null', withPue('null'), `5:6: pue: ${PARAMETER}; found nothing`],
  ['a list', withPue('[1]'), `5:1: pue: ${PARAMETER}; found a list of 1`],
  ['NaN', withPue('.nan'), '5:6: pue: expected a finite number; found NaN'],
  ['infinity', withPue('.inf'), '5:6: pue: expected a finite number; found Infinity'],
  [
    'a model that is a number',
    withLine('models: { Beta: 3 }'),
    '13:17: models.Beta: expected a mapping of node_power_kw, tps, quantization, node_seconds, active_params_b, total_params_b, first_token_s, query_tps; found 3',
  ],
  [
    'regimes in a list',
    withRegimes('[a]'),
    '8:1: regimes: expected a mapping with at least one regime; found a list of 1',
  ],
  ['no regime', withRegimes('{}'), '8:1: regimes: expected a mapping with at least one regime; found {}'],
  [
    'samples in quotes',
    withLine('samples: "1000"'),
    `13:10: samples: ${WHOLE}; found the text "1000"; write 1000 without quotes`,
  ],
  ['samples that are no number', withLine('samples: many'), `13:10: samples: ${WHOLE}; found the text "many"`],
  ['a seed without value', withLine('seed:'), '13:1: seed: expected text or a whole number; found nothing'],
  ['a seed that is a boolean', withLine('seed: true'), '13:7: seed: expected text or a whole number; found true'],
  [
    'a blend that is a number',
    withLine('blends: { b: 3 }'),
    '13:14: blends.b: expected { models: … } or { highest_median_energy: … }; found 3',
  ],
];

const VALUES: readonly Case[] = [
  ['another version', edited('version: 1', 'version: 2'), '1:10: version: expected 1; found 2'],
  [
    'a name with a slash',
    withName('../x'),
    `2:7: name: expected letters a–z and A–Z, digits, '.', '_' and '-', with '.' neither first nor last; found the text "../x"`,
  ],
  [
    'a hidden name',
    withName('.x'),
    `2:7: name: expected letters a–z and A–Z, digits, '.', '_' and '-', with '.' neither first nor last; found the text ".x"`,
  ],
  ['an empty name', withName('""'), '2:7: name: expected text of at least one character; found the text ""'],
  [
    'a long name',
    withName('x'.repeat(101)),
    `2:7: name: expected at most 100 characters; found the text "${'x'.repeat(40)}…"`,
  ],
  ['an empty seed', withLine('seed: ""'), '13:7: seed: expected text of at least one character; found the text ""'],
  [
    'a long seed',
    withLine(`seed: ${'x'.repeat(201)}`),
    `13:7: seed: expected at most 200 characters; found the text "${'x'.repeat(40)}…"`,
  ],
  ['a seed between two integers', withLine('seed: 1.5'), '13:7: seed: expected a whole number; found 1.5'],
  [
    'a seed that a number cannot hold',
    withLine('seed: 12345678901234567890'),
    '13:7: seed: expected a whole number; found 12345678901234567000; beyond 2^53 its last digits are lost',
  ],
  ['no samples', withLine('samples: 0'), `13:10: samples: ${WHOLE}; found 0`],
  ['negative samples', withLine('samples: -5'), `13:10: samples: ${WHOLE}; found -5`],
  ['half a sample', withLine('samples: 1.5'), `13:10: samples: ${WHOLE}; found 1.5`],
  ['too many samples', withLine('samples: 1e13'), `13:10: samples: ${WHOLE}; found 10000000000000`],
  [
    'p5 above p95',
    withPue('{ lognormal: { p5: 2, p95: 1.1 } }'),
    '5:25: pue.lognormal.p5: p5 (2) must be below p95 (1.1)',
  ],
  ['a PUE of 0', withPue('0'), '5:6: pue: must be above 0; found 0'],
  [
    'a PUE that may be negative',
    withPue('{ normal: { mean: 1.2, sd: 0.1 } }'),
    '5:1: pue: must be above 0; normal(mean 1.2, sd 0.1) reaches down to -Infinity: add min: 1',
  ],
  [
    'a PUE that is always negative',
    withPue('{ uniform: { min: -2, max: -1 } }'),
    '5:1: pue: must be above 0; uniform(min -2, max -1) reaches only up to -1',
  ],
  [
    'a PUE that is 0 at times',
    withPue('{ empirical: { values: [0, 1] } }'),
    '5:1: pue: must be above 0; empirical(2 values) reaches down to 0: leave 0 out',
  ],
  [
    'bounds that leave nothing',
    withPue('{ normal: { mean: 1.2, sd: 0.1 }, min: 500 }'),
    '5:1: pue: normal(mean 1.2, sd 0.1), min 500: the bounds leave no probability (less than 1e-12)',
  ],
  [
    'token counts that may be negative',
    withInput('{ normal: { mean: 500, sd: 100 } }'),
    '7:1: input_tokens: must be at least 0; normal(mean 500, sd 100) reaches down to -Infinity: add min: 0',
  ],
  ['a negative token count', withInput('-5'), '7:15: input_tokens: must be at least 0; found -5'],
  [
    'no utilisation',
    withUtilization('0'),
    '6:20: power_utilization: must be at least 0, and above 0 at times; found 0',
  ],
  [
    'a coupling above the maximum',
    withUtilization('{ coupled: { base: 0.5, span: 0.6 } }'),
    '6:22: power_utilization.coupled: base + span must be above 0 and at most 1; found 0.5 + 0.6 = 1.1',
  ],
  [
    'a coupling with bounds',
    withUtilization('{ coupled: { base: 0.5, span: 0.2 }, min: 1 }'),
    '6:57: power_utilization.min: unknown key; valid here: coupled',
  ],
  ['a pathway of 0', withLine('pathways: { a: 0 }'), '13:16: pathways.a: must be above 0; found 0'],
  [
    'half a node',
    withLine('non_production: { a: { quantization: FP16, nodes: { Beta: 0.5 } } }'),
    '13:59: non_production.a.nodes.Beta: expected a whole number of at least 1; found 0.5',
  ],
];

const NAMES: readonly Case[] = [
  [
    'a pathway called baseline',
    withLine('pathways: { baseline: 2 }'),
    '13:13: pathways.baseline: no pathway may have this name',
  ],
  [
    'a product of an unknown pathway',
    withLine('pathways: { model: 2, all: { product: [modle] } }'),
    '13:40: pathways.all.product[0]: no pathway is called "modle"; did you mean model?',
  ],
  [
    'a product of a product',
    withLine('pathways: { a: 2, b: { product: [a] }, c: { product: [a, b] } }'),
    '13:45: pathways.c.product: b is a product itself; name its pathways instead',
  ],
  [
    'a blend of one model twice',
    withLine('blends: { b: { models: [Beta, Beta] } }'),
    '13:31: blends.b.models[1]: listed twice',
  ],
  [
    'a blend of no models',
    withLine('blends: { b: { models: [] } }'),
    '13:16: blends.b.models: expected a list with at least one entry; found a list of 0',
  ],
  [
    'a blend of an unknown model',
    withLine('blends: { b: { models: [Betta] } }'),
    '13:25: blends.b.models[0]: no model is called "Betta"; did you mean Beta?',
  ],
  [
    'a blend of a model that is left out',
    withLine('models: { Gamma: , Beta: }\nblends: { b: { models: [Gamma] } }'),
    '14:25: blends.b.models[0]: Gamma is left out: 1 FP8 row with numeric lengths in data.csv, 2 needed; add rows, or state its tps under models',
  ],
  [
    'a blend of more models than there are',
    withLine('blends: { b: { highest_median_energy: 3 } }'),
    '13:39: blends.b.highest_median_energy: asks for 3 models of highest median energy, but the scenario has 2',
  ],
  [
    'a model that no row has',
    withLine('models: { Alfa 1.5: , Beta: }'),
    '13:11: models.Alfa 1.5: no model is called "Alfa 1.5"; did you mean Alpha 1.5? (models of data.csv); or state its tps',
  ],
  [
    'no model with enough rows',
    edited('data.csv }', 'data.csv, quantization: FP4 }'),
    '3:1: throughput: no model has 2 FP4 rows with numeric lengths; data.csv has rows of FP8, FP16; throughput.quantization is FP4',
  ],
  [
    'a fleet of an unknown blend',
    withFleet('  mixes: { m: { long: 1 } }').replace('blend: f', 'blend: g'),
    '15:10: fleet.blend: no blend is called "g"; known: f',
  ],
  [
    'a mix of an unknown regime',
    withFleet('  mixes: { m: { lang: 1 } }'),
    '18:17: fleet.mixes.m.lang: no regime is called "lang"; did you mean long?',
  ],
  [
    'shares that do not sum to 1',
    withFleet('  mixes: { m: { traditional: 0.5, long: 0.4 } }'),
    '18:12: fleet.mixes.m: shares must sum to 1; they sum to 0.9',
  ],
  [
    'a negative share',
    withFleet('  mixes: { m: { traditional: 2, long: -1 } }'),
    '18:30: fleet.mixes.m.traditional: expected a number of at least 0 and at most 1; found 2',
    '18:39: fleet.mixes.m.long: expected a number of at least 0 and at most 1; found -1',
  ],
  [
    'a line of sight that leaves a regime out',
    withFleet('  mixes: { m: { traditional: 0.5, long: 0.5 } }\n  line_of_sight: { traditional: 2 }'),
    '19:3: fleet.line_of_sight: long is missing: a mix uses it; state its multiplier, or leave line_of_sight out',
  ],
  [
    'nodes of an unknown model',
    withLine('non_production: { a: { quantization: FP16, nodes: { Alpha: 2 } } }'),
    '13:53: non_production.a.nodes.Alpha: no model is called "Alpha"; did you mean Alpha 1.5?',
  ],
  [
    'non-production serving that no model has rows of',
    withLine('non_production: { a: { quantization: FP4 } }'),
    '13:38: non_production.a.quantization: no model of the scenario has FP4 rows in data.csv',
  ],
  [
    'published figures of unknown things',
    withLine(
      'published: { source: x, energy: [{ regime: lang, subject: b, pathway: q, trim: p14, p50: 1 }], fleet: [{ mix: m, improvement: all, gwh_per_day: 1 }] }',
    ),
    '13:44: published.energy[0].regime: no regime is called "lang"; did you mean long?',
    '13:71: published.energy[0].pathway: no pathway is called "q"; known: baseline',
    '13:80: published.energy[0].trim: expected none or p14-p86; found the text "p14" (did you mean p14-p86?)',
    '13:111: published.fleet[0].mix: no mix is called "m"; none is defined',
    '13:127: published.fleet[0].improvement: expected none or line-of-sight; found the text "all"',
  ],
  [
    'a published figure of an unknown subject',
    withLine('published: { source: x, energy: [{ regime: long, subject: Betta, trim: none, p50: 1 }] }'),
    '13:59: published.energy[0].subject: no blend or model is called "Betta"; did you mean Beta?',
  ],
  [
    'published ranges that descend',
    withLine('published: { source: x, overstatement: { low: 5, high: 4 } }'),
    '13:25: published.overstatement: low (5) must not be above high (4)',
  ],
];

describe('a broken scenario', () => {
  const tables: readonly [string, readonly Case[]][] = [
    ['keys', KEYS],
    ['types', TYPES],
    ['values', VALUES],
    ['names', NAMES],
  ];
  for (const [table, cases] of tables) {
    it.each(cases)(`is refused for its ${table}: %s`, async (_, text, ...problems) => {
      expect(await problemsOf(resolveText(text))).toEqual(problems.map((problem) => `s.yaml:${problem}`));
    });
  }

  it('comes with all its problems at once, in the order of their places', async () => {
    const text = withPue('"1.2"\nsmaples: 5')
      .replace('output_tokens: 5000', 'output_tokens: -1')
      .replace('name: small', 'name: 7');
    expect(await problemsOf(resolveText(text))).toEqual([
      's.yaml:2:7: name: expected text; found 7',
      `s.yaml:5:6: pue: ${PARAMETER}; found the text "1.2"; write 1.2 without quotes`,
      's.yaml:6:1: smaples: unknown key; did you mean samples?',
      's.yaml:13:20: regimes.long.output_tokens: must be at least 0; found -1',
    ]);
  });
});
