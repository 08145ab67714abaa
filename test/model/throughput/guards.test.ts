// What rows and fits are warned of, each at its bound. What it cannot see: rows that are wrong and look right.
import { describe, expect, it } from 'vitest';
import {
  exponentGuards,
  fitGuards,
  type GuardedRow,
  hardwareMixture,
  rowGuards,
} from '../../../src/model/throughput/guards.js';
import { explainedShare } from '../../../src/model/throughput/log-log-uncertainty.js';
import { fitThroughput } from '../../../src/model/throughput/throughput.js';

const row = (input_tokens: number, output_tokens: number, tps: number, hardware?: string): GuardedRow => ({
  input_tokens,
  output_tokens,
  tps,
  ...(hardware === undefined ? {} : { hardware }),
});

const spread = [row(100, 100, 900), row(100, 1000, 800), row(1000, 100, 300)];

describe('rows', () => {
  it('that span both lengths and agree raise nothing', () => {
    expect(rowGuards(spread)).toEqual([]);
    expect(rowGuards([])).toEqual([]);
    expect(rowGuards([row(100, 100, 5)])).toEqual([]);
  });

  it('of equal lengths may differ by a factor of two, not by more', () => {
    expect(rowGuards([...spread, row(100, 100, 1800)])).toEqual([]);
    expect(rowGuards([...spread, row(100, 100, 1801)])).toEqual([
      {
        kind: 'contradiction',
        lengths: { input_tokens: 100, output_tokens: 100 },
        least_tps: 900,
        most_tps: 1801,
      },
    ]);
    const alone = { ...row(100, 100, 5000), concurrency: 512 };
    expect(rowGuards([...spread, alone])).toEqual([]);
  });

  it('that vary in one direction are told which', () => {
    const varies = (rows: GuardedRow[]) => rowGuards(rows).map((guard) => 'varies' in guard && guard.varies);
    expect(varies([row(100, 100, 9), row(100, 100, 8)])).toEqual(['nothing']);
    expect(varies([row(100, 100, 9), row(300, 100, 8), row(900, 100, 7)])).toEqual(['input_tokens']);
    expect(varies([row(100, 100, 9), row(100, 300, 8)])).toEqual(['output_tokens']);
    expect(varies([row(100, 200, 9), row(300, 600, 8), row(900, 1800, 7)])).toEqual(['both as one']);
    expect(varies([row(100, 200, 9), row(300, 600, 8), row(900, 1801, 7)])).toEqual([]);
  });

  it('from several kinds or numbers of accelerators are a mixture, with the pairs that both measured', () => {
    const mixed = [row(100, 100, 9, 'H100 × 8'), row(100, 1000, 8, 'H100 × 8'), row(1000, 100, 3, 'H200 × 8')];
    expect(hardwareMixture(mixed)).toEqual({ hardware: ['H100 × 8', 'H200 × 8'], repeated: [] });
    expect(hardwareMixture([...mixed, row(100, 1000, 4, 'H100 × 4')])).toEqual({
      hardware: ['H100 × 8', 'H200 × 8', 'H100 × 4'],
      repeated: [{ input_tokens: 100, output_tokens: 1000 }],
    });
    expect(hardwareMixture(mixed.slice(0, 2))).toBeUndefined();
    expect(hardwareMixture(spread)).toBeUndefined();
  });
});

describe('a fit', () => {
  it('is steep beyond powers of three, either way', () => {
    const power = (exponent: number) =>
      [1, 2, 4].flatMap((x) =>
        [1, 2].map((y) => row(100 * x, 100 * y, 1e9 * (100 * x) ** exponent * (100 * y) ** 0.2)),
      );
    const guardsOf = (exponent: number) => {
      const fit = fitThroughput(power(exponent));
      return fit === undefined ? undefined : exponentGuards(fit);
    };
    expect(guardsOf(-2.99)).toEqual([]);
    expect(guardsOf(-3.01)).toEqual([{ kind: 'steep', of: 'input_tokens', exponent: expect.closeTo(-3.01, 6) }]);
    expect(guardsOf(3.01)).toHaveLength(1);
  });

  it('explains at least half of the variance of four rows or more', () => {
    expect(fitGuards([...spread, row(1, 1, 1)], 0.49)).toEqual([{ kind: 'unexplained', r_squared: 0.49 }]);
    expect(fitGuards([...spread, row(1, 1, 1)], 0.51)).toEqual([]);
    expect(fitGuards(spread, 0.1)).toEqual([]);
    expect(fitGuards([...spread, row(1, 1, 1)], null)).toEqual([]);
  });

  it('explains of ln tps what its predictions leave over', () => {
    const rows = [row(1, 1, Math.exp(1)), row(1, 2, Math.exp(3))];
    expect(explainedShare(rows, () => 2)).toBeCloseTo(0, 12);
    expect(explainedShare(rows, ({ tps }) => Math.log(tps))).toBeCloseTo(1, 12);
    expect(explainedShare(rows, ({ output_tokens }) => 2 * output_tokens - 0.5)).toBeCloseTo(1 - 0.5 / 2, 12);
    expect(explainedShare([rows[0], rows[0]], () => 2)).toBeNull();
  });
});
