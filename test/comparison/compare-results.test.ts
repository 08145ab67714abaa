// Results against each other where they must not be compared. What it cannot see: numbers that a version computed otherwise
// under the same format.
import { describe, expect, it } from 'vitest';
import { compareSummaries } from '../../src/comparison/compare-results.js';
import type { ReadTable } from '../../src/tables/read.js';

const ROW = {
  ...{ scenario: 'x', regime: 'traditional', subject_kind: 'model', subject: 'One', pathway: 'baseline', trim: 'none' },
  ...{ metric: 'energy', unit: 'Wh/query', n: 10, mean: 2, std: 1, p05: 1, p25: 1.5, p50: 2, p75: 3, p95: 4, iqr: 1.5 },
  ...{ p50_ci_low: 1.9, p50_ci_high: 2.1 },
};

function tableOf(row: Readonly<Record<string, string | number | null>>, formatVersion = 1): ReadTable {
  return { name: 'summary', formatVersion, metadata: {}, columns: [], rows: [row] };
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

  it('are refused in different format versions', () => {
    expect(() => compareSummaries(tableOf(ROW), tableOf(ROW, 2), 'a', 'b')).toThrow(
      'b: a is of format 1, b of format 2; repeat the older run with this version',
    );
  });
});
