// The sentence that a comparison begins with. Whether its numbers are right is tested in test/comparison.

import { describe, expect, it } from 'vitest';
import { NOT_KNOWN } from '../../src/comparison/known-changes.js';
import type { CompareRow } from '../../src/tables/studies.js';
import { conclusionOf, dayConclusion } from '../../src/terminal/comparison-conclusion.js';

const ratio = (subject_kind: string, subject: string, p50: number, low: number, high: number): CompareRow => ({
  ...{
    scenario_a: 'old',
    scenario_b: 'new',
    regime: 'chat',
    subject_kind,
    subject,
    quantity: 'energy_ratio',
    unit: '1',
  },
  ...{ paired: 'yes', n: 10, n_dropped: 0, mean: p50, std: null, p05: p50, p25: p50, p50, p75: p50, p95: p50 },
  ...{ p50_ci_low: low, p50_ci_high: high, formula: 'oviedo', mean_low: low, mean_high: high, ...NOT_KNOWN },
});

describe('the conclusion of a comparison', () => {
  it('names the one median that there is, with its interval', () => {
    expect(conclusionOf({ compare: [ratio('model', 'A', 1.25, 1.24, 1.26)] })).toBe(
      'new takes 1.25 times the energy of old (median of A, chat; Monte Carlo 95 % 1.240–1.260)',
    );
    expect(conclusionOf({ compare: [ratio('model', 'A', 1.01, 0.98, 1.04)] })).toContain('no difference beyond it');
  });

  it('of several spans them, names the greatest change up or down, and counts what is beyond its error', () => {
    const compare = [
      ratio('model', 'A', 1.1, 1.05, 1.15),
      ratio('model', 'B', 0.5, 0.4, 0.6),
      ratio('model', 'C', 1, 0.9, 1.1),
    ];
    expect(conclusionOf({ compare })).toBe(
      'new takes 0.500–1.10 times the energy of old by the median; most B, chat, 0.500 (0.4000–0.6000); 2 of 3 models beyond the Monte Carlo error',
    );
  });

  it('is about blends where there are any', () => {
    const compare = [ratio('model', 'A', 9, 8, 10), ratio('blend', 'X', 1, 0.9, 1.1), ratio('blend', 'Y', 1, 0.9, 1.1)];
    expect(conclusionOf({ compare })).toContain('none of 2 blends differs beyond its Monte Carlo error');
  });

  it('is about the fleet’s day first, the mix that differs most, where both have a fleet', () => {
    const day = (mix: string, mean: number): CompareRow => ({
      ...ratio('mix', mix, mean, mean - 0.01, mean + 0.01),
      quantity: 'energy_per_day_ratio',
    });
    expect(dayConclusion([day('all', 1.2)])).toBe(
      'A day of new’s fleet takes 1.20 times the energy of old’s (all; Monte Carlo 95 % 1.190–1.210)',
    );
    expect(dayConclusion([day('short', 1.2), day('long', 0.5)])).toContain(
      '0.500 times the energy of old’s (long, of 2 mixes the one that differs most;',
    );
    expect(dayConclusion([ratio('blend', 'X', 2, 1, 3)])).toBeUndefined();
    expect(conclusionOf({ compare: [day('all', 1.2)] })).toBeUndefined();
  });

  it('is left out where nothing has a ratio', () => {
    expect(conclusionOf({ compare: [] })).toBe(undefined);
  });
});
