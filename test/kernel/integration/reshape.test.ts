/**
 * Pools and trims of laws: against the fractions of probability that define them, and where draws are equal, against
 * counting them. What it cannot see: the choice of a blend's models, which is not made here.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortedAtoms } from '../../../src/kernel/integration/atoms.js';
import { factorLaw } from '../../../src/kernel/integration/factor-law.js';
import { finiteShare, type LnLaw, shareBelow } from '../../../src/kernel/integration/ln-law.js';
import { lnQuantile } from '../../../src/kernel/integration/quantile.js';
import { pooled, reciprocal } from '../../../src/kernel/integration/reshape.js';
import { trimmed } from '../../../src/kernel/integration/trimmed.js';
import { distribution } from './laws.js';

/** The law of equally many draws. */
function drawsOf(values: readonly number[]): LnLaw {
  const lnValues = Float64Array.from(
    values.filter((x) => x > 0),
    Math.log,
  );
  const shares = lnValues.map(() => 1 / values.length);
  return { zero: 1 - lnValues.length / values.length, non_finite: 0, atoms: sortedAtoms(lnValues, shares), curves: [] };
}

describe('a trim', () => {
  it('keeps the ranks between its cuts and nothing else', async () => {
    const law = await factorLaw(distribution({ triangular: { min: 1, mode: 2, max: 6 } }));
    const kept = trimmed(law, 0.14, 0.86);
    for (const p of [0.01, 0.3, 0.5, 0.9, 0.99]) {
      expect(lnQuantile(kept, p)).toBeCloseTo(lnQuantile(law, 0.14 + 0.72 * p), 12);
    }
    expect(lnQuantile(kept, 0)).toBeCloseTo(lnQuantile(law, 0.14), 12);
    expect(lnQuantile(kept, 1)).toBeCloseTo(lnQuantile(law, 0.86), 12);
  });

  it('of draws keeps as many as there are between the ranks, and of equal draws at a cut their part', () => {
    const values = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 40 });
    const ranks = fc.tuple(fc.integer({ min: 0, max: 49 }), fc.integer({ min: 51, max: 100 }));
    fc.assert(
      fc.property(values, ranks, (drawn, [low, high]) => {
        const kept = trimmed(drawsOf(drawn), low / 100, high / 100);
        expect(kept.zero + finiteShare(kept)).toBeCloseTo(1, 10);
        // Each draw a hundred times, so that the ranks fall between draws.
        const hundredfold = drawn.flatMap((x) => new Array<number>(100).fill(x)).sort((a, b) => a - b);
        const between = hundredfold.slice(low * drawn.length, high * drawn.length);
        for (const x of [0, 1, 2, 3, 4, 5, 6]) {
          const exact = between.filter((one) => one <= x).length / between.length;
          expect(Math.abs(shareBelow(kept, Math.log(x) + 1e-9) - exact)).toBeLessThan(1e-9);
        }
      }),
      { seed: 19, numRuns: 200 },
    );
  });

  it('does not count draws that are no finite number', async () => {
    const whole = await factorLaw(distribution({ lognormal: { mu: 0, sigma: 0.3 } }));
    const law = pooled([whole, await factorLaw(distribution(-1))], [0.5, 0.5]);
    expect(law.non_finite).toBe(0.5);
    const kept = trimmed(law, 0.14, 0.86);
    expect(kept.non_finite).toBe(0);
    expect(lnQuantile(kept, 0.25)).toBeCloseTo(lnQuantile(whole, 0.14 + 0.72 * 0.25), 12);
  });
});

describe('a pool', () => {
  it('adds up shares by weight: of draws at 0, of none, of equal and of spread ones', async () => {
    const laws = [
      await factorLaw(distribution({ empirical: { values: [0, 2] } })),
      await factorLaw(distribution({ empirical: { values: [-1, 2, 3, 4] } })),
      await factorLaw(distribution({ uniform: { min: 1, max: 3 } })),
    ];
    const law = pooled(laws, [0.5, 0.25, 0.25]);
    expect([law.zero, law.non_finite]).toEqual([0.25, 0.0625]);
    for (const x of [0.5, 1.2, 2, 2.5, 3, 5]) {
      const exact = laws.reduce((sum, one, i) => sum + [0.5, 0.25, 0.25][i] * shareBelow(one, Math.log(x)), 0);
      expect(shareBelow(law, Math.log(x))).toBeCloseTo(exact, 12);
    }
    expect(law.zero + law.non_finite + finiteShare(law)).toBeCloseTo(1, 11);
  });
});

describe('a reciprocal', () => {
  it('mirrors all that has a logarithm, and makes draws of 0 no finite number', async () => {
    const law = reciprocal(
      pooled(
        [
          await factorLaw(distribution({ empirical: { values: [-1, 0, 2, 8] } })),
          await factorLaw(distribution({ uniform: { min: 1, max: 3 } })),
        ],
        [0.5, 0.5],
      ),
    );
    expect([law.zero, law.non_finite]).toEqual([0, 0.25]);
    // 1 / x <= 1/2 where x >= 2: one half of the uniform draws, and two single values.
    expect(shareBelow(law, Math.log(1 / 2))).toBeCloseTo(0.25 + 0.25, 12);
    expect(shareBelow(law, Math.log(1 / 2) - 1e-9)).toBeCloseTo(0.25 + 0.125, 8);
  });
});
