// Points over many parameters. The Sobol words are those of SciPy 1.17.1 (qmc.Sobol, scramble=False, bits=32), which reads the
// whole table of Joe and Kuo. How well the points fill the space beyond one and two dimensions is not looked at.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StreamKey } from '../../src/streams.js';
import { latinHypercube } from '../../src/sweep/latin-hypercube.js';
import { sobolPoints, sobolWords } from '../../src/sweep/sobol.js';

const SCIPY_777 = [
  2973761536, 4022337536, 700448768, 1178599424, 2730491904, 1530920960, 817889280, 3275751424, 1497366528, 1388314624,
  3200253952, 2990538752, 1648361472, 2034237440, 2445279232, 2210398208, 1732247552, 3711959040, 1589641216,
  3233808384, 1019215872,
];
const SCIPY_1000 = [
  943718400, 415236096, 2227175424, 2906652672, 1203765248, 3896508416, 197132288, 3862953984, 2151677952, 297795584,
  364904448, 1094713344, 692060160, 1648361472, 616562688, 1589641216, 3091202048, 1480589312, 4257218560, 3116367872,
  2243952640,
];

test('the Sobol words of all 21 dimensions are those of SciPy', () => {
  const columns = Array.from({ length: 21 }, (_, dimension) => sobolWords(1001, dimension));
  expect(columns.map((words) => words[777])).toEqual(SCIPY_777);
  expect(columns.map((words) => words[1000])).toEqual(SCIPY_1000);
});

const keys = fc.array(fc.tuple(fc.integer(), fc.integer()), { minLength: 2, maxLength: 6 });
const strata = (column: Float64Array, n: number) => new Set([...column].map((u) => Math.floor(u * n))).size;

test('in every dimension 2^k Sobol points fall one into each 2^k-th, however they are shifted', () => {
  fc.assert(
    fc.property(keys, fc.integer({ min: 0, max: 9 }), (shifts, k) => {
      for (const column of sobolPoints(2 ** k, shifts)) expect(strata(column, 2 ** k)).toBe(2 ** k);
    }),
    { seed: 1 },
  );
});

test('the first two Sobol dimensions put one of 256 points into each of 16 by 16 squares', () => {
  const [x, y] = sobolPoints(256, [
    [17, 0],
    [-5, 0],
  ] as StreamKey[]);
  const squares = new Set([...x].map((u, i) => `${Math.floor(u * 16)} ${Math.floor(y[i] * 16)}`));
  expect(squares.size).toBe(256);
});

test('more Sobol points leave the first ones as they are', () => {
  const shifts: StreamKey[] = [
    [7, 0],
    [8, 0],
  ];
  const [few, many] = [sobolPoints(10, shifts), sobolPoints(100, shifts)];
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
