// Tables of others read as they are: their names of columns, the rows that a scenario wants, tokens per second of a GPU or a group,
// and number formats by model; what is refused and what it says. The table of TensorRT-LLM is the one that ships. What it cannot
// see: whether its figures are right.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { scenarioFromText } from '../../src/scenario/from-text.js';

const SHIPPED = new URL('../../scenarios/data/throughput-tensorrt-llm.csv', import.meta.url);

const SMALL = `name,format,in,out,rate,accelerator,gpus
M,FP8,128,128,1000,H100,2
M,FP8,128,2048,1400,H100,2
M,FP8,2048,128,200,H100,2
M,FP8,128,128,3000,H200,2
M,FP4,128,128,2500,H100,2
N,FP4,128,128,9000,H100,16
`;

const COLUMNS =
  'columns: { model: name, quantization: format, input_tokens: in, output_tokens: out, node_tokens_per_second: rate }';

function resolved(throughput: string, models = '', csv: Uint8Array = new TextEncoder().encode(SMALL)) {
  const text = `version: 1
name: t
node_power_kw: 10
throughput: { dataset: rows.csv, ${throughput} }
power_utilization: 0.6
pue: 1.2
input_tokens: 500
output_tokens: 300
regimes: { all: }
${models}`;
  return scenarioFromText(text, 't.yaml', async () => ({ name: 'rows.csv', bytes: csv }));
}

const problems = (...asked: Parameters<typeof resolved>) =>
  resolved(...asked).then(
    () => 'none',
    (error: Error) => error.message,
  );

const H100 = 'where: { accelerator: H100 }';

describe('a table of others', () => {
  it.each([
    ['per: node', 1000],
    ['per: gpu', 8000],
    ['per: group', 4000],
    ['per: group, gpus_per_node: 4', 2000],
  ])('with %s gives a node its tokens per second', async (per, tps) => {
    const { models } = await resolved(`${COLUMNS}, ${H100}, ${per}`);
    expect(models[0].measured![0]).toEqual({ input_tokens: 128, output_tokens: 128, tps });
    expect(models[0].measured).toHaveLength(3);
  });

  it('has a number format for each model, and says what it leaves out', async () => {
    const models = 'models: { M: , N: { quantization: FP4 } }\n';
    const { models: found, warnings } = await resolved(`${COLUMNS}, ${H100}, per: group, form: request-cost`, models);
    expect(found.map(({ name, measured }) => [name, measured!.length])).toEqual([
      ['M', 3],
      ['N', 1],
    ]);
    expect(found[1].measured![0].tps).toBe(4500);
    expect(warnings).toContain('rows.csv: 5 of 6 rows are those that throughput.where wants');
    expect(warnings).toContain('rows.csv: 1 of them is of a group larger than a node of 8 GPUs: a node has its share');
  });

  it('takes the number format from where, and several of them', async () => {
    const { models } = await resolved(
      `${COLUMNS}, where: { accelerator: H100, quantization: FP4 }, form: request-cost`,
    );
    expect(models.map(({ name, measured }) => [name, measured!.length])).toEqual([
      ['M', 1],
      ['N', 1],
    ]);
    const both = await resolved(`${COLUMNS}, where: { accelerator: H100, quantization: [FP4, FP8] }`);
    expect(both.models[0].measured).toHaveLength(4);
  });
});

describe('refused, with what would help, is', () => {
  it.each([
    [
      'a column of another name',
      'per: node',
      'column model is missing: name of the model; or name yours under throughput.columns',
    ],
    [
      'a name that no column has',
      COLUMNS.replace('rate', 'speed'),
      'column speed is missing, which throughput.columns.node_tokens_per_second names',
    ],
    [
      'an unknown column to choose by',
      `${COLUMNS}, where: { acelerator: H100 }`,
      'throughput.where.acelerator: no such column (did you mean accelerator?)',
    ],
    [
      'an unknown accelerator',
      `${COLUMNS}, where: { accelerator: A100 }`,
      'throughput.where.accelerator: no row has "A100" (did you mean H100?); there are H100, H200',
    ],
    [
      'a choice that leaves nothing',
      `${COLUMNS}, where: { accelerator: H200, gpus: 16 }`,
      'throughput.where leaves no row: with accelerator H200, gpus is 2',
    ],
    [
      'two number formats',
      `${COLUMNS}, ${H100}, quantization: FP8, where: { quantization: FP4 }`.replace(`${H100}, `, ''),
      'throughput.quantization: is FP8, but where.quantization is FP4: one says the other; leave one out',
    ],
    [
      'a mixture of hardware',
      COLUMNS,
      'on different hardware: accelerator H100, H200; choose those of one node with throughput.where',
    ],
  ])('%s', async (_, throughput, message) => {
    expect(await problems(throughput)).toContain(message);
  });

  it('a group that no column counts', async () => {
    const csv = new TextEncoder().encode(SMALL.replace('gpus', 'rack'));
    expect(await problems(`${COLUMNS}, per: group`, '', csv)).toContain(
      'throughput.per is group, so a column must count the GPUs of a row; none here does; name it under throughput.columns.gpu_count',
    );
    expect(await problems(`${COLUMNS.replace(' }', ', gpu_count: rack }')}, per: group, ${H100}`, '', csv)).toBe(
      'none',
    );
  });

  it('a count of GPUs that is none, with its line', async () => {
    const csv = new TextEncoder().encode(SMALL.replace('3000,H200,2', '3000,H200,many'));
    expect(await problems(`${COLUMNS}, per: group`, '', csv)).toContain(
      'rows.csv:5: gpus: expected a whole number of GPUs from 1 on; found "many"',
    );
  });
});

describe('the table of TensorRT-LLM as it ships', () => {
  const reading = 'columns: { node_tokens_per_second: output_tokens_per_second_total }, per: group';

  it('is refused with nothing said: its rows are of several accelerators, and the message says what would choose', async () => {
    const message = await problems(reading, '', await readFile(SHIPPED));
    expect(message).toContain('on different hardware: accelerator ');
    expect(message).toContain('choose those of one node with throughput.where');
    const bare = await problems('', '', await readFile(SHIPPED));
    expect(bare).toContain('column node_tokens_per_second is missing');
    expect(bare).toMatch(
      /rows are of different hardware: accelerator .*; gpu_count .*; choose those of one node with throughput.where, and say with throughput.per what their rates count \(node, gpu or group\)/,
    );
  });

  it('is fitted by one accelerator and version, from a model’s group of GPUs to a node of eight', async () => {
    const where = 'where: { accelerator: H100 SXM 80GB, version: v1.0, model: Llama 3.1 405B }';
    const { models } = await resolved(`${reading}, ${where}, form: request-cost`, '', await readFile(SHIPPED));
    const [{ name, measured, throughput }] = models;
    expect([name, measured!.length]).toEqual(['Llama 3.1 405B', 10]);
    // As fitted without priors by non-negative least squares.
    const expected = { a: 1.17e-4, b: 1.36e-4, c: 7e-8 };
    for (const cost of ['a', 'b', 'c'] as const) {
      const found = throughput.method === 'request-cost' ? throughput.costs[cost] : undefined;
      const value = found?.family === 'constant' ? found.parameters.value : Number.NaN;
      expect(Math.abs(Math.log(value / expected[cost])), cost).toBeLessThan(0.12);
    }
  });
});
