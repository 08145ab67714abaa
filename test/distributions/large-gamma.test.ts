// Gamma quantiles and probabilities at large shapes against SciPy 1.17 (scipy.special.gammaincinv), and against @stdlib where
// that is still right. Cannot see probabilities beyond 1e-6 of either end, but that the quantile keeps rising there.
import cumulative from '@stdlib/stats-base-dists-gamma-cdf';
import quantile from '@stdlib/stats-base-dists-gamma-quantile';
import { describe, expect, it } from 'vitest';
import { gamma } from '../../src/distributions/gamma.js';
import { LARGE_SHAPE, largeGammaCumulative, largeGammaQuantile } from '../../src/distributions/large-gamma.js';

const SCIPY: readonly (readonly [shape: number, u: number, x: number])[] = [
  [601, 1e-6, 491.5792025132307],
  [601, 0.001, 528.0822599108893],
  [601, 0.05, 561.252383826328],
  [601, 0.5, 600.6666995536672],
  [601, 0.503, 600.8510127326722],
  [601, 0.75, 617.3486542471298],
  [601, 0.999, 679.6160971720158],
  [601, 0.999999, 724.8106159819138],
  [1000, 1e-6, 856.8146512793919],
  [1000, 0.001, 905.1207909349766],
  [1000, 0.05, 948.5598493836511],
  [1000, 0.5, 999.6666864269652],
  [1000, 0.503, 999.9044609139685],
  [1000, 0.75, 1021.1436879071974],
  [1000, 0.999, 1100.5780982933145],
  [1000, 0.999999, 1157.577911008724],
  [10000, 1e-6, 9531.835117189807],
  [10000, 0.001, 9693.824385823726],
  [10000, 0.05, 9836.085110855192],
  [10000, 0.5, 9999.666668642047],
  [10000, 0.503, 10000.418668439663],
  [10000, 0.75, 10067.266062388988],
  [10000, 0.999, 10311.875224539537],
  [10000, 0.999999, 10482.561164638257],
  [250000, 1e-6, 247630.48206654133],
  [250000, 0.001, 248457.73325284434],
  [250000, 0.05, 249178.1420933166],
  [250000, 0.5, 249999.66666674567],
  [250000, 0.503, 250003.42666052046],
  [250000, 0.75, 250337.0629420449],
  [250000, 0.999, 251547.96643442215],
  [250000, 0.999999, 252383.91461203122],
];

const off = (value: number, exact: number) => Math.abs(value / exact - 1);

describe('a gamma distribution of large shape', () => {
  it.each(SCIPY)('of %d has SciPy’s quantile at %d', (shape, u, x) => {
    expect(off(largeGammaQuantile(u, shape), x)).toBeLessThan(1e-9);
    // A relative error of 1e-10 in x is one of √shape times as much in the density of u.
    expect(off(largeGammaCumulative(x, shape), u)).toBeLessThan(1e-7);
  });

  it.each([601, 3000, 1e8])('of %d has inverses of each other', (shape) => {
    for (const u of [1e-9, 1e-4, 0.2, 0.5, 0.9, 0.99999])
      expect(off(largeGammaCumulative(largeGammaQuantile(u, shape), shape), u)).toBeLessThan(4e-9);
  });

  it('goes on from where @stdlib is still right', () => {
    for (const u of [1e-4, 0.05, 0.5, 0.75, 0.999]) {
      expect(off(largeGammaQuantile(u, LARGE_SHAPE), quantile(u, LARGE_SHAPE, 1))).toBeLessThan(1e-10);
      const x = quantile(u, LARGE_SHAPE, 1);
      expect(off(largeGammaCumulative(x, LARGE_SHAPE), cumulative(x, LARGE_SHAPE, 1))).toBeLessThan(1e-7);
    }
  });

  it('rises all the way, in both tails', () => {
    const xs = [1e-300, 1e-100, 1e-20, 1e-9, 0.5, 1 - 1e-9, 1 - 1e-16].map((u) => largeGammaQuantile(u, 601));
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(xs[0]).toBeGreaterThan(0);
    expect(largeGammaCumulative(0, 601)).toBe(0);
  });

  it('is what the family draws and truncates with', async () => {
    const [shape, scale] = [10_000, 3];
    const parameters = { shape, scale } as Parameters<typeof gamma.quantile>[0];
    expect(
      off((await gamma.quantile(parameters))(0.5), 3 * SCIPY.find(([k, u]) => k === shape && u === 0.5)![2]),
    ).toBeLessThan(1e-9);
    expect(off((await gamma.cdf(parameters))(3 * 9999.666668641974), 0.5)).toBeLessThan(1e-7);
  });
});
