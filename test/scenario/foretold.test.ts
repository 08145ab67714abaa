// Models without rows, and names that tables write differently: what a scenario may leave to the priors and to aliases.csv, what is said
// of it, and what is refused. What it cannot see: whether the priors are right (bench/throughput-law.mjs judges them).
import { describe, expect, it } from 'vitest';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import type { Overrides } from '../../src/scenario/overrides.js';

const CSV = `model,quantization,accelerator,input_tokens,output_tokens,node_tokens_per_second
Meta-Llama-3.1-70B-Instruct,fp8,NVIDIA H200-SXM-141GB,128,128,31000
Meta-Llama-3.1-70B-Instruct,fp8,NVIDIA H200-SXM-141GB,1000,1000,21000
Meta-Llama-3.1-70B-Instruct,fp8,NVIDIA H200-SXM-141GB,2048,128,2900
Meta-Llama-3.1-70B-Instruct,fp8,NVIDIA H100-SXM-80GB,512,128,2500
`;

const TEXT = `version: 1
name: t
node_power_kw: 10
throughput: { form: request-cost }
hardware: { accelerator: H200, precision: FP8 }
power_utilization: 0.6
pue: 1.2
input_tokens: 500
output_tokens: 300
models:
  Llama 3.1 405B:
regimes:
  all:
`;

const readDataset = async () => ({ name: 'rows.csv', bytes: new TextEncoder().encode(CSV) });
const resolved = (text = TEXT, overrides: Overrides = {}) => scenarioFromText(text, 't.yaml', readDataset, overrides);
const problems = (text: string, overrides: Overrides = {}) =>
  resolved(text, overrides).then(
    () => 'none',
    (error: Error) => error.message,
  );

/** Node-seconds of a query by fitted or foretold costs that are constants. */
function nodeSeconds(scenario: Awaited<ReturnType<typeof resolved>>, input: number, output: number): number {
  const [{ throughput }] = scenario.models;
  if (throughput.method !== 'request-cost') throw new Error('not request-cost');
  const value = (cost: (typeof throughput.costs)['a']) =>
    cost.family === 'constant' ? cost.parameters.value : Number.NaN;
  const { a, b, c } = throughput.costs;
  return value(a) * input + output * value(b) + value(c) * output * (input + output / 2);
}

describe('a model without rows', () => {
  it('gets what its size and hardware foretell, within the tables’ own figure for it, and says so', async () => {
    const scenario = await resolved();
    expect(scenario.warnings).toEqual([
      expect.stringMatching(
        /^Llama 3\.1 405B: no rows: its throughput follows from the size of Llama 3\.1 405B in FP8 and 8 H200 SXM 141GB; within a factor of \d(\.\d)? in nine of ten cases$/,
      ),
    ]);
    const [{ throughput, measured }] = scenario.models;
    expect(measured).toBeUndefined();
    expect(throughput).toMatchObject({ fit: { rows_used: 0, prior_share: expect.closeTo(1, 9), loo_error: null } });
    // NVIDIA's table of TensorRT-LLM 1.0: 8 H200, FP8, tensor parallel 8, 1000/1000 and 128/2048: fitted a, b, c of 1.22e-4, 1.40e-4, 3.0e-8.
    const measuredSeconds = (input: number, output: number) =>
      1.22e-4 * input + output * 1.4e-4 + 3e-8 * output * (input + output / 2);
    for (const [input, output] of [
      [1000, 1000],
      [128, 2048],
    ]) {
      const ratio = nodeSeconds(scenario, input, output) / measuredSeconds(input, output);
      expect(Math.abs(Math.log(ratio))).toBeLessThan(1);
    }
  });

  it('costs less on faster hardware, more in more bytes, and as much in a node of twice the GPUs as half', async () => {
    const seconds = async (...set: string[]) => nodeSeconds(await resolved(TEXT, { set }), 1000, 1000);
    const base = await seconds();
    expect(await seconds('hardware.accelerator=B200')).toBeLessThan(base);
    expect(await seconds('hardware.precision=FP16')).toBeGreaterThan(base);
    expect((await seconds('throughput.gpus_per_node=16')) / base).toBeCloseTo(0.5, 1);
  });

  it('is foretold on the accelerator of the dataset’s rows, where that is one', async () => {
    const where = TEXT.replace(
      'throughput: { form: request-cost }\nhardware: { accelerator: H200, precision: FP8 }',
      'throughput: { dataset: rows.csv, form: request-cost, where: { accelerator: H200 } }',
    );
    const { warnings } = await resolved(where);
    expect(warnings.join('\n')).toContain('Llama 3.1 405B in FP8 and 8 H200 SXM 141GB');
    expect(await problems(where.replace(', where: { accelerator: H200 }', ''))).toContain(
      'no accelerator is known to foretell its throughput for; state hardware: { accelerator: H200 SXM 141GB }',
    );
  });

  it.each([
    ['accelerator', 'hardware.accelerator=H201', 'no accelerator is called "H201"; nearest: H200 SXM 141GB'],
    [
      'figure',
      'hardware.accelerator=TPU v5p',
      'models.csv and hardware.csv do not say, of Llama 3.1 405B on TPU v5p in FP8: memory_bandwidth_tb_s',
    ],
    ['precision', 'hardware.precision=FP9', 'no precision is called "FP9"'],
    [
      'fit',
      'hardware={accelerator: H100, precision: FP16}',
      'the weights of Llama 3.1 405B in FP16 take 810 GB, and a node of 8 H100 SXM5 80GB has 576 GB to use',
    ],
  ])('is refused with the %s that is missing', async (_, set, message) => {
    expect(await problems(TEXT, { set: [set] })).toContain(message);
  });

  it('is refused by name where models.csv has none, and log-log asks for a dataset', async () => {
    expect(await problems(TEXT.replace('Llama 3.1 405B', 'Llama 3.1 500B'))).toContain(
      't.yaml:11:3: models.Llama 3.1 500B: no dataset, and no model is called "Llama 3.1 500B"; nearest: ',
    );
    expect(await problems(TEXT.replace('form: request-cost', 'form: log-log'))).toContain('dataset is missing');
    expect(await problems(TEXT.replace('models:\n  Llama 3.1 405B:\n', ''))).toContain(
      'names no dataset; name one, or models',
    );
  });
});

describe('names that a dataset writes otherwise', () => {
  const text = TEXT.replace(
    '{ form: request-cost }',
    '{ dataset: rows.csv, form: request-cost, where: { accelerator: H200 } }',
  ).replace('Llama 3.1 405B', 'Llama 3.1 70B');

  it('are joined by aliases.csv, in where, for models and for number formats, and said', async () => {
    const { models, warnings } = await resolved(text);
    expect(models[0].measured).toHaveLength(3);
    expect(warnings).toEqual([
      'rows.csv: throughput.where.accelerator H200 stands as NVIDIA H200-SXM-141GB',
      'rows.csv: 3 of 4 rows are those that throughput.where wants',
      'Llama 3.1 70B: stands as Meta-Llama-3.1-70B-Instruct in rows.csv',
      'FP8: stands as fp8 in rows.csv',
    ]);
  });

  it('are left alone where the file has the name as written', async () => {
    const own = text
      .replace('Llama 3.1 70B', 'Meta-Llama-3.1-70B-Instruct')
      .replace('precision: FP8', 'precision: fp8');
    const { warnings } = await resolved(own.replace('accelerator: H200 }', 'accelerator: NVIDIA H200-SXM-141GB }'));
    expect(warnings).toEqual(['rows.csv: 3 of 4 rows are those that throughput.where wants']);
  });
});
