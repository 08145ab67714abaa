// Φ against another implementation and as the inverse of the quantile. What it cannot see: errors below 1e-14.
import cdf from '@stdlib/stats-base-dists-normal-cdf';
import { describe, expect, it } from 'vitest';
import { normalCumulative } from '../../src/distributions/normal-cumulative.js';
import { normalQuantile } from '../../src/distributions/normal-quantile.js';

describe('normalCumulative', () => {
  it('agrees with @stdlib to 1e-14, relatively to 3e-9 down to -7.07 and to 1e-12 below', () => {
    for (let z = -38; z <= 38; z += 0.0137) {
      const known = cdf(z, 0, 1);
      expect(Math.abs(normalCumulative(z) - known)).toBeLessThan(1e-14);
      if (known > 1e-300) expect(Math.abs(normalCumulative(z) / known - 1)).toBeLessThan(z < -7.0711 ? 1e-12 : 3e-9);
    }
  });

  it('undoes the quantile', () => {
    for (let i = 1; i < 1000; i++) expect(normalCumulative(normalQuantile(i / 1000))).toBeCloseTo(i / 1000, 13);
  });
});
