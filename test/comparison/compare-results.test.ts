// Results against each other, and where they must not be compared. What it cannot see: numbers that a version computed otherwise.
import { describe, expect, it } from 'vitest';
import { compareSummaries, type Summary } from '../../src/comparison/compare-results.js';
import type { SummaryRow } from '../../src/tables/schema.js';

const ROW: SummaryRow = {
  ...{ scenario: 'x', regime: 'traditional', subject_kind: 'model', subject: 'One', pathway: 'baseline', trim: 'none' },
  ...{ metric: 'energy', unit: 'Wh/query', n: 10, mean: 2, std: 1, p05: 1, p25: 1.5, p50: 2, p75: 3, p95: 4, iqr: 1.5 },
  ...{ p50_ci_low: 1.9, p50_ci_high: 2.1, formula: 'oviedo', boundary: 'facility', mean_low: 1.9, mean_high: 2.1 },
};

function tableOf(...rows: readonly SummaryRow[]): Summary {
  return { rows, metadata: {} };
}

describe('two results', () => {
  it('have the ratio and the difference of their quantiles, and an interval from opposite ends', () => {
    const { compare } = compareSummaries(
      tableOf(ROW),
      tableOf({ ...ROW, p50: 3, p50_ci_low: 2.8, p50_ci_high: 3.2 }),
      'a',
      'b',
    );
    expect(compare[0]).toMatchObject({
      quantity: 'energy_ratio',
      p50: 1.5,
      p95: 1,
      p50_ci_low: 2.8 / 2.1,
      p50_ci_high: 3.2 / 1.9,
    });
    expect(compare[1]).toMatchObject({ quantity: 'energy_difference', unit: 'Wh/query', p50: 1, p25: 0 });
  });

  it('have no ratio to 0', () => {
    expect(compareSummaries(tableOf({ ...ROW, p05: 0 }), tableOf(ROW), 'a', 'b').compare[0].p05).toBe(null);
  });

  it('are refused in different units', () => {
    expect(() => compareSummaries(tableOf(ROW), tableOf({ ...ROW, unit: 'J/query' }), 'a', 'b')).toThrow(
      "b: energy of One is in Wh/query in a, in J/query in b; repeat one of the runs with the other's version",
    );
  });

  it('are compared by the first formula of each, which a table of format 1 does not name', () => {
    const b = tableOf({ ...ROW, formula: 'request-cost', p50: 4 }, { ...ROW, formula: 'epoch', p50: 8 });
    const { compare } = compareSummaries(tableOf({ ...ROW, formula: '' }), b, 'a', 'b');
    expect(compare.map(({ quantity, p50, formula }) => [quantity, p50, formula])).toEqual([
      ['energy_ratio', 2, 'request-cost'],
      ['energy_difference', 2, 'request-cost'],
    ]);
  });
});
