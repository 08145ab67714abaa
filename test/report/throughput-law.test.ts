// Curves and bands of throughput as the report draws them, against the predictions of the fit itself. What it cannot see: what
// the figure looks like.
import { describe, expect, it } from 'vitest';
import { scaleFreePrior } from '../../src/model/throughput/pooled-priors.js';
import { requestCostColumns } from '../../src/model/throughput/request-cost-columns.js';
import { fitRequestCost } from '../../src/model/throughput/request-cost-fit.js';
import { throughputInterval } from '../../src/model/throughput/request-cost-prediction.js';
import { STORED_PRIORS } from '../../src/model/throughput/stored-priors.js';
import { fitThroughput, tpsAt } from '../../src/model/throughput/throughput.js';
import { coveredOutput, lawBand, lawTps } from '../../src/report/figures/throughput-law.js';

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
      const [low, high] = lawBand(throughput, input, output)!;
      const [least, most] = throughputInterval(fit, { input_tokens: input, output_tokens: output }, 0.9);
      // The interval's residual ends at three standard deviations, which narrows it a little.
      expect(Math.abs(Math.log(low / least))).toBeLessThan(0.01);
      expect(Math.abs(Math.log(high / most))).toBeLessThan(0.01);
      expect(lawTps(throughput, input, output)).toBeCloseTo(Math.sqrt(low * high), 6);
    }
    expect(coveredOutput(throughput)).toEqual([128, 2048]);
  });

  it('leaves the log-log law as it is, without a band', () => {
    const logLog = fitThroughput(ROWS)!;
    expect(lawTps(logLog, 500, 300)).toBe(tpsAt(logLog, 500, 300));
    expect(lawBand(logLog, 500, 300)).toBeUndefined();
  });
});
