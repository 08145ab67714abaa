import { expect } from 'vitest';
import type { Result } from '../../src/result/result.js';
import { seriesOf } from '../../src/result/series.js';

const CENTRE = [0.05, 0.25, 0.5, 0.75, 0.95];
const TAILS = [0.001, 0.999];

/** Rounding of an atom's place: what lies this much closer is at it. */
const ROUNDING = 1e-12;

/** A distribution that is known otherwise. */
export interface Exact {
  cdf(x: number): number;
  readonly mean?: number;
}

/** Within 1e-4 from P5 to P95 and within 1e-3 beyond, by what share lies around the quantile; and within its own interval. */
export function expectQuantiles(result: Result, want: Readonly<Record<string, string>>, exact: Exact): void {
  const wanted = Object.entries({ pathway: 'baseline', trim: 'none', metric: 'energy', ...want });
  const [found, ...others] = seriesOf(result).filter((one) =>
    wanted.every(([key, value]) => one[key as keyof typeof one] === value),
  );
  expect(others).toEqual([]);
  const { integrated } = found;
  if (integrated === undefined) throw new Error(`${wanted.join()} was not integrated`);
  for (const [probabilities, bound] of [[CENTRE, 1e-4] as const, [TAILS, 1e-3] as const]) {
    for (const p of probabilities) {
      const { value, low, high } = integrated.quantile(p);
      expect(exact.cdf(value * (1 + bound)), `P${100 * p}`).toBeGreaterThanOrEqual(p);
      expect(exact.cdf(high * (1 + ROUNDING)), `P${100 * p}, upper end`).toBeGreaterThanOrEqual(p - 1e-9);
      if (value === 0) continue;
      expect(exact.cdf(value * (1 - bound)), `P${100 * p}`).toBeLessThanOrEqual(p);
      expect(exact.cdf(low * (1 - ROUNDING)), `P${100 * p}, lower end`).toBeLessThanOrEqual(p + 1e-9);
    }
  }
  if (exact.mean) expect(Math.abs(integrated.statistics.mean / exact.mean - 1)).toBeLessThan(1e-6);
}
