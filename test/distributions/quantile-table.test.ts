/**
 * Quantile tables against the exact functions of @stdlib that they are made of, in every octave of both tails. Cannot see
 * errors of @stdlib itself, nor time: the number of exact calls stands for it.
 */
import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import gammaQuantile from '@stdlib/stats-base-dists-gamma-quantile';
import seedrandom from 'seedrandom';
import { describe, expect, it } from 'vitest';
import type { QuantileFunction } from '../../src/distributions/distribution.js';
import { tabulated } from '../../src/distributions/quantile-table.js';

const gammas = [0.05, 0.3, 0.7, 1, 2, 50, 1e4].map((k) => ({ name: `gamma ${k}`, exact: gammaQuantile.factory(k, 1) }));
const betas = [
  [0.1, 0.1],
  [0.3, 3],
  [3, 0.3],
  [2, 5],
  [1000, 2000],
  [1e4, 0.5],
].map(([a, b]) => ({ name: `beta ${a}, ${b}`, exact: betaQuantile.factory(a, b) }));
const smooth = [...gammas, ...betas];

/** What polynomials cannot follow: powers that underflow, a jump, a kink, and shapes that grow like a high power. */
const awkward = [
  { name: 'a power that underflows', exact: (u: number) => u ** 400 },
  { name: 'a jump', exact: (u: number) => (u < 0.3141 ? u : 1 + u) },
  { name: 'a kink', exact: (u: number) => Math.max(1, 3 * u) },
  { name: 'gamma 0.01', exact: gammaQuantile.factory(0.01, 1) },
  { name: 'beta 0.01, 0.01', exact: betaQuantile.factory(0.01, 0.01) },
];

/** A place in every octave of both tails down to 2^-20, `times` over, upper and lower in turn. */
function probabilities(times: number): number[] {
  const random = seedrandom('quantile table');
  const tails = Array.from({ length: 20 * times }, (_, i) => (1 + random()) * 2 ** -((i % 20) + 2));
  return tails.flatMap((tail) => [tail, 1 - tail]);
}

function counted(exact: QuantileFunction) {
  const count = { calls: 0 };
  const counting = (u: number) => {
    count.calls++;
    return exact(u);
  };
  return { count, counting };
}

function largestError(exact: QuantileFunction, us: readonly number[]): number {
  const table = tabulated(exact);
  return us.reduce((worst, u) => Math.max(worst, relativeError(table(u), exact(u))), 0);
}

function relativeError(found: number, expected: number): number {
  return found === expected ? 0 : Math.abs(found - expected) / Math.abs(expected);
}

describe('a quantile table', () => {
  it.each([...smooth, ...awkward])('agrees with the exact function to 1e-11: $name', ({ exact }) => {
    expect(largestError(exact, probabilities(100))).toBeLessThan(1e-11);
  });

  it.each(smooth)('calls the exact function for fewer than 1 % of the draws once it is made: $name', ({ exact }) => {
    const { count, counting } = counted(exact);
    const table = tabulated(counting);
    probabilities(1).forEach(table);
    expect(count.calls).toBeLessThan(4500);
    count.calls = 0;
    const random = seedrandom('share');
    for (let i = 0; i < 20_000; i++) table(random());
    expect(count.calls).toBeLessThan(200);
  });

  it.each(awkward)('gives up after few calls where polynomials fail: $name', ({ exact }) => {
    const { count, counting } = counted(exact);
    probabilities(1).forEach(tabulated(counting));
    expect(count.calls).toBeLessThan(4500);
  });

  it.each(smooth)('gives the same bits in any order of calls: $name', ({ exact }) => {
    const us = probabilities(2);
    const backwards = [...us].reverse().map(tabulated(exact)).reverse();
    expect(us.map(tabulated(exact))).toEqual(backwards);
  });

  it.each(smooth)('never falls by more than rounding, across its parts either: $name', ({ exact }) => {
    const table = tabulated(exact);
    const edges = Array.from({ length: 31 }, (_, i) => (i + 1) / 32).flatMap((u) => [u - 1e-12, u, u + 1e-12]);
    const values = edges.map(table);
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1] * (1 - 1e-12));
  });

  it('is the exact function in tails below 2^-13 and at the median', () => {
    const exact = gammaQuantile.factory(2.5, 1);
    const table = tabulated(exact);
    const us = [2 ** -53, 1e-9, 1.2e-4, 0.5, 1 - 1.2e-4, 1 - 2 ** -53];
    expect(us.map(table)).toEqual(us.map((u) => exact(u)));
  });

  it('keeps the smallest values where its nodes underflow', () => {
    const exact = gammaQuantile.factory(0.01, 1);
    expect(exact(0.0007443628730781533)).toBeGreaterThan(0);
    expect(tabulated(exact)(0.0007443628730781533)).toBe(exact(0.0007443628730781533));
  });

  it('of a constant is that constant, exactly', () => {
    expect(probabilities(5).every((u) => tabulated(() => 1 / 3)(u) === 1 / 3)).toBe(true);
  });
});
