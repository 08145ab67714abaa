/**
 * Every family as a factor, a divisor and in powers, whole and truncated: its law against the family's own quantile
 * function, which comes by another way, and its product with a lognormal against tanh-sinh quadrature over that
 * quantile function. What it cannot see: errors that the quantile function and the distribution function of a family
 * share (test/distributions holds them against samplers).
 */
import { describe, expect, it } from 'vitest';
import { compileDistribution } from '../../../src/distributions/compile.js';
import { ln } from '../../../src/distributions/elementary.js';
import { familyNames } from '../../../src/distributions/index.js';
import { normalCumulative } from '../../../src/distributions/normal-cumulative.js';
import { expectation } from '../../../src/distributions/quadrature.js';
import { factorLaw } from '../../../src/kernel/integration/factor-law.js';
import { finiteShare, shareBelow } from '../../../src/kernel/integration/ln-law.js';
import { productOf } from '../../../src/kernel/integration/product.js';
import { lnQuantile } from '../../../src/kernel/integration/quantile.js';
import { Spectra } from '../../../src/kernel/integration/spectra.js';
import { distribution } from './laws.js';

const smooth = [
  { uniform: { min: 1.1, max: 1.4 } },
  { uniform: { min: 0, max: 3 } },
  { loguniform: { min: 0.1, max: 100 } },
  { normal: { mean: 5, sd: 0.5 } },
  { lognormal: { p5: 0.4, p95: 0.9 } },
  { triangular: { min: 1, mode: 2, max: 6 } },
  { triangular: { min: 0, mode: 0, max: 3 } },
  { exponential: { mean: 20 } },
  { gamma: { shape: 0.7, scale: 3 } },
  { gamma: { shape: 900, scale: 0.1 } },
  { weibull: { shape: 1.7, scale: 2 } },
  { beta: { alpha: 2, beta: 5 } },
  { beta: { alpha: 0.6, beta: 0.5, min: 1, max: 4 } },
  { pert: { min: 1, mode: 2, max: 6 } },
  { pert: { min: 1, mode: 2, max: 6 }, min: 1.5, max: 4 },
  {
    cdf: [
      [0.5, 0],
      [5, 1],
    ],
  },
  { uniform: { min: 2, max: 5 }, min: 4, max: 9 },
  { loguniform: { min: 0.1, max: 100 }, min: 1, max: 10 },
  { normal: { mean: 0, sd: 1 }, min: 0.5, max: 2 },
  { lognormal: { p5: 1.05, p95: 1.6 }, min: 1, max: 1.3 },
  { triangular: { min: 1, mode: 2, max: 6 }, min: 1.5, max: 4 },
  { exponential: { mean: 50 }, max: 100 },
  { gamma: { shape: 2, scale: 3 }, min: 1, max: 5 },
  { weibull: { shape: 1.5, scale: 2 }, min: 1, max: 4 },
  { beta: { alpha: 2, beta: 5 }, min: 0.2, max: 0.6 },
];
const stepped = [
  11.3,
  { empirical: { values: [3, 1, 2], weights: [2, 1, 1] } },
  {
    mixture: [
      { weight: 0.25, distribution: 2 },
      { weight: 0.35, distribution: { empirical: { values: [1, 3] } } },
      { weight: 0.4, distribution: { exponential: { mean: 1 }, max: 2.5 } },
    ],
    min: 0.5,
  },
];
const all = [...smooth, ...stepped].map((written) => [JSON.stringify(written), written] as const);

const PROBABILITIES = [0.001, 0.05, 0.26, 0.51, 0.76, 0.95, 0.999];
const SIGMA = 0.15;

it('every family is among the cases', () => {
  const written = JSON.stringify([...smooth, ...stepped]);
  const missing = familyNames.filter((name) => name !== 'constant' && !written.includes(`"${name}"`));
  expect(missing).toEqual([]);
});

describe.each(all)('%s', (_, written) => {
  const of = distribution(written);

  it('has the quantiles of what is drawn, as a factor and, from the other end, as a divisor', async () => {
    const { quantile } = await compileDistribution(of);
    const [factor, divisor] = [await factorLaw(of), await factorLaw(of, -1)];
    // The two agree where the distribution function at the exact quantile is the probability, or steps over it.
    for (const p of of.family === 'mixture' ? [] : PROBABILITIES) {
      const exact = ln(quantile(p));
      expect(Math.abs(lnQuantile(factor, p) - exact)).toBeLessThan(1e-9);
      if (written !== 11.3) expect(shareBelow(factor, exact)).toBeGreaterThan(p - 1e-11);
      expect(Math.abs(lnQuantile(divisor, 1 - p + 1e-15) + exact)).toBeLessThan(1e-8);
    }
    for (const law of [factor, divisor]) expect(finiteShare(law)).toBeCloseTo(1, 11);
  });

  it('times a lognormal has the quantiles that quadrature over what is drawn gives', async () => {
    const { quantile } = await compileDistribution(of);
    const law = productOf(
      [await factorLaw(of), await factorLaw(distribution({ lognormal: { mu: 0, sigma: SIGMA } }))],
      1 / 256,
      new Spectra(),
    );
    const below = (t: number) => expectation((u) => normalCumulative((t - ln(quantile(u))) / SIGMA));
    if (of.family === 'empirical' || of.family === 'mixture') return;
    for (const p of PROBABILITIES) {
      const bound = p < 0.05 || p > 0.95 ? 1e-5 : 1e-6;
      const found = lnQuantile(law, p);
      expect(below(found - bound)).toBeLessThan(p);
      expect(below(found + bound)).toBeGreaterThan(p);
    }
  });
});

describe('draws without a logarithm', () => {
  it('are 0 where they are 0, and no finite number where they lie below', async () => {
    const law = await factorLaw(distribution({ empirical: { values: [-1, 0, 2], weights: [1, 2, 5] } }));
    expect([law.non_finite, law.zero, finiteShare(law)]).toEqual([0.125, 0.25, 0.625]);
    const divisor = await factorLaw(distribution({ empirical: { values: [-1, 0, 2], weights: [1, 2, 5] } }), -1);
    expect([divisor.non_finite, divisor.zero]).toEqual([0.375, 0]);
    expect([...divisor.atoms.lnValues]).toEqual([-ln(2)]);
  });

  it('of a normal are its share below 0, and the rest is spread as it is', async () => {
    const law = await factorLaw(distribution({ normal: { mean: 1, sd: 1 } }));
    expect(law.non_finite).toBeCloseTo(normalCumulative(-1), 12);
    expect(shareBelow(law, 0)).toBeCloseTo(normalCumulative(0) - normalCumulative(-1), 12);
  });

  it('of a gamma whose draws a double cannot tell from 0 are 0', async () => {
    const law = await factorLaw(distribution({ gamma: { shape: 0.001, scale: 1 } }));
    // P(x < ε) is ε^shape / Γ(1 + shape) there.
    expect(law.zero).toBeCloseTo(Math.exp(0.001 * (Math.log(Number.MIN_VALUE) + 0.5772157)), 4);
    expect(law.zero + finiteShare(law)).toBeCloseTo(1, 11);
  });
});

it('a power of a factor is spread by that much more', async () => {
  const law = await factorLaw(distribution({ lognormal: { mu: 0.2, sigma: 0.3 } }), -2);
  expect(lnQuantile(law, 0.95)).toBeCloseTo(-0.4 + 0.6 * 1.6448536269514722, 9);
});
