/**
 * A drawn part convolved with the rest, and laws told as counts: against the law of the whole product, and what draws
 * are worth against the bivariate normal's orthant (Sheppard 1898). What it cannot see: which part of a plan has to be
 * drawn.
 */
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../../src/distributions/normal-quantile.js';
import { drawnLaw, worthOfDraw } from '../../../src/kernel/integration/drawn-law.js';
import { factorLaw } from '../../../src/kernel/integration/factor-law.js';
import { lawBins, lawHistogram } from '../../../src/kernel/integration/law-bins.js';
import { shareBelow } from '../../../src/kernel/integration/ln-law.js';
import { productOf } from '../../../src/kernel/integration/product.js';
import { lnQuantile } from '../../../src/kernel/integration/quantile.js';
import { Spectra } from '../../../src/kernel/integration/spectra.js';
import { Histogram } from '../../../src/sketch/histogram.js';
import { countOf, meanAndStd, quantiles } from '../../../src/sketch/statistics.js';
import { distribution } from './laws.js';

const SIGMA_DRAWN = 0.4;
const SIGMA_REST = 0.3;

/** A histogram of the quantiles of a lognormal at equally spaced probabilities: what endless draws would be. */
function counted(draws: number, zeros = 0, non_finite = 0): Histogram {
  const histogram = new Histogram();
  const lnValues = Float64Array.from({ length: draws }, (_, i) => SIGMA_DRAWN * normalQuantile((i + 0.5) / draws));
  histogram.add(lnValues, draws);
  histogram.add(new Float64Array(zeros).fill(Number.NEGATIVE_INFINITY), zeros);
  histogram.add(new Float64Array(non_finite).fill(Number.NaN), non_finite);
  return histogram;
}

describe('a drawn part', () => {
  it('times the rest has the quantiles of the whole', async () => {
    const rest = await factorLaw(distribution({ lognormal: { mu: 0, sigma: SIGMA_REST } }));
    const law = productOf([drawnLaw(counted(30_000)), rest], 1 / 64, new Spectra());
    const sigma = Math.hypot(SIGMA_DRAWN, SIGMA_REST);
    for (const p of [0.05, 0.25, 0.5, 0.75, 0.95]) {
      expect(Math.abs(lnQuantile(law, p) - sigma * normalQuantile(p))).toBeLessThan(2e-5);
    }
  });

  it('keeps its zeros and its draws of no finite number as shares', () => {
    const law = drawnLaw(counted(80, 15, 5));
    expect([law.zero, law.non_finite]).toEqual([0.15, 0.05]);
    expect(shareBelow(law, 10)).toBeCloseTo(0.95, 12);
    expect(drawnLaw(new Histogram()).atoms.shares).toHaveLength(0);
  });

  it('is worth more draws the more of the variance lies in the rest', async () => {
    const rest = await factorLaw(distribution({ lognormal: { mu: 0, sigma: SIGMA_REST } }));
    const correlation = SIGMA_DRAWN ** 2 / (SIGMA_DRAWN ** 2 + SIGMA_REST ** 2);
    // P(both <= median) of two products that share the drawn part is 1/4 + asin(correlation) / 2π.
    const exact = 0.25 / (Math.asin(correlation) / (2 * Math.PI));
    expect(worthOfDraw(drawnLaw(counted(30_000)), rest, 0)).toBeCloseTo(exact, 3);
    expect(worthOfDraw(drawnLaw(counted(1)), rest, 0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('a law told as counts', () => {
  const draws = 1_000_000;

  it('in bins adds up to the draws, zeros first, and leaves no bin below an edge out', async () => {
    const law = drawnLaw(counted(900, 100));
    const bins = lawBins(law, 200, draws);
    expect(bins[0]).toEqual({ low: 0, high: 0, count: 100_000 });
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(draws);
    expect(bins.every(({ count }) => Number.isInteger(count) && count > 0)).toBe(true);
    for (const { low, high, count } of bins.slice(1)) {
      const share = shareBelow(law, Math.log(high) - 1e-12) - shareBelow(law, Math.log(low) - 1e-12);
      expect(Math.abs(count / draws - share)).toBeLessThan(1.1e-6);
    }
  });

  it('as a histogram gives its readers the quantiles and moments of the law to the width of a bin', async () => {
    const law = await factorLaw(distribution({ lognormal: { mu: 1, sigma: 0.5 }, min: 1, max: 9 }));
    const histogram = lawHistogram(law);
    expect(countOf(histogram)).toBe(2 ** 32);
    const probabilities = [0.05, 0.5, 0.95];
    quantiles(histogram, probabilities).forEach((value, i) => {
      expect(Math.abs(Math.log(value) - lnQuantile(law, probabilities[i]))).toBeLessThan(1e-4);
    });
    expect(meanAndStd(histogram).mean).toBeGreaterThan(2.9);
  });
});
