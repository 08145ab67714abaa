// Other hardware, precisions and architectures: measured ratios as distributions, the line from GPU to node, published formulas.
// What it cannot see: whether ratios measured on one benchmark's models hold for another model.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { compileDistribution } from '../../src/distributions/compile.js';
import {
  acceleratorPowerW,
  type Chassis,
  energyRatioFrom,
  isOffLine,
  nodePowerW,
  powerUtilizationAt,
} from '../../src/model/hardware/chassis.js';
import { measuredRatio, type RatioRow, ratioDistribution } from '../../src/model/hardware/measured-ratio.js';
import { ratioAt } from '../../src/model/hardware/ratio-by-concurrency.js';
import { speculativeCosts, tokensPerStep } from '../../src/model/hardware/speculative-decoding.js';

const FILE = new URL('../../scenarios/data/precision-and-generation.csv', import.meta.url);
const rows: RatioRow[] = parse(readFileSync(FILE), { columns: true });
const table = rows.map(({ ratio, condition, metric, n, median, p10, p90, confidence, source_title, source_url }) =>
  measuredRatio({ ratio, condition, metric, n, median, p10, p90, confidence, source_title, source_url }),
);
const quantiles = async (name: string, condition: RegExp) => {
  const measured = table.find((one) => one.ratio === name && condition.test(one.condition));
  if (!measured) throw new Error(`no ${name}`);
  const { quantile } = await compileDistribution(ratioDistribution(measured));
  return { measured, quantile };
};

describe('a measured ratio', () => {
  it('becomes a lognormal with its median, as wide as from P10 to P90', async () => {
    const { measured, quantile } = await quantiles('B200/H100', /minimum-energy/);
    expect(measured).toMatchObject({ n: 39, median: 0.635, p10: 0.285, p90: 1.089, confidence: 'High' });
    expect(quantile(0.5)).toBeCloseTo(0.635, 9);
    expect(quantile(0.9) / quantile(0.1)).toBeCloseTo(1.089 / 0.285, 6);
  });

  it('of too few pairs for percentiles is refused as a distribution', () => {
    const single = table.find(({ condition }) => condition === 'max_num_seqs 384');
    expect(() => ratioDistribution(single!)).toThrow('has 1 pairs and no percentiles');
  });

  it('names its source in every row', () => {
    for (const { n, source_title, source_url } of table) {
      expect(n).toBeGreaterThan(0);
      expect(source_title.length * source_url.length).toBeGreaterThan(0);
    }
  });
});

describe('the ratio at a concurrency', () => {
  it.each([
    ['FP8/BF16', 8, 1.5, 14],
    ['FP8/BF16', 32, 1.065, 7],
    ['FP8/BF16', 256, 0.914, 23],
    ['B200/H100', 8, 0.918, 39],
    ['B200/H100', 128, 0.825, 30],
    ['B200/H100', 500, 0.821, 10],
  ] as const)('of %s at %d in flight is %f, from %d pairs', (ratio, concurrency, median, n) => {
    const chosen = ratioAt(table, ratio, concurrency);
    expect(chosen.measured).toMatchObject({ median, n });
    expect(chosen.extrapolated).toBe(false);
  });

  it('costs energy in FP8 when few are in flight and saves it when many are', () => {
    expect(ratioAt(table, 'FP8/BF16', 8).measured.median).toBeGreaterThan(1);
    expect(ratioAt(table, 'FP8/BF16', 64).measured.median).toBeLessThan(1);
  });

  it('beyond what was measured is named', () => {
    expect(ratioAt(table, 'FP8/BF16', 2).extrapolated).toBe(true);
    expect(ratioAt(table, 'B200/H100', 4096)).toMatchObject({ extrapolated: true, concurrency: [512, 512] });
  });

  it('is refused where the table has none', () => {
    expect(() => ratioAt([], 'FP8/BF16', 8)).toThrow('has no FP8/BF16 by max_num_seqs');
  });
});

describe('FP4', () => {
  it('on B200 against FP8 on H200 is 0.50 of the energy: throughput of 175 pairs, powers of full nodes', () => {
    const fp4 = table.find(({ ratio }) => ratio.startsWith('B200 FP4/H200 FP8'));
    expect(fp4?.n).toBe(175);
    expect(energyRatioFrom(fp4?.median ?? Number.NaN, 10_591, 8_000)).toBeCloseTo(0.503, 3);
  });
});

describe('the line from accelerator to node', () => {
  const hopper: Chassis = { fixed_w: 1852, slope: 8.783, full_accelerator_w: 700 };

  it('meets the walls that were measured: 6.15 kW of MaxQ at 490 W per GPU', () => {
    expect(nodePowerW(hopper, 490)).toBeCloseTo(6156, 0);
    expect(acceleratorPowerW(hopper, nodePowerW(hopper, 321))).toBeCloseTo(321, 9);
  });

  it('gives the share of rated power, and says where it leaves its cases', () => {
    expect(powerUtilizationAt(hopper, 10.2, 700)).toBeCloseTo(0.784, 3);
    expect([isOffLine(hopper, 700), isOffLine(hopper, 701), isOffLine(hopper, -1)]).toEqual([false, true, true]);
  });
});

describe('speculative decoding', () => {
  it('puts out 1 + α + … + α^k tokens per step', () => {
    const series = [0, 1, 2, 3, 4].reduce((sum, k) => sum + 0.8 ** k, 0);
    expect(tokensPerStep({ acceptance: 0.8, draft_tokens: 4, draft_cost: 0 })).toBeCloseTo(series, 12);
    expect(tokensPerStep({ acceptance: 0, draft_tokens: 4, draft_cost: 0 })).toBe(1);
  });

  it('saves readings, and costs computing for what is not accepted', () => {
    const costs = { a: 1e-4, b: 1e-4, c: 1e-8, w: 0.01 };
    const faster = speculativeCosts(costs, { acceptance: 0.7, draft_tokens: 3, draft_cost: 0.05 });
    const tokens = 1 + 0.7 + 0.49 + 0.343;
    expect(faster.w).toBeCloseTo(0.01 / tokens, 12);
    expect(faster.c).toBeCloseTo(1e-8 / tokens, 16);
    expect(faster.b).toBeCloseTo((1e-4 * 4.15) / tokens, 12);
    expect(faster.a).toBe(1e-4);
    const perToken = (at: typeof costs, concurrency: number) => at.b + at.w / concurrency;
    expect(perToken(faster, 1)).toBeLessThan(perToken(costs, 1));
    expect(perToken(faster, 1000)).toBeGreaterThan(perToken(costs, 1000));
  });
});
