// Estimates of others at the boundary of a run: what is converted, how far, and what never is. What it cannot see: whether the words of
// a source were read right.
import { describe, expect, it } from 'vitest';
import { atFacility } from '../../src/report/at-facility.js';
import { publishedEstimates } from '../../src/report/published-estimates.js';

const estimates = await publishedEstimates();

describe('an estimate of others', () => {
  it('has a boundary that agrees with its words, all 112', () => {
    expect(estimates).toHaveLength(112);
    const count = (code: string) => estimates.filter(({ boundary_code }) => boundary_code === code).length;
    expect(['gpu_board', 'node_ac', 'facility', 'fleet', 'lifecycle', 'unknown'].map(count)).toEqual([
      8, 3, 95, 1, 1, 4,
    ]);
    const withOverhead = estimates.filter(({ boundary }) => /PUE|all-in|data cent/.test(boundary));
    expect(new Set(withOverhead.map(({ boundary_code }) => boundary_code))).toEqual(new Set(['facility', 'fleet']));
  });

  it('of the facility stays as it is', () => {
    const stated = { boundary_code: 'facility', energy_wh: 0.3, low_wh: 0.2, high_wh: 0.5 } as const;
    expect(atFacility(stated)).toEqual({ p05: 0.2, p50: 0.3, p95: 0.5 });
  });

  it('of accelerators gains node and overhead: 1 Wh at the boards is 1.93 Wh, known to more than ±20 %', () => {
    const range = atFacility({ boundary_code: 'gpu_board', energy_wh: 1, low_wh: null, high_wh: null })!;
    expect(range.p50).toBeCloseTo(1.49 * Math.sqrt(1.05 * 1.6), 6);
    expect(range.p05).toBeLessThan(range.p50 / 1.2);
    expect(range.p95 / range.p50).toBeCloseTo(range.p50 / range.p05, 9);
  });

  it('of Google’s two boundaries meets itself: 0.10 Wh of accelerators and 0.24 Wh of the fleet overlap at the facility', () => {
    const google = estimates.filter(({ estimate }) => estimate.startsWith('Google Gemini Apps median'));
    const [fleet, boards] = google.map((one) => atFacility(one)!);
    expect(boards.p50).toBeGreaterThan(0.17);
    expect(boards.p95).toBeGreaterThan(fleet.p05);
  });

  it('of a life cycle, or without boundary, is not converted', () => {
    for (const boundary_code of ['lifecycle', 'unknown'] as const)
      expect(atFacility({ boundary_code, energy_wh: 1, low_wh: null, high_wh: null })).toBeUndefined();
  });
});
