/**
 * Steps that are fine enough, and the intervals stated: lengths in whole tokens times factors that are smooth,
 * sharp-edged, narrow or single values, against sums over every token count with the factor's own distribution
 * function, which nothing of the lattice enters. What it cannot see: errors of the distribution functions themselves
 * (test/distributions), and kinds of roughness not listed here.
 */
import { describe, expect, it } from 'vitest';
import { ln } from '../../../src/distributions/elementary.js';
import { componentsOf } from '../../../src/kernel/integration/components.js';
import { countLaw, countPoints } from '../../../src/kernel/integration/count-points.js';
import { factorLaw } from '../../../src/kernel/integration/factor-law.js';
import { productOf } from '../../../src/kernel/integration/product.js';
import { FINEST_STEP, refined, standardTolerance } from '../../../src/kernel/integration/refined.js';
import { Spectra } from '../../../src/kernel/integration/spectra.js';
import { wholeNumbers } from '../../../src/kernel/integration/whole-numbers.js';
import { distribution } from './laws.js';

const PROBABILITIES = [0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999];
const answers = { exponential: { median: 300 } };

/** ln of seconds: a power of the length, with a kink where a cap begins. */
const lnSeconds = (count: number) => 0.77 * ln(count) + 0.23 * Math.max(0, ln(count / 900)) - 3;

const cases: readonly (readonly [lengths: unknown, factor: unknown])[] = [
  [answers, { lognormal: { p5: 0.4, p95: 0.9 } }],
  [answers, { lognormal: { p5: 1, p95: 1.02 } }],
  [answers, { uniform: { min: 1.1, max: 1.2 } }],
  [answers, { uniform: { min: 0, max: 1 } }],
  [answers, { loguniform: { min: 1, max: 3 } }],
  [answers, { triangular: { min: 1, mode: 1.2, max: 1.5 } }],
  [answers, { lognormal: { p5: 0.9, p95: 1.6 }, min: 1, max: 1.3 }],
  [{ lognormal: { median: 200, p95: 414 } }, { uniform: { min: 0.917, max: 1.217 } }],
  [{ uniform: { min: 45, max: 640 } }, { exponential: { mean: 1 }, min: 0.5, max: 0.8 }],
  [{ empirical: { values: [40, 100, 101, 700, 705] } }, { beta: { alpha: 0.6, beta: 0.5, min: 1, max: 2 } }],
  [{ uniform: { min: 0, max: 60 } }, { triangular: { min: 1, mode: 1, max: 1.5 } }],
];

/** The distribution function of the product, count by count. */
async function exactly(lengths: unknown, factor: unknown): Promise<(t: number) => number> {
  const { counts, shares } = countPoints(await wholeNumbers(distribution(lengths)), 0);
  const [{ lnCumulative }] = (await componentsOf(distribution(factor))).continuous;
  return (t) => {
    let sum = 0;
    for (let i = 0; i < counts.length; i++) {
      sum += counts[i] === 0 ? shares[i] : shares[i] * lnCumulative(t - lnSeconds(counts[i]));
    }
    return sum;
  };
}

describe.each(cases)('answers of %j tokens times %j', (lengths, factor) => {
  it('have quantiles as good as asked, inside the interval that is stated', async () => {
    const numbers = await wholeNumbers(distribution(lengths));
    const factorOf = await factorLaw(distribution(factor));
    const spectra = new Spectra();
    const { quantiles, step } = refined(
      (one) => productOf([factorOf, countLaw(countPoints(numbers, one / 2), lnSeconds)], one, spectra),
      PROBABILITIES,
    );
    const below = await exactly(lengths, factor);
    expect(step).toBeGreaterThan(FINEST_STEP);
    for (const { probability, lnValue, low, high } of quantiles) {
      if (lnValue === Number.NEGATIVE_INFINITY) {
        expect(below(-50)).toBeGreaterThanOrEqual(probability);
        continue;
      }
      const tolerance = standardTolerance(probability);
      expect((high - low) / 2).toBeLessThanOrEqual(tolerance);
      // Flat stretches between single values have many quantiles: probabilities there agree to rounding.
      expect(below(low) - 1e-9).toBeLessThanOrEqual(probability);
      expect(below(high) + 1e-9).toBeGreaterThanOrEqual(probability);
    }
  });
});

describe('a law that needs no lattice', () => {
  it('is exact at the first step tried, with no interval', async () => {
    const law = await factorLaw(distribution({ uniform: { min: 1, max: 2 } }));
    const { quantiles } = refined((step) => productOf([law, law].slice(0, 1), step, new Spectra()), [0.25]);
    expect(Math.exp(quantiles[0].lnValue)).toBeCloseTo(1.25, 12);
    expect(quantiles[0].high).toBe(quantiles[0].low);
  });
});

describe('a law that no step resolves', () => {
  it('stops at the finest and states how far it got', async () => {
    const lengths = countPoints(await wholeNumbers(distribution({ uniform: { min: 0, max: 100 } })), 0);
    const narrow = await factorLaw(distribution({ uniform: { min: 1, max: 1.00001 } }));
    const law = countLaw(lengths, ln);
    const { quantiles, step } = refined((one) => productOf([law, narrow], one, new Spectra()), [0.2501]);
    expect(step).toBe(FINEST_STEP);
    expect(Math.abs(quantiles[0].lnValue - ln(25))).toBeLessThan(2e-5);
    expect(quantiles[0].low).toBeLessThan(ln(25));
    expect(quantiles[0].high).toBeGreaterThan(ln(25));
  });
});
