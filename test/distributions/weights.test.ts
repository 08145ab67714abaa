// Searching cumulated shares: the guided search against the plain one. Cannot see its speed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cumulated, firstAbove, guidedSearch } from '../../src/distributions/weights.js';

const weights = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e9, noNaN: true })), { minLength: 1, maxLength: 60 })
  .filter((list) => list.some((weight) => weight > 0));
const below1 = fc.double({ min: 0, max: 1 - 2 ** -53, noNaN: true });

test('a guided search finds what a binary search finds, at every share and between them', () => {
  fc.assert(
    fc.property(weights, fc.array(below1), (list, others) => {
      const shares = cumulated(list);
      const search = guidedSearch(shares);
      const parts = list.map((_, i) => i / list.length);
      const xs = [...others, ...parts, ...shares, ...shares.map((share) => share * (1 - 2 ** -53))];
      for (const x of xs.filter((x) => x < 1)) expect(search(x)).toBe(firstAbove(shares, x));
    }),
  );
});
