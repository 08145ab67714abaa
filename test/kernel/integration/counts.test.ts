/**
 * Whole numbers of tokens as points, their functions as laws, and what is said of them: against sums over every single
 * count, and against draws made by rounding quantiles. What it cannot see: whether a throughput is right (test/model).
 */
import { describe, expect, it } from 'vitest';
import { compileDistribution } from '../../../src/distributions/compile.js';
import { exp, ln } from '../../../src/distributions/elementary.js';
import {
  type CountPoints,
  countLaw,
  countPoints,
  countPowerMean,
} from '../../../src/kernel/integration/count-points.js';
import { finiteShare } from '../../../src/kernel/integration/ln-law.js';
import { lnQuantile } from '../../../src/kernel/integration/quantile.js';
import { probabilityWhere, wholeNumbers } from '../../../src/kernel/integration/whole-numbers.js';
import { distribution } from './laws.js';

const lengths = [
  { exponential: { median: 300 } },
  { exponential: { median: 2000 } },
  { gamma: { shape: 2, scale: 250 } },
  { lognormal: { median: 60, p95: 200 } },
  { uniform: { min: 0.2, max: 6 } },
  { normal: { mean: 30, sd: 20 } },
  { empirical: { values: [0.5, 1.5, 2.49, 100], weights: [1, 2, 3, 4] } },
  {
    mixture: [
      { weight: 0.3, distribution: 7 },
      { weight: 0.7, distribution: { exponential: { mean: 40 } } },
    ],
    max: 90,
  },
].map((written) => [JSON.stringify(written), written] as const);

const lnSmooth = (count: number) => 0.8 * ln(count) + 1;

/** A throughput's power of the length up to a cap, and a constant beyond. */
const lnSeconds = (count: number) => ln(count) - 0.4 * Math.min(ln(count), ln(700));

function total({ shares }: CountPoints): number {
  return shares.reduce((sum, share) => sum + share, 0);
}

describe.each(lengths)('%s as whole numbers', (_, written) => {
  it('have the shares that rounding draws gives', async () => {
    const { quantile } = await compileDistribution(distribution(written));
    const { upTo, least, greatest } = await wholeNumbers(distribution(written));
    const draws = 20_000;
    const counts = Array.from({ length: draws }, (_, i) => Math.round(quantile((i + 0.5) / draws))).sort(
      (a, b) => a - b,
    );
    for (const i of [0, 10, 5000, 10_000, 15_000, 19_990, 19_999]) {
      const share = counts.filter((count) => count <= counts[i]).length;
      expect(Math.abs(upTo(counts[i]) - share / draws)).toBeLessThan(1.01 / draws);
    }
    expect(upTo(greatest)).toBeGreaterThan(1 - 1e-14);
    expect(least < 0 || upTo(least - 1) === 0).toBe(true);
  });

  it('as points keep their sum, the means of what follows to 1e-8, and of what has a kink to 1e-6', async () => {
    const numbers = await wholeNumbers(distribution(written));
    const single = countPoints(numbers, 0);
    const points = countPoints(numbers, 1 / 256);
    expect(total(points)).toBeCloseTo(1, 12);
    for (const power of [1, 2, -1]) {
      for (const [lnOf, bound] of [
        [lnSmooth, 1e-8],
        [lnSeconds, 1e-6],
      ] as const) {
        const [exact, found] = [single, points].map((one) => countPowerMean(one, lnOf, power));
        expect(Math.abs(found / exact - 1)).toBeLessThan(bound);
      }
    }
    if (numbers.greatest > 50_000) expect(points.counts.length).toBeLessThan(numbers.greatest / 10);
  });

  it('have probabilities of what is said of a range of counts, to rounding', async () => {
    const numbers = await wholeNumbers(distribution(written));
    const single = countPoints(numbers, 0);
    const said = (count: number) => count < 3 || (count >= 57 && count < 431);
    const exact = single.shares.reduce((sum, share, i) => (said(single.counts[i]) ? sum + share : sum), 0);
    expect(Math.abs(probabilityWhere(numbers, said) - exact)).toBeLessThan(1e-12);
  });
});

describe('the law of a function of a count', () => {
  it('has 0 where the function is, no finite number below 0, and equal values once', async () => {
    const points = countPoints(await wholeNumbers(distribution({ empirical: { values: [-3, 0, 2, 5, 8] } })), 0);
    const law = countLaw(points, (count) => ln(Math.min(count, 5)));
    expect([law.zero, law.non_finite, finiteShare(law)].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([
      0.2, 0.2, 0.6,
    ]);
    expect([...law.atoms.lnValues]).toEqual([ln(2), ln(5)]);
    expect(law.atoms.shares[1]).toBeCloseTo(0.4, 12);
  });

  it('has exact quantiles where all counts are told apart, also of a function that falls', async () => {
    const points = countPoints(await wholeNumbers(distribution({ exponential: { median: 20 } })), 0);
    // P(count <= k) is 1 - 2^-((k + 1/2) / 20).
    const atLeast = (p: number) => Math.ceil(-20 * Math.log2(1 - p) - 0.5);
    const rising = countLaw(points, (count) => ln(count));
    const falling = countLaw(points, (count) => ln(1000 - count));
    for (const p of [0.03, 0.2, 0.5, 0.77, 0.99]) {
      expect(Math.round(exp(lnQuantile(rising, p)))).toBe(atLeast(p));
      expect(Math.round(exp(lnQuantile(falling, 1 - p + 1e-13)))).toBe(1000 - atLeast(p));
    }
  });
});

describe('points that stand for runs of counts', () => {
  it('have all draws, also of single values among many counts, and no point more than there are', async () => {
    const values = await wholeNumbers(distribution({ empirical: { values: [0, 97, 300, 5000] } }));
    for (const width of [1 / 4, 1 / 16, 1 / 256]) {
      const { shares } = countPoints(values, width);
      expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-14);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
    }
  });
});
