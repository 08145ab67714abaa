// Formulas of others against the figures that their own equations give, worked out apart from this code.
// What it cannot see: whether they are right about the world, or whether their authors have changed them since.
import { describe, expect, it } from 'vitest';
import {
  ECOLOGITS,
  ECOLOGITS_BATCH_4,
  ECOLOGITS_BATCH_16,
  ecologitsGpus,
} from '../../../src/model/formulas/ecologits.js';
import { EPOCH } from '../../../src/model/formulas/epoch.js';
import { JEGHAM, jeghamClass, jeghamPowerKw, jeghamUtilization } from '../../../src/model/formulas/jegham.js';
import { LOGISTIC_POWER, logisticGpuPowerW } from '../../../src/model/formulas/logistic-power.js';
import { NUMBERS } from './numbers.js';

const LLAMA_405B = { pue: 1.2, output_tokens: 300, active_params_b: 405, total_params_b: 405 };

describe('ecologits', () => {
  it('takes 2.740 Wh for 300 tokens of a dense model of 405 billion parameters on 16 GPUs', () => {
    expect(ecologitsGpus(405)).toBe(16);
    expect(ECOLOGITS.energy(LLAMA_405B, NUMBERS)).toBeCloseTo(2.74, 3);
  });

  it('takes 1.194 Wh for 300 tokens of DeepSeek-R1 on 32 GPUs, and 0.263 Wh for 400 of a 70B model on 4', () => {
    const deepseek = { ...LLAMA_405B, active_params_b: 37, total_params_b: 671 };
    expect(ecologitsGpus(671)).toBe(32);
    expect(ECOLOGITS.energy(deepseek, NUMBERS)).toBeCloseTo(1.194, 3);
    const llama70 = { pue: 1.2, output_tokens: 400, active_params_b: 70, total_params_b: 70 };
    expect(ecologitsGpus(70)).toBe(4);
    expect(ECOLOGITS.energy(llama70, NUMBERS)).toBeCloseTo(0.263, 3);
  });

  it('takes 6.997 Wh with a batch of 16 and 20.566 Wh with one of 4', () => {
    expect(ECOLOGITS_BATCH_16.energy(LLAMA_405B, NUMBERS)).toBeCloseTo(6.997, 3);
    expect(ECOLOGITS_BATCH_4.energy(LLAMA_405B, NUMBERS)).toBeCloseTo(20.566, 3);
  });

  it('occupies 16 GPUs for 94.3 s with 63 others: 0.218 g of the embodied emissions of a node of 7,012 kg over 3 years', () => {
    const node_seconds = ECOLOGITS.node_seconds(LLAMA_405B, NUMBERS);
    expect((node_seconds * 64) / 2).toBeCloseTo(94.3, 1);
    expect((node_seconds * 7_012_000) / (3 * 365 * 24 * 3600)).toBeCloseTo(0.218, 3);
  });
});

describe('jegham', () => {
  // The lengths of time are of the one who worked this out, not of the paper.
  const query = { pue: 1.12, output_tokens: 300, query_tps: 150, first_token_s: 0.5, total_params_b: 405 };
  const wh = (power_kw: number) => ((power_kw * 1.12 * 2.5) / 3600) * 1000;

  it('draws 0.463 to 0.550 Wh, 0.507 expected, in 2.5 s with the shares that the paper prints for large models', () => {
    const [low, high] = [0.055, 0.075].map((ofGpus) => jeghamPowerKw(ofGpus, 0.0625));
    expect(wh(low)).toBeCloseTo(0.463, 3);
    expect(wh(high)).toBeCloseTo(0.55, 3);
    expect(wh((low + high) / 2)).toBeCloseTo(0.507, 3);
    expect(((low + high) / 2) * 1.12).toBeCloseTo(0.7297, 3);
    expect(low / high).toBeCloseTo(0.842, 3);
  });

  it('draws 0.5094 Wh with the shares that its equation gives, which the paper rounds', () => {
    const large = jeghamClass(405);
    expect(large.demand.map((demand) => jeghamUtilization(large, demand))).toEqual([0.05625, 0.075]);
    expect(jeghamUtilization(large, 0.5)).toBe(0.0625);
    expect(JEGHAM.energy(query, NUMBERS)).toBeCloseTo(wh(5.6 * 0.065625 + 4.6 * 0.0625), 12);
    expect(JEGHAM.energy(query, NUMBERS)).toBeCloseTo(0.5094, 4);
  });

  it('holds an eighth of the node of eight GPUs for the time of the answer', () => {
    expect(JEGHAM.node_seconds(query, NUMBERS)).toBeCloseTo(2.5 / 8, 12);
  });

  it('puts a model that ends a class into it, and the next one into the next', () => {
    expect([6.9, 7, 7.1, 20, 40, 70, 70.6, 1000].map((size) => jeghamClass(size).gpus)).toEqual([
      1, 1, 1, 1, 2, 4, 8, 8,
    ]);
  });
});

describe('logistic-power', () => {
  it('draws 304, 369, 507, 583 and 598 W with 1, 8, 32, 128 and 512 queries in flight', () => {
    const watts = [1, 8, 32, 128, 512].map((queries) => Math.round(logisticGpuPowerW(queries)));
    expect(watts).toEqual([304, 369, 507, 583, 598]);
  });

  it('is the power of eight such GPUs in their chassis over the seconds of the node', () => {
    const node_w = 1852 + 8.783 * logisticGpuPowerW(32);
    const query = { pue: 1.3, concurrency: 32, node_seconds: 0.2 };
    expect(LOGISTIC_POWER.energy(query, NUMBERS)).toBeCloseTo((1.3 * 0.2 * node_w) / 3600, 12);
  });
});

describe('epoch', () => {
  it('takes 1.0111 seconds of one GPU for 500 tokens of 100 billion active parameters', () => {
    expect(EPOCH.node_seconds({ pue: 1, output_tokens: 500, active_params_b: 100 }, NUMBERS) * 8).toBeCloseTo(
      1.0111,
      4,
    );
  });
});
