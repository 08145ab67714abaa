/**
 * Products of independent factors against closed forms (lognormals, and uniforms of the logarithm, whose sums Irwin and
 * Hall gave), against two bounds that need no smoothness at all (every factor rounded down, every factor rounded up,
 * summed directly), and by laws that all products obey. What it cannot see: how fine a step a product needs
 * (refined.test.ts).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCumulative } from '../../../src/distributions/normal-cumulative.js';
import { factorLaw } from '../../../src/kernel/integration/factor-law.js';
import { lawPowerMean } from '../../../src/kernel/integration/law-power-mean.js';
import { finiteShare, type LnLaw, rangeOf, shareBelow } from '../../../src/kernel/integration/ln-law.js';
import { productOf } from '../../../src/kernel/integration/product.js';
import { lnQuantile } from '../../../src/kernel/integration/quantile.js';
import { lawOfValue, reciprocal } from '../../../src/kernel/integration/reshape.js';
import { Spectra } from '../../../src/kernel/integration/spectra.js';
import { distribution, greatestDifference } from './laws.js';

const factor = (written: unknown, power = 1) => factorLaw(distribution(written), power);
const product = (laws: readonly LnLaw[], step = 1 / 64) => productOf(laws, step, new Spectra());

/** Distribution function of the sum of n uniforms of 0..1: Σ (-1)^k C(n, k) (x - k)^n / n! over k <= x. */
function irwinHall(n: number, x: number): number {
  let [sum, binomial, factorial] = [0, 1, 1];
  for (let k = 1; k <= n; k++) factorial *= k;
  for (let k = 0; k <= Math.min(n, x); k++) {
    sum += (k % 2 === 0 ? 1 : -1) * binomial * (x - k) ** n;
    binomial = (binomial * (n - k)) / (k + 1);
  }
  return Math.min(1, sum / factorial);
}

describe('products with closed forms', () => {
  it('of lognormals are lognormal, to 2e-8 in probability', async () => {
    const law = product([
      await factor({ lognormal: { mu: 0.3, sigma: 0.15 } }),
      await factor({ lognormal: { mu: -1, sigma: 0.3 } }),
      await factor({ lognormal: { mu: 0.5, sigma: 0.2 } }, -1),
    ]);
    const sigma = Math.sqrt(0.15 ** 2 + 0.3 ** 2 + 0.2 ** 2);
    expect(greatestDifference(law, (t) => normalCumulative((t + 1.2) / sigma), -4, 2)).toBeLessThan(2e-8);
  });

  it.each([2, 3, 4])(
    'of %d factors with uniform logarithms have kinks, and the error of their edges is of second order',
    async (n) => {
      // e^0.7 wide, so that edges fall between points.
      const uniform = await factor({ loguniform: { min: 1, max: Math.exp(0.7) } });
      const errors = [1 / 32, 1 / 128, 1 / 512].map((step) => {
        const law = product(
          Array.from({ length: n }, () => uniform),
          step,
        );
        return greatestDifference(law, (t) => irwinHall(n, t / 0.7), 0, 0.7 * n);
      });
      // The density bends by at most 1/0.7² where two meet: step²/8 of that.
      expect(errors[0]).toBeLessThan((1 / 32) ** 2 / 8 / 0.49);
      expect(errors[1]).toBeLessThan(errors[0] / 8);
      expect(errors[2]).toBeLessThan(errors[1] / 8);
    },
  );

  it('of single values are single values, exactly', async () => {
    const law = product([
      await factor({ empirical: { values: [1, 2], weights: [1, 3] } }),
      await factor({ empirical: { values: [2, 4] } }),
      await factor(5),
    ]);
    expect([...law.atoms.lnValues].map((t) => Math.round(Math.exp(t)))).toEqual([10, 20, 40]);
    expect([...law.atoms.shares]).toEqual([0.125, 0.5, 0.375]);
    expect(law.curves).toEqual([]);
  });
});

describe('products without a closed form', () => {
  it('lie between the bounds that rounding all factors down and all up gives, sharp-edged and stepped ones too', async () => {
    const written = [
      { uniform: { min: 1, max: 1.3 } },
      { triangular: { min: 1, mode: 1.1, max: 1.5 } },
      { empirical: { values: [1, 1.05, 1.4] } },
      { beta: { alpha: 0.5, beta: 0.5, min: 1, max: 1.2 } },
    ];
    const laws = await Promise.all(written.map((one) => factor(one)));
    const law = product(laws, 1 / 1024);
    const fine = 1 / 2048;
    const [down, up] = [boundOf(laws, fine, 0), boundOf(laws, fine, 1)];
    for (const p of [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) {
      const found = lnQuantile(law, p);
      expect(found).toBeGreaterThanOrEqual(down(p) - 1e-5);
      expect(found).toBeLessThanOrEqual(up(p) + 1e-5);
      // As many steps as there are factors lie between them.
      expect(up(p) - down(p)).toBeLessThan(laws.length * fine * 1.01);
    }
  });
});

/** Quantiles of a sum of logarithms each of which is moved down (0) or up (1) to a multiple of a step. */
function boundOf(laws: readonly LnLaw[], step: number, up: 0 | 1): (p: number) => number {
  const rounded = laws.map((law) => {
    const [low, high] = rangeOf(law).map((end) => Math.floor(end / step));
    const shares = Array.from({ length: high - low + 1 }, (_, i) => {
      const upTo = (k: number) => shareBelow(law, k * step - 1e-12);
      return upTo(low + i + 1) - upTo(low + i);
    });
    shares[shares.length - 1] += 1 - shares.reduce((sum, x) => sum + x, 0);
    return { first: low + up, shares };
  });
  const { first, shares } = rounded.reduce((a, b) => {
    const sums = new Array<number>(a.shares.length + b.shares.length - 1).fill(0);
    a.shares.forEach((x, i) => {
      for (let j = 0; j < b.shares.length; j++) sums[i + j] += x * b.shares[j];
    });
    return { first: a.first + b.first, shares: sums };
  });
  return (p) => {
    let [sum, i] = [shares[0], 0];
    while (sum < p) sum += shares[++i];
    return (first + i) * step;
  };
}

describe('all products', () => {
  const someFactor = fc.oneof(
    fc
      .record({
        min: fc.double({ min: 0.5, max: 2, noNaN: true }),
        width: fc.double({ min: 0.2, max: 3, noNaN: true }),
      })
      .map(({ min, width }) => ({ uniform: { min, max: min + width } })),
    fc.double({ min: 0.05, max: 0.8, noNaN: true }).map((sigma) => ({ lognormal: { mu: 0, sigma } })),
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 5 })
      .map((values) => ({ empirical: { values } })),
    fc.double({ min: 0.1, max: 9, noNaN: true }),
  );

  it('do not depend on the order of the factors, keep all draws, and keep the mean', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(someFactor, { minLength: 1, maxLength: 4 }), async (written) => {
        const laws = await Promise.all(written.map((one) => factor(one)));
        const step = 1 / 512;
        const [law, turned] = [product(laws, step), product([...laws].reverse(), step)];
        expect(law.zero + law.non_finite + finiteShare(law)).toBeCloseTo(1, 9);
        const means = laws.map((one) => lawPowerMean(one, 1, 1 / 64));
        const mean = means.reduce((all, one) => all * one, 1);
        if (!(mean > 0)) return;
        // Edges, of a density of 10 at most, are met to the second order of the step.
        expect(Math.abs(lawPowerMean(law, 1, step) / mean - 1)).toBeLessThan((10 * step ** 2) / 4);
        for (const p of [0.05, 0.5, 0.95]) {
          const [one, other] = [lnQuantile(law, p), lnQuantile(turned, p)];
          if (Number.isFinite(one)) expect(Math.abs(shareBelow(law, one) - shareBelow(law, other))).toBeLessThan(1e-9);
          else expect(other).toBe(one);
        }
      }),
      { seed: 19, numRuns: 60 },
    );
  });

  it('are 0 where a factor is, and no finite number where a factor is none', async () => {
    const half = await factor({ empirical: { values: [0, 1] } });
    const third = await factor({ empirical: { values: [-1, 0, 2] } });
    const law = product([half, third, await factor({ lognormal: { mu: 0, sigma: 0.2 } })]);
    expect(law.non_finite).toBeCloseTo(1 / 3, 12);
    expect(law.zero).toBeCloseTo(2 / 3 - 1 / 6, 12);
    expect(finiteShare(law)).toBeCloseTo(1 / 6, 9);
    expect(lnQuantile(law, 0.5)).toBe(-Infinity);
    expect(lnQuantile(product([lawOfValue(Number.NaN)]), 0.5)).toBeNaN();
    expect(product([half, lawOfValue(Number.NEGATIVE_INFINITY)]).zero).toBe(1);
  });

  it('with constants alone are shifted by them exactly, and with nothing are 1', async () => {
    const factorOf = { lognormal: { mu: 0.1, sigma: 0.3 } };
    const law = product([await factor(3), await factor(factorOf), await factor(4, -1)]);
    const shift = Math.log(3) - Math.log(4);
    expect(lnQuantile(law, 0.3)).toBeCloseTo(lnQuantile(await factor(factorOf), 0.3) + shift, 14);
    expect([...product([]).atoms.lnValues]).toEqual([0]);
  });

  it('count a law as often as it stands there, one by one or on the lattice', async () => {
    const twenty = await factor({ empirical: { values: Array.from({ length: 20 }, (_, i) => 1 + i) } });
    const spread = await factor({ lognormal: { mu: 0, sigma: 0.3 } });
    const law = product([twenty, spread, twenty]);
    const mean = 10.5 ** 2 * Math.exp(0.045);
    expect(finiteShare(law)).toBeCloseTo(1, 9);
    expect(Math.abs(lawPowerMean(law, 1, 1 / 64) / mean - 1)).toBeLessThan(1e-6);
  });

  it('of a law and its reciprocal have a median of 1', async () => {
    const law = await factor({ triangular: { min: 1, mode: 1.1, max: 4 } });
    expect(Math.abs(lnQuantile(product([law, reciprocal(law)]), 0.5))).toBeLessThan(1e-12);
  });
});
