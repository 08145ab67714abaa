// The stored priors are what the shipped tables give, and a model without rows gets a prior that fits its hardware. What it cannot
// see: whether a model of a new kind resembles those of the tables; bench/throughput-law.mjs leaves families out to ask that.
import { describe, expect, it } from 'vitest';
import { sizeAndHardware } from '../../../src/model/catalogue/size-and-hardware.js';
import { peakCosts } from '../../../src/model/throughput/peak-costs.js';
import { poolPriors, readPool } from '../../../src/model/throughput/pool/pool-priors.js';
import { scaleFreePrior, sizePrior, withSteps } from '../../../src/model/throughput/pooled-priors.js';
import { fitRequestCost } from '../../../src/model/throughput/request-cost-fit.js';
import { STORED_PRIORS } from '../../../src/model/throughput/stored-priors.js';
import { needs } from '../../needs.js';
import { shippedPoolTables, shippedTable } from './pool-tables.js';

/** Numbers as the stored file has them. */
const stored = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(4)) : one)));

/** Llama 3.1 405B in FP8 on eight GPUs of an accelerator. */
function llama405b(accelerator: string, gpuCount = 8) {
  const model = shippedTable('models.csv').find((one) => one.model === 'Llama 3.1 405B') ?? {};
  const hardware = shippedTable('hardware.csv').find((one) => one.accelerator === accelerator) ?? {};
  const result = sizeAndHardware(model, hardware, 'FP8', gpuCount);
  if ('missing' in result) throw new Error(result.missing.join());
  return result.found;
}

describe('the stored priors', () => {
  it('are those that the shipped tables give, to four digits', needs('minutes'), () => {
    expect(stored(poolPriors(readPool(shippedPoolTables())))).toEqual(stored(STORED_PRIORS));
  });

  it('hold the ratios that independent programs found: b/c 1,390 tokens with 0.76, a/b 0.82 with 0.39', () => {
    const { ln_a_over_b, ln_b_over_c } = scaleFreePrior(STORED_PRIORS, 'dense');
    expect(Math.abs(ln_b_over_c.mean - Math.log(1390))).toBeLessThan(0.1);
    expect(Math.abs(ln_b_over_c.sd - 0.76)).toBeLessThan(0.15);
    expect(Math.abs(ln_a_over_b.mean - Math.log(0.82))).toBeLessThan(0.2);
    expect(Math.abs(ln_a_over_b.sd - 0.39)).toBeLessThan(0.15);
  });
});

describe('costs at the peak of the hardware', () => {
  it('are those worked by hand for Llama 3.1 405B on eight H100', () => {
    const peak = peakCosts(llama405b('H100 SXM5 80GB'));
    // 2 · 405e9 / 1979e12; KV 258,048 bytes; weights 405 GB; cache 8 · 80 · 0.9 − 405 = 171 GB; bandwidth 3.35 TB/s.
    expect(Math.exp(peak?.ln_compute ?? 0)).toBeCloseTo(810e9 / 1979e12, 10);
    expect(Math.exp(peak?.ln_weights ?? 0)).toBeCloseTo(405e9 / (8 * 3.35e12), 10);
    expect(Math.exp(peak?.ln_context ?? 0)).toBeCloseTo(258048 * (405e9 / 3.35e12 / 171e9 + 1 / 3.35e12), 12);
    expect(peak?.ln_sparsity).toBe(0);
  });

  it('are none where the model does not fit the memory', () => {
    expect(peakCosts(llama405b('H100 SXM5 80GB', 4))).toBeUndefined();
    expect(sizePrior(STORED_PRIORS, 'dense', llama405b('H100 SXM5 80GB', 4), 8)).toBeUndefined();
  });
});

describe('the prior of a model without rows', () => {
  it('holds what was measured of Llama 3.1 405B on eight H100 within its 90 % intervals', () => {
    const prior = sizePrior(STORED_PRIORS, 'dense', llama405b('H100 SXM5 80GB'), 8);
    expect(prior).toBeDefined();
    if (prior === undefined) return;
    const { costs, covariance, prior_share } = fitRequestCost([], prior);
    expect(prior_share).toBeCloseTo(1, 10);
    // Least squares over the ten rows of v1.0.
    for (const [i, [cost, measured]] of [
      [costs.a, 1.17e-4],
      [costs.b, 1.36e-4],
      [costs.c, 7e-8],
    ].entries()) {
      expect(Math.abs(Math.log(cost / measured))).toBeLessThan(1.645 * Math.sqrt(covariance[i][i]));
    }
  });

  it('has half the costs on nodes of twice the GPUs, and lower ones on faster hardware', () => {
    const of = (accelerator: string, gpus: number) => {
      const prior = sizePrior(STORED_PRIORS, 'dense', llama405b(accelerator), gpus);
      return prior === undefined ? undefined : fitRequestCost([], prior).costs;
    };
    const [eight, sixteen, faster] = [of('H100 SXM5 80GB', 8), of('H100 SXM5 80GB', 16), of('B200 SXM 180GB', 8)];
    expect(eight && sixteen && eight.b / sixteen.b).toBeCloseTo(2, 9);
    expect(eight && sixteen && eight.c / sixteen.c).toBeCloseTo(2, 9);
    expect(eight && faster && faster.b < eight.b && faster.c < eight.c).toBe(true);
  });

  it('knows the weights’ reading from the service, or else from b', () => {
    const scaleFree = scaleFreePrior(STORED_PRIORS, 'dense');
    const known = withSteps(scaleFree, STORED_PRIORS, llama405b('H100 SXM5 80GB'));
    // 15 ms at the peak of the bandwidth; servers take about twice as long.
    expect(Math.exp(known.ln_w?.mean ?? 0)).toBeGreaterThan(0.0151);
    expect(Math.exp(known.ln_w?.mean ?? 0)).toBeLessThan(0.06);
    const unknown = withSteps(scaleFree, STORED_PRIORS);
    expect(unknown.ln_w).toBeUndefined();
    expect(Math.exp(unknown.ln_w_over_b?.mean ?? 0)).toBeGreaterThan(100);
  });

  it('names what is not known of a model, an accelerator or a precision', () => {
    const hardware = shippedTable('hardware.csv');
    const tpu = hardware.find((one) => one.accelerator === 'TPU v5p') ?? {};
    const nemotron = shippedTable('models.csv').find((one) => one.model === 'Nemotron Ultra 253B v1') ?? {};
    expect(sizeAndHardware(nemotron, tpu, 'FP8', 8)).toEqual({
      missing: ['kv_bytes_per_token', 'memory_bandwidth_tb_s'],
    });
    expect(sizeAndHardware(nemotron, tpu, 'not stated', 8)).toEqual({ missing: ['precision not stated'] });
  });
});
