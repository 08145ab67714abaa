// Laws on a lattice and back: sums over the lattice against sums over the law, distribution functions against closed
// forms. What it cannot see: products (product.test.ts), and whether a law is that of its distribution
// (factor-law.test.ts).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCumulative } from '../../../src/distributions/normal-cumulative.js';
import { NO_ATOMS, sortedAtoms } from '../../../src/kernel/integration/atoms.js';
import { factorLaw } from '../../../src/kernel/integration/factor-law.js';
import { type Lattice, latticeOf } from '../../../src/kernel/integration/lattice.js';
import { curveOf } from '../../../src/kernel/integration/lattice-curve.js';
import type { LnLaw } from '../../../src/kernel/integration/ln-law.js';
import { nearestRising } from '../../../src/kernel/integration/nearest-rising.js';
import { distribution, greatestDifference } from './laws.js';

const STEP = 1 / 16;

function atomsAt(lnValues: readonly number[]): LnLaw {
  const shares = lnValues.map(() => 1 / lnValues.length);
  return {
    zero: 0,
    non_finite: 0,
    atoms: sortedAtoms(Float64Array.from(lnValues), Float64Array.from(shares)),
    curves: [],
  };
}

/** Moment of a lattice about a place. */
function moment({ step, first, masses }: Lattice, degree: number, about: number): number {
  return masses.reduce((sum, mass, i) => sum + mass * ((first + i) * step - about) ** degree, 0);
}

/** Amplitude of a lattice's wave of an angular frequency. */
function wave({ step, first, masses }: Lattice, frequency: number): readonly [re: number, im: number] {
  const part = (of: (x: number) => number) =>
    masses.reduce((sum, mass, i) => sum + mass * of((first + i) * step * frequency), 0);
  return [part(Math.cos), part(Math.sin)];
}

describe('atoms on a lattice', () => {
  it('keep their sum and all moments up to the third', () => {
    const places = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(places, (lnValues) => {
        const lattice = latticeOf(atomsAt(lnValues), STEP);
        for (const degree of [0, 1, 2, 3]) {
          const exact = lnValues.reduce((sum, t) => sum + (t - 1) ** degree, 0) / lnValues.length;
          expect(Math.abs(moment(lattice, degree, 1) - exact)).toBeLessThan(1e-11 * Math.max(1, Math.abs(exact)));
        }
      }),
      { seed: 19, numRuns: 200 },
    );
  });

  it.each([1, 4, 8])(
    'keep a wave of frequency %d to 3/128 of the fourth power of its phase over a step',
    (frequency) => {
      for (let t = 0; t < 1; t += 0.0379) {
        const [re, im] = wave(latticeOf(atomsAt([t]), STEP), frequency);
        const error = Math.hypot(re - Math.cos(frequency * t), im - Math.sin(frequency * t));
        expect(error).toBeLessThanOrEqual((3 / 128) * (frequency * STEP) ** 4 * 1.001);
      }
    },
  );
});

describe('curves on a lattice', () => {
  const uniform = distribution({ loguniform: { min: 1.3, max: 4.4 } });
  const [low, high] = [Math.log(1.3), Math.log(4.4)];

  it('with steep ends keep sum and mean exactly, and the variance to what lies in the steps of the ends', async () => {
    const lattice = latticeOf(await factorLaw(uniform), STEP);
    expect(moment(lattice, 0, 0)).toBeCloseTo(1, 12);
    expect(moment(lattice, 1, 0)).toBeCloseTo((low + high) / 2, 12);
    const variance = moment(lattice, 2, (low + high) / 2);
    expect(Math.abs(variance - (high - low) ** 2 / 12)).toBeLessThan(((STEP * STEP) / 6) * (STEP / (high - low)));
  });

  it('that are smooth keep a wave to the eighth power of its phase over a step', async () => {
    const lattice = latticeOf(await factorLaw(distribution({ lognormal: { mu: 0.3, sigma: 0.4 } })), STEP);
    for (const frequency of [1, 2, 4, 8]) {
      const amplitude = Math.exp(-((frequency * 0.4) ** 2) / 2);
      const [re, im] = wave(lattice, frequency);
      const error = Math.hypot(re - amplitude * Math.cos(0.3 * frequency), im - amplitude * Math.sin(0.3 * frequency));
      // Simpson's rule for the means adds a 2880th of the fourth power.
      const phase = frequency * STEP;
      expect(error).toBeLessThan(amplitude * (phase ** 8 / 3150 + phase ** 4 / 2880) + 1e-11);
    }
  });

  it('come back with a distribution function that is right to the fourth power of the step', async () => {
    const law = await factorLaw(distribution({ lognormal: { mu: 0.3, sigma: 0.4 } }));
    const errors = [1 / 8, 1 / 16, 1 / 32].map((step) => {
      const curve = curveOf(latticeOf(law, step), { shift: 0, low: -4, high: 4, mass: 1, missing: () => 0 });
      const back: LnLaw = { zero: 0, non_finite: 0, atoms: NO_ATOMS, curves: [curve] };
      return greatestDifference(back, (t) => normalCumulative((t - 0.3) / 0.4), -3, 3);
    });
    expect(errors[0]).toBeLessThan(1e-4);
    expect(errors[1]).toBeLessThan(errors[0] / 10);
    expect(errors[2]).toBeLessThan(errors[1] / 10);
  });

  it('come back rising all along, from 0 to their mass, also where masses below 0 stand at an edge', async () => {
    const curve = curveOf(latticeOf(await factorLaw(uniform), STEP), {
      shift: 0.1,
      // Wider than the law, so that what lies about its edges shows.
      low: low - 0.9,
      high: high + 1.1,
      mass: 1,
      missing: () => 0,
    });
    let before = 0;
    for (let t = -1; t < 3; t += 0.001) {
      const share = curve.below(t);
      expect(share).toBeGreaterThanOrEqual(before);
      expect(share).toBeLessThanOrEqual(1);
      before = share;
    }
    expect(before).toBe(1);
    expect(curve.below(low - 0.9)).toBe(0);
  });
});

describe('the nearest rising sequence', () => {
  it('rises, keeps the sum, and lies no further from a rising sequence than what it was made of', () => {
    const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, values, (noisy, other) => {
        const rising = nearestRising(Float64Array.from(noisy));
        expect(rising.every((x, i) => i === 0 || x >= rising[i - 1])).toBe(true);
        expect(rising.reduce((sum, x) => sum + x, 0)).toBeCloseTo(
          noisy.reduce((sum, x) => sum + x, 0),
          10,
        );
        const truth = noisy.map((_, i) => other[i % other.length]).sort((a, b) => a - b);
        const distance = (from: ArrayLike<number>) => Math.max(...truth.map((x, i) => Math.abs(x - from[i])));
        expect(distance(rising)).toBeLessThanOrEqual(distance(noisy) + 1e-12);
      }),
      { seed: 19, numRuns: 200 },
    );
  });
});
