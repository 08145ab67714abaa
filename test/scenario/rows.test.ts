// Which rows of a dataset go together, and what is said of the others. Cannot see hardware that no column tells.
import { describe, expect, it } from 'vitest';
import { edited, problemsOf, RIGHT, resolveText } from './fixtures.js';

const COLUMNS = 'model,quantization,input_tokens,output_tokens,node_tokens_per_second';
const LENGTHS = [
  [128, 128],
  [128, 2048],
  [2048, 128],
] as const;

/** Three lengths of a model for each of the values of further columns. */
function table(columns: string, values: readonly string[], model = 'A', quantization = 'FP8'): string {
  const rows = values.flatMap((value, i) =>
    LENGTHS.map(([input, output], j) => `${model},${quantization},${input},${output},${1000 * (i + 1) + j},${value}`),
  );
  return `${COLUMNS},${columns}\n${rows.join('\n')}\n`;
}

const refusal = (what: string) =>
  `s.yaml:3:24: throughput.dataset: A has rows of 128 input and 128 output tokens on different hardware: ${what}; ` +
  'choose those of one node with throughput.where, by these columns and others of the file, ' +
  'or give each its own model name';

describe('rows of one model and one pair of lengths', () => {
  it.each([
    ['accelerator', ['A100', 'H100'], 'accelerator A100, H100'],
    ['gpu_count', ['1', '8'], 'gpu_count 1, 8'],
    ['accelerator,gpu_count', ['A100,1', 'A100,8'], 'gpu_count 1, 8'],
    ['accelerator,gpu_count', ['A100,1', 'H100,8'], 'accelerator A100, H100; gpu_count 1, 8'],
    ['GPU Type', ['L40S', 'B200'], 'GPU Type L40S, B200'],
    ['num_gpus', ['2', '4'], 'num_gpus 2, 4'],
    ['tensor_parallel', ['2', '4'], 'tensor_parallel 2, 4'],
  ])('are refused on different hardware, its values named: %s', async (columns, values, what) => {
    expect(await problemsOf(resolveText(RIGHT, {}, table(columns, values)))).toEqual([refusal(what)]);
  });

  it.each([
    ['tensor_parallel,gpu_count', ['4,8', '8,8']],
    ['accelerator', ['H100', 'H100']],
    ['gpu_power_w', ['350', '700']],
    ['output_tokens_per_second_per_gpu', ['1', '2']],
    ['version', ['v1', 'v2']],
  ])('are taken together on the same: %s', async (columns, values) => {
    expect(await problemsOf(resolveText(RIGHT, {}, table(columns, values)))).toEqual([]);
  });

  it('are refused outside production, too', async () => {
    const fitted = table('accelerator', ['H100']);
    const csv = fitted + table('accelerator', ['A100', 'H100'], 'A', 'FP16').split('\n').slice(1).join('\n');
    const text = `${RIGHT}non_production: { lab: { quantization: FP16 } }\n`;
    expect(await problemsOf(resolveText(text, {}, csv))).toEqual([
      refusal('accelerator A100, H100').replace('3:24: throughput.dataset', '13:40: non_production.lab.quantization'),
    ]);
  });
});

it('rows of other lengths on other hardware are taken together with a note', async () => {
  const csv = `${COLUMNS},accelerator\nA,FP8,1,1,9,H100\nA,FP8,1,2,9,H200\nA,FP8,2,1,9,H200\n`;
  expect((await resolveText(RIGHT, {}, csv)).warnings).toEqual([
    'A: rows of different hardware are taken together: accelerator H100, H200',
  ]);
});

describe('a model that is left out', () => {
  const names = (name: string) => `${RIGHT}models: { Alpha 1.5: {}, ${name}: {} }\n`;
  const rows = (model: string, ...quantizations: string[]) =>
    quantizations.map((quantization) => `${model},${quantization},10,10,100\n`).join('');
  const ALPHA = `${COLUMNS}\n${LENGTHS.map(([i, o]) => `Alpha 1.5,FP8,${i},${o},500\n`).join('')}`;

  it.each([
    [
      rows('M', 'MXFP4', 'MXFP4', 'MXFP4', 'MXFP4'),
      'M is left out: 4 rows in data.csv, all MXFP4; throughput.quantization is FP8 (the default)',
    ],
    [
      rows('M', 'FP4', 'FP16', 'FP4'),
      'M is left out: 3 rows in data.csv, 2 FP4, 1 FP16; throughput.quantization is FP8 (the default)',
    ],
    [
      rows('M', 'fp8', 'fp8'),
      'M is left out: 2 rows in data.csv, all fp8; throughput.quantization is FP8 (the default); did you mean fp8?',
    ],
    [
      rows('M', 'FP8'),
      'M is left out: 1 FP8 row with numeric lengths in data.csv, 2 needed; add rows, or state its tps under models',
    ],
    [
      'M,FP8,,10,100\nM,FP8,mixed,10,100\nM,FP8,10,10,100\n',
      'M is left out: 1 FP8 row with numeric lengths and 2 without in data.csv, 2 needed; add rows, or state its tps under models',
    ],
  ])('is named with the cause: %j', async (csv, warning) => {
    const { warnings } = await resolveText(names('M'), {}, ALPHA + csv);
    expect(warnings[0]).toBe(warning);
    const blend = `${names('M')}blends: { b: { models: [M] } }\n`;
    expect(await problemsOf(resolveText(blend, {}, ALPHA + csv))).toEqual([
      `s.yaml:14:25: blends.b.models[0]: ${warning}`,
    ]);
  });

  it('is told from one that another quantization was chosen for', async () => {
    const text = edited('{ dataset: data.csv }', '{ dataset: data.csv, quantization: FP16 }');
    expect(await problemsOf(resolveText(text, {}, ALPHA))).toEqual([
      's.yaml:3:1: throughput: no model has 2 FP16 rows with numeric lengths; data.csv has rows of FP8; throughput.quantization is FP16',
    ]);
  });
});
