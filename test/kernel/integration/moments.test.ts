/**
 * Moments of factors and of laws: closed forms, and powers by quadrature against the other way. What it cannot see:
 * means that are infinite, which no finite sum tells.
 */
import { describe, expect, it } from 'vitest';
import { normalCumulative } from '../../../src/distributions/normal-cumulative.js';
import { factorLaw } from '../../../src/kernel/integration/factor-law.js';
import { lawDeviation, lawPowerMean } from '../../../src/kernel/integration/law-power-mean.js';
import { powerMean } from '../../../src/kernel/integration/power-mean.js';
import { pooled } from '../../../src/kernel/integration/reshape.js';
import { trimmed } from '../../../src/kernel/integration/trimmed.js';
import { distribution } from './laws.js';

const cases: readonly (readonly [name: string, written: unknown, power: number, exact: number])[] = [
  ['a constant', 4, -2, 1 / 16],
  ['a lognormal', { lognormal: { mu: 0.3, sigma: 0.5 } }, -1, Math.exp(-0.3 + 0.125)],
  ['a lognormal', { lognormal: { mu: 0.3, sigma: 0.5 } }, 2, Math.exp(0.6 + 0.5)],
  ['a uniform', { uniform: { min: 1, max: 3 } }, -1, Math.log(3) / 2],
  ['a uniform', { uniform: { min: 1, max: 3 } }, -2, (1 - 1 / 3) / 2],
  ['a uniform', { uniform: { min: 0, max: 3 } }, 1, 1.5],
  ['a loguniform', { loguniform: { min: 1, max: 100 } }, -1, 0.99 / Math.log(100)],
  ['observed values', { empirical: { values: [1, 2, 4], weights: [1, 1, 2] } }, -1, 0.25 + 0.125 + 0.125],
  ['a gamma', { gamma: { shape: 3.5, scale: 2 } }, -1, 1 / (2 * 2.5)],
  ['an exponential', { exponential: { mean: 3 } }, 2, 18],
  // ∫ x^-1 e^-x dx from 1 to 2 over ∫ e^-x dx (exponential integrals, mpmath 1.3).
  [
    'a truncated exponential',
    { exponential: { mean: 1 }, min: 1, max: 2 },
    -1,
    0.17048342373680728 / (Math.exp(-1) - Math.exp(-2)),
  ],
];

describe.each(cases)('%s, %j, to the power %d', (_, written, power, exact) => {
  it('has its mean by powers of quantiles and closed forms', async () => {
    expect(Math.abs((await powerMean(distribution(written), power)) / exact - 1)).toBeLessThan(1e-9);
  });

  it('has its mean by its law', async () => {
    const law = await factorLaw(distribution(written));
    expect(Math.abs(lawPowerMean(law, power, 1 / 64) / exact - 1)).toBeLessThan(1e-8);
    const inverse = await factorLaw(distribution(written), -1);
    expect(Math.abs(lawPowerMean(inverse, -power, 1 / 64) / exact - 1)).toBeLessThan(1e-8);
  });
});

describe('the moments of a law', () => {
  it('of trimmed draws stop at the cuts', async () => {
    const law = trimmed(await factorLaw(distribution({ lognormal: { mu: 0, sigma: 0.5 } })), 0.14, 0.86);
    const z = 1.0803193408149565; // 86th percentile of the standard normal
    const exact = (Math.exp(0.125) * (normalCumulative(z - 0.5) - normalCumulative(-z - 0.5))) / 0.72;
    expect(Math.abs(lawPowerMean(law, 1, 1 / 64) / exact - 1)).toBeLessThan(1e-9);
  });

  it('count draws of 0, and leave those of no finite number out', async () => {
    const law = pooled(
      [await factorLaw(distribution({ empirical: { values: [-1, 0, 6, 6] } })), await factorLaw(distribution(0))],
      [0.5, 0.5],
    );
    expect(lawPowerMean(law, 1, 1 / 64)).toBeCloseTo(12 / 7, 12);
    expect(lawDeviation(law, 1 / 64)).toBeCloseTo(Math.sqrt(72 / 7 - (12 / 7) ** 2), 12);
    expect(lawPowerMean(await factorLaw(distribution(-1)), 1, 1 / 64)).toBeNaN();
  });
});
