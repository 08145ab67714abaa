// Student's t against the closed forms of one and two degrees of freedom, and its limits in far tails. What it cannot see: the middle of
// distributions of more degrees of freedom, which only has to undo the quantile here.
import { describe, expect, it } from 'vitest';
import { studentCumulative, studentQuantile } from '../../../src/model/throughput/student-quantile.js';

const TAILS = [1, 3, 30, 1e3, 1e6, 1e9, 1e15, 1e100];
const DEGREES = Array.from({ length: 600 }, (_, i) => i + 1);

describe('the cumulative Student t', () => {
  it.each([0.01, 0.5, 2, 40])('is that of Cauchy for one degree of freedom, and a root for two, at %f', (t) => {
    expect(studentCumulative(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12);
    expect(studentCumulative(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 12);
    expect(studentCumulative(-t, 1)).toBeCloseTo(0.5 - Math.atan(t) / Math.PI, 12);
  });

  it('stays a probability however far the tail, and falls to none there', () => {
    for (const df of DEGREES) {
      const all = TAILS.flatMap((t) => [studentCumulative(-t, df), studentCumulative(t, df)]);
      expect(Math.min(...all), `${df} degrees of freedom`).toBeGreaterThanOrEqual(0);
      expect(Math.max(...all), `${df} degrees of freedom`).toBeLessThanOrEqual(1);
    }
  });

  it.each([1, 2, 5, 6, 41, 550])('undoes the quantile of %i degrees of freedom', (df) => {
    for (const probability of [0.05, 0.25, 0.5, 0.75, 0.95])
      expect(studentCumulative(studentQuantile(probability, df), df)).toBeCloseTo(probability, 10);
  });
});
