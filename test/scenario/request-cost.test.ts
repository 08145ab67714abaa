// What a scenario may say of request-cost throughput, and what is refused, with place and remedy. What it cannot see: the numbers
// that follow (test/simulate/request-cost.test.ts), and whether the fit is right (test/model/throughput).
import { describe, expect, it } from 'vitest';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import type { Overrides } from '../../src/scenario/overrides.js';

const CSV = `model,quantization,input_tokens,output_tokens,node_tokens_per_second
M,FP8,128,128,3700
M,FP8,128,2048,5000
M,FP8,2048,128,450
M,FP8,500,2000,4600
One,FP8,1000,1000,900
`;

const TEXT = `version: 1
name: t
node_power_kw: 10
throughput: { dataset: rows.csv, form: request-cost }
power_utilization: 0.6
pue: 1.2
input_tokens: 500
output_tokens: 300
regimes:
  all:
`;

const readDataset = async () => ({ name: 'rows.csv', bytes: new TextEncoder().encode(CSV) });

const resolved = (text = TEXT, overrides: Overrides = {}) => scenarioFromText(text, 't.yaml', readDataset, overrides);

const problems = (text: string) =>
  resolved(text).then(
    () => 'none',
    (error: Error) => error.message,
  );

describe('throughput.form', () => {
  it('fits what a request costs, from one row on, and tells how well the costs are known', async () => {
    const { models } = await resolved();
    expect(models.map(({ name, throughput }) => [name, throughput.method])).toEqual([
      ['M', 'request-cost'],
      ['One', 'request-cost'],
    ]);
    const [many, one] = models.map(({ throughput }) =>
      throughput.method === 'request-cost' ? throughput.fit! : never(),
    );
    expect(many).toMatchObject({ rows_used: 4, max_tps: 5000, input_tokens: [128, 2048], output_tokens: [128, 2048] });
    expect(one).toMatchObject({ rows_used: 1, max_tps: 900, loo_error: null });
    expect(one.prior_share).toBeGreaterThan(many.prior_share);
    expect(models[0].measured).toHaveLength(4);
  });

  it('is log-log where nothing is said, and highest takes the highest row for all lengths', async () => {
    const forms = async (...set: string[]) =>
      (await resolved(TEXT, { set })).models.map(({ throughput }) => throughput.method);
    expect(await forms('throughput.form=log-log')).toEqual(['regression']);
    expect(await forms('throughput.form=highest')).toEqual(['maximum', 'maximum']);
    expect((await resolved(TEXT.replace(', form: request-cost', ''))).models[0].throughput.method).toBe('regression');
  });

  it('is told from another word, with what is valid', async () => {
    expect(await problems(TEXT.replace('request-cost', 'request_cost'))).toContain(
      't.yaml:4:40: throughput.form: expected log-log, request-cost or highest; found the text "request_cost" (did you mean request-cost?)',
    );
  });
});

describe('request-cost throughput refuses', () => {
  const stated = (costs: string) => `${TEXT}models:\n  M: { node_seconds: ${costs} }\n`;

  it.each([
    [
      'a weight of the prompt',
      TEXT.replace('pue', 'prefill_weight: 0.03\npue'),
      '6:',
      'prefill_weight: request-cost throughput has the cost of the prompt in it (per_input_token), so a weight would count it twice; leave it out, or choose form: log-log',
    ],
    [
      'more cached tokens than there are',
      TEXT.replace('pue', 'cached_input_tokens: 501\npue'),
      '6:',
      'cached_input_tokens: must be at most input_tokens, which it is a part of; found at least 501 cached of at most 500 input tokens in all',
    ],
    [
      'costs that are all 0',
      stated('{ per_input_token: 0, per_output_token: 0 }'),
      '12:',
      'models.M.node_seconds: all costs are 0, so a query would take no time; state at least per_output_token above 0',
    ],
    [
      'a cost below 0',
      stated('{ per_input_token: -1e-4, per_output_token: 1e-4 }'),
      '12:',
      'models.M.node_seconds.per_input_token: must be at least 0; found -0.0001',
    ],
    [
      'costs beside tokens per second',
      `${TEXT}models:\n  M: { tps: 100, node_seconds: { per_input_token: 1e-4, per_output_token: 1e-4 } }\n`,
      '12:',
      'models.M.tps: and node_seconds both state the throughput; leave one out',
    ],
    ['less than one query in flight', TEXT.replace('pue', 'concurrency: 0.5\npue'), '6:', 'concurrency: '],
  ])('%s', async (_, text, line, message) => {
    const found = await problems(text);
    expect(found).toContain(`t.yaml:${line}`);
    expect(found).toContain(message);
  });
});

describe('a reader is warned of', () => {
  it.each([
    [
      'inputs that only request-cost knows of',
      TEXT.replace('pue', 'cached_input_tokens: 100\npue'),
      ['throughput.form=log-log'],
      'cached_input_tokens changes nothing: only request-cost throughput knows of it (form: request-cost, or node_seconds)',
    ],
    [
      'steps that nothing shares',
      `${TEXT}models:\n  M: { node_seconds: { per_input_token: 1e-4, per_output_token: 1e-4, per_step: 0.02 } }\n`,
      [],
      'per_step changes nothing for M: no concurrency is stated, so b stands for a full node',
    ],
    [
      'prefill that is left out',
      `${TEXT}non_production: { lab: { quantization: FP8 } }\n`,
      [],
      'lab: energy outside production is of output tokens alone, prefill left out, for M, One (request-cost)',
    ],
  ])('%s', async (_, text, set, warning) => {
    expect((await resolved(text, { set })).warnings).toContain(warning);
  });
});

describe('inputs that a scenario leaves out', () => {
  it('are no part of it', async () => {
    const [regime] = (await resolved()).regimes;
    expect(Object.keys(regime)).not.toContain('concurrency');
    expect(Object.keys(regime)).not.toContain('cached_input_tokens');
  });
});

function never(): never {
  throw new Error('a throughput of another form');
}

describe('a fit that cannot be had', () => {
  const HEADER = 'model,quantization,input_tokens,output_tokens,node_tokens_per_second';
  const equal = `${HEADER}\n${'M,FP8,1000,300,900\n'.repeat(3)}`;
  const read = async () => ({ name: 'rows.csv', bytes: new TextEncoder().encode(equal) });
  const found = (text: string) =>
    scenarioFromText(text, 't.yaml', read).then(
      () => 'none',
      (error: Error) => error.message,
    );
  const text = TEXT.replace(', form: request-cost', '');

  it('is refused: a regression on rows of one pair of lengths, for queries of others', async () => {
    expect(await found(text)).toBe(
      't.yaml:4:24: throughput.dataset: all 3 rows of M are of 1,000 input and 300 output tokens, so no regression can tell what other lengths do, and all has others; add rows of other lengths, or choose form: request-cost, which takes the effect of lengths from other models',
    );
  });

  it('is none where queries have these lengths, or the form knows what lengths do', async () => {
    expect(await found(text.replace('input_tokens: 500', 'input_tokens: 1000'))).toBe('none');
    expect(await found(TEXT)).toBe('none');
  });
});

describe('hardware.accelerator', () => {
  const text = (accelerator: string, model: string) =>
    `${TEXT.replace('dataset: rows.csv, ', '')}hardware: { accelerator: ${accelerator} }\nmodels: ${model}\n`;
  const message =
    't.yaml:11:26: hardware.accelerator: no accelerator is called "H10"; nearest: H100 SXM5 80GB; tokenjoule catalogue lists all';

  it('is refused with the nearest name where no table knows it, once, whatever throughput comes from', async () => {
    expect(await problems(text('H10', '{ Llama 3.1 70B: {} }'))).toBe(message);
    expect(await problems(text('H10', '{ Llama 3.1 70B: { tps: 5000 } }'))).toBe(message);
    expect(await problems(text('H100', '{ Llama 3.1 70B: {} }'))).toBe('none');
  });
});

describe('cached tokens that may be more than there are', () => {
  const notes = async (cached: string) =>
    (await resolved(TEXT.replace('pue', `cached_input_tokens: ${cached}\npue`))).warnings.filter((note) =>
      note.includes('cached'),
    );

  it('are named, as draws of them are cut', async () => {
    expect(await notes('{ uniform: { min: 100, max: 2000 } }')).toEqual([
      'all: cached_input_tokens reaches 2,000, and input_tokens begins at 500; where it is above, the whole prompt counts as cached',
    ]);
    expect(await notes('{ uniform: { min: 100, max: 500 } }')).toEqual([]);
  });
});
