// Rows of throughput.arrow: golden values for costs that are fitted, stated and foretold, and for the log-log form; their engines agree
// by test/kernel. What it cannot see: whether the values are right of any node; test/model/throughput computes fits another way.
import { expect, it } from 'vitest';
import { throughputRows } from '../../src/result/rows/throughput.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { simulateHere } from '../../src/simulate/simulate.js';

const CSV = `model,quantization,input_tokens,output_tokens,node_tokens_per_second
Mixtral 8x7B,FP8,128,128,3700
Mixtral 8x7B,FP8,128,2048,5000
Mixtral 8x7B,FP8,2048,128,450
Mixtral 8x7B,FP8,500,2000,4600
Qwen3 8B,FP8,1000,1000,900
`;

const scenario = (form: string) =>
  scenarioFromText(
    `
version: 1
name: rows
samples: 4096
throughput: { dataset: rows.csv, form: ${form} }
hardware: { accelerator: H200 }
node_power_kw: 10
models:
  Mixtral 8x7B:
  Qwen3 8B:
  Stated: { node_seconds: { per_input_token: 1e-4, per_output_token: 2e-4 } }
${form === 'request-cost' ? '  Llama 3.1 70B:' : ''}
power_utilization: 0.6
pue: 1.2
input_tokens: 500
output_tokens: { uniform: { min: 100, max: 3000 } }
regimes: { all: }
`,
    'rows.yaml',
    async () => ({ name: 'rows.csv', bytes: new TextEncoder().encode(CSV) }),
  );

/** Numbers to five digits: what another machine's logarithm leaves alone. */
const rounded = (row: object) =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'number' ? Number(value.toPrecision(5)) : value]),
  );

const rowsOf = async (form: string) =>
  throughputRows(await simulateHere(await scenario(form), { kernel: 'reference' })).map(rounded);

it('rows of fitted, one-row, stated and foretold costs hold what is known of each', async () => {
  const [many, one, stated, foretold] = await rowsOf('request-cost');
  expect(many).toMatchInlineSnapshot();
  expect(one).toMatchInlineSnapshot();
  expect(stated).toMatchInlineSnapshot();
  expect(foretold).toMatchInlineSnapshot();
});

it('rows of the log-log form hold its coefficients and no costs', async () => {
  const [many] = await rowsOf('log-log');
  expect(many).toMatchInlineSnapshot();
});
