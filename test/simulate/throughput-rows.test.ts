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
  expect(many).toMatchInlineSnapshot(`
    {
      "a": 0.0001209,
      "b": 0.00013485,
      "c": 4.6345e-8,
      "cap_tps": null,
      "capped_share": 0,
      "coef_ln_input_tokens": null,
      "coef_ln_output_tokens": null,
      "corr_ab": -0.040577,
      "corr_bc": -0.69584,
      "extrapolated_share": 0.34521,
      "form": "request-cost",
      "input_tokens_max": 2048,
      "input_tokens_min": 128,
      "intercept": null,
      "ln_sd_a": 0.11124,
      "ln_sd_b": 0.1491,
      "ln_sd_c": 0.38358,
      "loo_error": 0.074292,
      "method": "request-cost",
      "model": "Mixtral 8x7B",
      "output_tokens_max": 2048,
      "output_tokens_min": 128,
      "prior_share": 0.30989,
      "r_squared": null,
      "regime": "all",
      "residual_df": 0,
      "residual_sd": 0.05969,
      "residual_std": null,
      "rows_used": 4,
      "scenario": "rows",
      "serving": "production",
      "w": 0,
    }
  `);
  expect(one).toMatchInlineSnapshot(`
    {
      "a": 0.00027757,
      "b": 0.00039797,
      "c": 2.9037e-7,
      "cap_tps": null,
      "capped_share": 0,
      "coef_ln_input_tokens": null,
      "coef_ln_output_tokens": null,
      "corr_ab": 0.62597,
      "corr_bc": -0.80695,
      "extrapolated_share": 1,
      "form": "request-cost",
      "input_tokens_max": 1000,
      "input_tokens_min": 1000,
      "intercept": null,
      "ln_sd_a": 0.36101,
      "ln_sd_b": 0.2969,
      "ln_sd_c": 0.44161,
      "loo_error": null,
      "method": "request-cost",
      "model": "Qwen3 8B",
      "output_tokens_max": 1000,
      "output_tokens_min": 1000,
      "prior_share": 0.66667,
      "r_squared": null,
      "regime": "all",
      "residual_df": 0,
      "residual_sd": 0.041783,
      "residual_std": null,
      "rows_used": 1,
      "scenario": "rows",
      "serving": "production",
      "w": 0,
    }
  `);
  expect(stated).toMatchInlineSnapshot(`
    {
      "a": 0.0001,
      "b": 0.0002,
      "c": 0,
      "cap_tps": null,
      "capped_share": 0,
      "coef_ln_input_tokens": null,
      "coef_ln_output_tokens": null,
      "corr_ab": null,
      "corr_bc": null,
      "extrapolated_share": 0,
      "form": "request-cost",
      "input_tokens_max": null,
      "input_tokens_min": null,
      "intercept": null,
      "ln_sd_a": null,
      "ln_sd_b": null,
      "ln_sd_c": null,
      "loo_error": null,
      "method": "request-cost",
      "model": "Stated",
      "output_tokens_max": null,
      "output_tokens_min": null,
      "prior_share": null,
      "r_squared": null,
      "regime": "all",
      "residual_df": 0,
      "residual_sd": null,
      "residual_std": null,
      "rows_used": 0,
      "scenario": "rows",
      "serving": "production",
      "w": 0,
    }
  `);
  expect(foretold).toMatchInlineSnapshot(`
    {
      "a": 0.000023968,
      "b": 0.000034365,
      "c": 9.4769e-9,
      "cap_tps": null,
      "capped_share": 0,
      "coef_ln_input_tokens": null,
      "coef_ln_output_tokens": null,
      "corr_ab": 0.91651,
      "corr_bc": 0.81475,
      "extrapolated_share": 1,
      "form": "request-cost",
      "input_tokens_max": null,
      "input_tokens_min": null,
      "intercept": null,
      "ln_sd_a": 0.7258,
      "ln_sd_b": 0.66521,
      "ln_sd_c": 0.81646,
      "loo_error": null,
      "method": "request-cost",
      "model": "Llama 3.1 70B",
      "output_tokens_max": null,
      "output_tokens_min": null,
      "prior_share": 1,
      "r_squared": null,
      "regime": "all",
      "residual_df": 0,
      "residual_sd": 0.041783,
      "residual_std": null,
      "rows_used": 0,
      "scenario": "rows",
      "serving": "production",
      "w": 0,
    }
  `);
});

it('rows of the log-log form hold its coefficients and no costs', async () => {
  const [many] = await rowsOf('log-log');
  expect(many).toMatchInlineSnapshot(`
    {
      "a": null,
      "b": null,
      "c": null,
      "cap_tps": 5000,
      "capped_share": 0,
      "coef_ln_input_tokens": -0.62339,
      "coef_ln_output_tokens": 0.31514,
      "corr_ab": null,
      "corr_bc": null,
      "extrapolated_share": 0.34521,
      "form": "log-log",
      "input_tokens_max": 2048,
      "input_tokens_min": 128,
      "intercept": 9.5241,
      "ln_sd_a": null,
      "ln_sd_b": null,
      "ln_sd_c": null,
      "loo_error": null,
      "method": "regression",
      "model": "Mixtral 8x7B",
      "output_tokens_max": 2048,
      "output_tokens_min": 128,
      "prior_share": null,
      "r_squared": 0.90605,
      "regime": "all",
      "residual_df": 1,
      "residual_sd": null,
      "residual_std": 0.60891,
      "rows_used": 4,
      "scenario": "rows",
      "serving": "production",
      "w": null,
    }
  `);
});
