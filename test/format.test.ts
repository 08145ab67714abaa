// Numbers as people read them. The oracle is the platform's own `toLocaleString`.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count, significant } from '../src/format.js';

describe('numbers', () => {
  test('in three significant digits are those of the platform, with thousands separated', () => {
    const magnitude = fc.tuple(fc.double({ min: -4, max: 14.9, noNaN: true }), fc.boolean());
    fc.assert(
      fc.property(magnitude, ([exponent, negative]) => {
        const value = (negative ? -1 : 1) * 10 ** exponent;
        const platform = Number(value.toPrecision(3));
        const decimals = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(platform))));
        const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
        expect(significant(value)).toBe(platform.toLocaleString('en-US', options));
      }),
      { seed: 20261124, numRuns: 2000 },
    );
    expect([0.31345, 3.91, 17_549, 999.6, -1234, 0].map((value) => significant(value))).toEqual([
      '0.313',
      '3.91',
      '17,500',
      '1,000',
      '-1,230',
      '0',
    ]);
  });

  test('of things that are counted are whole, with thousands separated', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(count(value)).toBe(value.toLocaleString('en-US'));
      }),
      { seed: 20261124, numRuns: 2000 },
    );
  });
});
