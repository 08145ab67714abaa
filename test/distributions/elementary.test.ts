/**
 * Holds ln and exp against the engine's own functions, which are themselves within 1 ulp: a difference of 1 ulp is accepted,
 * so an error of up to 2 ulp could hide. It cannot see other engines: that bits agree there follows from the arithmetic used.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exp, expMinusOne, ln, lnOnePlus } from '../../src/distributions/elementary.js';

/** Spacing of doubles at x. */
function ulp(x: number): number {
  return Math.max(2 ** (Math.floor(Math.log2(Math.abs(x))) - 52), Number.MIN_VALUE);
}

function ulpsApart(a: number, b: number): number {
  return a === b || (Number.isNaN(a) && Number.isNaN(b)) ? 0 : Math.abs(a - b) / ulp(b);
}

describe('ln', () => {
  it('is within 1 ulp of Math.log at every magnitude', () => {
    const values = Array.from({ length: 2098 }, (_, i) => i - 1074).flatMap((exponent) =>
      [1, 1.1, Math.SQRT2, 1.5, 1.9999999999999998].map((digits) => digits * 2 ** exponent),
    );
    expect(values.filter((x) => ulpsApart(ln(x), Math.log(x)) > 1)).toEqual([]);
  });

  it('is within 1 ulp of Math.log on any bit pattern and next to 1', () => {
    fc.assert(
      fc.property(fc.double(), (x) => ulpsApart(ln(x), Math.log(x)) <= 1),
      { numRuns: 20_000, seed: 1 },
    );
    fc.assert(
      fc.property(fc.double({ min: 0.5, max: 2 }), (x) => ulpsApart(ln(x), Math.log(x)) <= 1),
      {
        numRuns: 20_000,
        seed: 2,
      },
    );
  });

  it.each([
    [0, -Infinity],
    [-0, -Infinity],
    [1, 0],
    [Number.MIN_VALUE, -744.4400719213812],
    [2 ** -1022, -708.3964185322641],
    [Number.MAX_VALUE, 709.782712893384],
    [Infinity, Infinity],
    [-Number.MIN_VALUE, NaN],
    [-1, NaN],
    [-Infinity, NaN],
    [NaN, NaN],
  ])('of %d is %d', (x, expected) => {
    expect(ln(x)).toBe(expected);
  });
});

describe('exp', () => {
  it('is within 1 ulp of Math.exp from underflow to overflow', () => {
    const steps = Array.from({ length: 150_001 }, (_, i) => -746 + i / 102.9);
    expect(steps.filter((x) => ulpsApart(exp(x), Math.exp(x)) > 1)).toEqual([]);
  });

  it('is within 1 ulp of Math.exp on any bit pattern and next to 0', () => {
    fc.assert(
      fc.property(fc.double(), (x) => ulpsApart(exp(x), Math.exp(x)) <= 1),
      { numRuns: 20_000, seed: 3 },
    );
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1 }), (x) => ulpsApart(exp(x), Math.exp(x)) <= 1),
      {
        numRuns: 20_000,
        seed: 4,
      },
    );
  });

  it.each([
    [0, 1],
    [-0, 1],
    [1, Math.E],
    [709.782712893384, 1.797693134862273e308],
    [709.7827128933841, Infinity],
    [Infinity, Infinity],
    [-745.1332191019411, Number.MIN_VALUE],
    [-745.1332191019412, 0],
    [-1e9, 0],
    [-Infinity, 0],
    [NaN, NaN],
  ])('of %d is %d', (x, expected) => {
    expect(ulpsApart(exp(x), expected)).toBeLessThanOrEqual(1);
  });
});

describe('lnOnePlus and expMinusOne', () => {
  it.each([1e-300, -1e-20, 1e-16, 3e-16, -1e-10, 1e-5, -0.1, 0.3, -0.999, 5, 700])('keep 15 digits at %d', (x) => {
    expect(Math.abs(lnOnePlus(x) / Math.log1p(x) - 1)).toBeLessThan(1e-15);
    expect(Math.abs(expMinusOne(x) / Math.expm1(x) - 1)).toBeLessThan(1e-15);
  });

  it('are right at their ends', () => {
    expect([lnOnePlus(0), lnOnePlus(-1), lnOnePlus(Infinity)]).toEqual([0, -Infinity, Infinity]);
    expect([expMinusOne(0), expMinusOne(-Infinity), expMinusOne(Infinity)]).toEqual([0, -1, Infinity]);
  });
});
