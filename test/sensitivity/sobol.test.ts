// Sobol indices against closed forms. What it cannot see: functions that Sobol' points resonate with.
import { describe, expect, it } from 'vitest';
import { pointsOf } from '../../src/random/points.js';
import { ESTIMATORS, type EstimatorName } from '../../src/sensitivity/estimators/list.js';
import { columnsOf } from '../../src/sensitivity/problem.js';
import { type SobolOptions, sobolIndices } from '../../src/sensitivity/sobol.js';
import { ISHIGAMI, ISHIGAMI_INDICES, problemOf, SOBOL_G, SOBOL_G_INDICES } from './known-functions.js';

const OPTIONS: SobolOptions = {
  samples: 2 ** 13,
  seed: 'test',
  points: 'sobol',
  estimator: 'saltelli2010',
  secondOrder: false,
  resamples: 100,
  confLevel: 0.95,
};

const KNOWN = [
  ['Ishigami', ISHIGAMI, ISHIGAMI_INDICES],
  ['Sobol G', SOBOL_G, SOBOL_G_INDICES],
] as const;

const CASES = KNOWN.flatMap(([name, problem, known]) =>
  (Object.keys(ESTIMATORS) as EstimatorName[]).flatMap((estimator) =>
    (['sobol', 'random'] as const).map((points) => ({ name, problem, known, estimator, points })),
  ),
);

describe('Sobol indices', () => {
  it.each(CASES)(
    'of $name by $estimator on $points points lie within their own intervals of the closed form',
    (one) => {
      // 99.9 % intervals, so that about twenty indices may be judged at once.
      const options = { ...OPTIONS, estimator: one.estimator, points: one.points, confLevel: 0.999 };
      const [{ effects, n }] = sobolIndices(one.problem, options);
      expect(n).toBe(OPTIONS.samples);
      one.known.first.forEach((first, i) => {
        const { s1, s1_conf, st, st_conf } = effects[i].numbers;
        expect(Math.abs(s1 - first)).toBeLessThan(s1_conf);
        expect(Math.abs(st - one.known.total[i])).toBeLessThan(st_conf);
        expect(s1_conf).toBeLessThan(0.15);
      });
    },
  );

  it('of second order find the interaction of Ishigami and no other', () => {
    const [{ effects }] = sobolIndices(ISHIGAMI, { ...OPTIONS, secondOrder: true, confLevel: 0.999 });
    const s2 = (name: string) => effects.find(({ parameter }) => parameter === name)!.numbers;
    expect(Math.abs(s2('x1 × x3').s2 - ISHIGAMI_INDICES.second13)).toBeLessThan(s2('x1 × x3').s2_conf);
    expect(Math.abs(s2('x1 × x2').s2)).toBeLessThan(s2('x1 × x2').s2_conf);
    expect(Math.abs(s2('x2 × x3').s2)).toBeLessThan(s2('x2 × x3').s2_conf);
  });

  it('of a dummy lie within the noise', () => {
    const [{ effects }] = sobolIndices(ISHIGAMI, { ...OPTIONS, points: 'random', confLevel: 0.999 });
    const { s1, s1_conf, st } = effects.at(-1)!.numbers;
    expect(effects.at(-1)!.parameter).toBe('dummy');
    expect(Math.abs(s1)).toBeLessThan(s1_conf);
    expect(s1).not.toBe(0);
    expect(st).toBe(0);
  });

  it('depend on the seed and on nothing else', () => {
    const run = (seed: string) => sobolIndices(SOBOL_G, { ...OPTIONS, samples: 256, seed });
    expect(run('0')).toEqual(run('0'));
    expect(run('0')).not.toEqual(run(''));
  });

  it('leave out rows without a finite output, and count them', () => {
    // ln of 0 for a tenth of x1; given that x1 is above it, y is additive.
    const holes = problemOf(['x1', 'x2'], ([x1, x2]) => (x1 < 0.1 ? Number.NEGATIVE_INFINITY : x1 + x2));
    const [{ effects, n, n_dropped }] = sobolIndices(holes, OPTIONS);
    expect(n + n_dropped).toBe(OPTIONS.samples);
    expect(n_dropped / OPTIONS.samples).toBeCloseTo(1 - 0.81, 2);
    const share = 0.81 / 1.81;
    expect(Math.abs(effects[0].numbers.s1 - share)).toBeLessThan(2 * effects[0].numbers.s1_conf);
    expect(Math.abs(effects[0].numbers.st - share)).toBeLessThan(2 * effects[0].numbers.st_conf);
  });

  it('refuse a number of Sobol points that is no power of 2', () => {
    expect(() => sobolIndices(ISHIGAMI, { ...OPTIONS, samples: 1000 })).toThrow(
      "Sobol' points come in powers of 2; found 1000, the nearest is 1024",
    );
  });
});

describe('scrambled Sobol points', () => {
  it('put one point into each of 2^k equal intervals of every dimension', () => {
    const columns = columnsOf(64);
    pointsOf('sobol', 'net', 64, 1024)(columns, 1024);
    for (const column of columns) {
      const cells = new Set(Array.from(column, (u) => Math.floor(u * 1024)));
      expect(cells.size).toBe(1024);
    }
  });

  it('fill the first two dimensions as a (0, 10, 2)-net: one point in each elementary box', () => {
    const [x, y] = columnsOf(2);
    pointsOf('sobol', 'net', 2, 1024)([x, y], 1024);
    for (let bits = 0; bits <= 10; bits++) {
      const boxes = new Set(
        Array.from(x, (u, i) => `${Math.floor(u * 2 ** bits)},${Math.floor(y[i] * 2 ** (10 - bits))}`),
      );
      expect(boxes.size).toBe(1024);
    }
  });

  it('integrate a smooth product better than random points do', () => {
    const error = (kind: 'sobol' | 'random') => {
      const columns = columnsOf(6);
      const errors = Array.from({ length: 20 }, (_, seed) => {
        pointsOf(kind, `${seed}`, 6, 1024)(columns, 1024);
        let sum = 0;
        for (let i = 0; i < 1024; i++) sum += columns.reduce((product, column) => product * (1 + (column[i] - 0.5)), 1);
        return (sum / 1024 - 1) ** 2;
      });
      return Math.sqrt(errors.reduce((sum, one) => sum + one, 0) / errors.length);
    };
    expect(error('sobol')).toBeLessThan(error('random') / 10);
  });
});
