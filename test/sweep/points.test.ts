// Points over many parameters, as sweeps take them; test/sensitivity/sobol.test.ts integrates with them. How well the points fill the space beyond one and two dimensions is not looked at.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latinHypercube } from '../../src/random/latin-hypercube-points.js';
import { sobolPoints } from '../../src/random/sobol-points.js';

const keys = fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 2, maxLength: 6 });
const strata = (column: Float64Array, n: number) => new Set([...column].map((u) => Math.floor(u * n))).size;

function sobol(seed: string, dimensions: number, n: number): Float64Array[] {
  const columns = Array.from({ length: dimensions }, () => new Float64Array(n));
  sobolPoints(seed, dimensions)(columns, n);
  return columns;
}

test('in every dimension 2^k Sobol points fall one into each 2^k-th, whatever the seed', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 0, max: 9 }), (seed, k) => {
      for (const column of sobol(seed, 64, 2 ** k)) expect(strata(column, 2 ** k)).toBe(2 ** k);
    }),
    { seed: 1, numRuns: 30 },
  );
});

test('the first two Sobol dimensions put one of 256 points into each of 16 by 16 squares', () => {
  const [x, y] = sobol('17', 2, 256);
  const squares = new Set([...x].map((u, i) => `${Math.floor(u * 16)} ${Math.floor(y[i] * 16)}`));
  expect(squares.size).toBe(256);
});

test('more Sobol points leave the first ones as they are', () => {
  const [few, many] = [sobol('7', 2, 10), sobol('7', 2, 100)];
  expect(many.map((column) => column.slice(0, 10))).toEqual(few);
});

test('a Latin hypercube has one point in each n-th of every dimension, and never 0 or 1', () => {
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 300 }), (streams, n) => {
      for (const column of latinHypercube(n, streams)) {
        expect(strata(column, n)).toBe(n);
        expect(Math.min(...column)).toBeGreaterThan(0);
        expect(Math.max(...column)).toBeLessThan(1);
      }
    }),
    { seed: 2, numRuns: 50 },
  );
});

test('dimensions of a Latin hypercube are in orders of their own', () => {
  const [x, y] = latinHypercube(1000, [
    [1, 2],
    [3, 4],
  ]);
  const correlation = [...x].reduce((sum, u, i) => sum + (u - 0.5) * (y[i] - 0.5), 0) / (1000 / 12);
  // Standard error 1/sqrt(1000) = 0.03.
  expect(Math.abs(correlation)).toBeLessThan(0.12);
});
