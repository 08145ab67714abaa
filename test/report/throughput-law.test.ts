// Curves and bands of throughput as the report draws them, against the predictions of the fit itself. What it cannot see: what
// the figure looks like.
import { describe, expect, it } from 'vitest';
import { scaleFreePrior } from '../../src/model/throughput/pooled-priors.js';
import { requestCostColumns } from '../../src/model/throughput/request-cost-columns.js';
import { fitRequestCost } from '../../src/model/throughput/request-cost-fit.js';
import { throughputInterval } from '../../src/model/throughput/request-cost-prediction.js';
import { STORED_PRIORS } from '../../src/model/throughput/stored-priors.js';
import { fitThroughput, tpsAt } from '../../src/model/throughput/throughput.js';
import { lengthDensities } from '../../src/report/figures/length-density.js';
import { coveredOutput, lawBand, lawTps } from '../../src/report/figures/throughput-law.js';
import type { HistogramRow } from '../../src/tables/schema.js';

const ROWS = [
  { input_tokens: 128, output_tokens: 128, tps: 3732 },
  { input_tokens: 2048, output_tokens: 128, tps: 449 },
  { input_tokens: 5000, output_tokens: 500, tps: 579 },
  { input_tokens: 500, output_tokens: 2000, tps: 3662 },
  { input_tokens: 128, output_tokens: 2048, tps: 4572 },
];

const fit = fitRequestCost(ROWS, scaleFreePrior(STORED_PRIORS, 'moe'));
const always = (value: number) => ({ family: 'constant', parameters: { value } }) as const;
const { a, b, c, w } = fit.costs;
const covered = { input_tokens: [128, 5000], output_tokens: [128, 2048] } as const;
const throughput = {
  method: 'request-cost',
  costs: { a: always(a), b: always(b), c: always(c), w: always(w) },
  fit: { ...requestCostColumns(fit, null), rows_used: ROWS.length, max_tps: 4572, ...covered },
} as const;

describe('a request-cost law in the report', () => {
  it('has a band about its curve: what the fit says a measurement falls between with 90 % probability', () => {
    for (const [input, output] of [
      [500, 300],
      [2000, 1000],
      [128, 2048],
    ]) {
      const [low, high] = lawBand(throughput, { input_tokens: input, output_tokens: output }, ROWS)!;
      const [least, most] = throughputInterval(fit, { input_tokens: input, output_tokens: output }, 0.9);
      // The interval's residual ends at three standard deviations, which narrows it a little.
      expect(Math.abs(Math.log(low / least))).toBeLessThan(0.01);
      expect(Math.abs(Math.log(high / most))).toBeLessThan(0.01);
      expect(lawTps(throughput, { input_tokens: input, output_tokens: output })).toBeCloseTo(Math.sqrt(low * high), 6);
    }
    expect(coveredOutput(throughput)).toEqual([128, 2048]);
  });

  it('has the log-log law beside it, with the band of a regression on the rows, which ends at the cap', () => {
    const logLog = fitThroughput(ROWS)!;
    const query = { input_tokens: 500, output_tokens: 300 };
    expect(lawTps(logLog, query)).toBe(tpsAt(logLog, 500, 300));
    const [low, high] = lawBand(logLog, query, ROWS)!;
    // Student's t of two degrees of freedom at 0.95 is 2.91999; the standard error by the textbook's formula, with the inverse of
    // XᵀX by Cramer's rule.
    const x = ROWS.map((row) => [1, Math.log(row.input_tokens), Math.log(row.output_tokens)]);
    const sum = (i: number, k: number) => x.reduce((all, row) => all + row[i] * row[k], 0);
    const m = [0, 1, 2].map((i) => [0, 1, 2].map((k) => sum(i, k)));
    const at = [1, Math.log(500), Math.log(300)];
    const det = (a: number[][]) =>
      a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) -
      a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
      a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
    const solved = [0, 1, 2].map((k) => det(m.map((row, i) => row.map((v, c) => (c === k ? at[i] : v)))) / det(m));
    const leverage = solved.reduce((all, v, i) => all + v * at[i], 0);
    const reach = 2.91999 * logLog.residual_std! * Math.sqrt(1 + leverage);
    const middle = tpsAt({ ...logLog, cap_tps: Number.POSITIVE_INFINITY }, 500, 300);
    expect(low / Math.min(logLog.cap_tps, middle * Math.exp(-reach))).toBeCloseTo(1, 4);
    expect(high / Math.min(logLog.cap_tps, middle * Math.exp(reach))).toBeCloseTo(1, 4);
    expect(lawBand(logLog, query, ROWS.slice(0, 3))).toBeUndefined();
  });
});

describe('the density of draws over the output length', () => {
  const bin = (low: number, high: number, count: number, more = {}) =>
    ({
      metric: 'output_tokens',
      subject: 'M',
      regime: 'r',
      bin_low: low,
      bin_high: high,
      count,
      ...more,
    }) as HistogramRow;

  it('is 1 where most draws are, in equal steps of the logarithm, and of the models that are drawn alone', () => {
    const bins = [bin(99, 101, 30), bin(101, 103, 30), bin(1000, 1010, 15), bin(5, 6, 9, { subject: 'N' })];
    const found = lengthDensities(bins, ['M']);
    expect(found.filter(({ density }) => density > 0).map(({ density }) => density)).toEqual([1, 0.25]);
    const [most, few] = found.filter(({ density }) => density > 0).map(({ output_tokens }) => Math.log(output_tokens));
    expect(Math.abs(most - Math.log(101))).toBeLessThan(0.25);
    expect(Math.abs(few - Math.log(1005))).toBeLessThan(0.25);
    expect(found[0].density).toBe(0);
    expect(lengthDensities([], ['M'])).toEqual([]);
  });
});
