// The other methods against closed forms. What it cannot see: how well a method's own notion of influence fits a question.
import { describe, expect, it } from 'vitest';
import { normalQuantile } from '../../src/distributions/normal-quantile.js';
import { scoreCorrelation } from '../../src/random/gaussian-copula.js';
import { morrisEffects } from '../../src/sensitivity/morris.js';
import { pawnEffects } from '../../src/sensitivity/pawn.js';
import type { OutputEffects } from '../../src/sensitivity/problem.js';
import { regressionEffects } from '../../src/sensitivity/regression.js';
import { shapleyEffects } from '../../src/sensitivity/shapley.js';
import { sobolIndices } from '../../src/sensitivity/sobol.js';
import { tornado } from '../../src/sensitivity/tornado.js';
import { ISHIGAMI, ISHIGAMI_INDICES, problemOf, SOBOL_G } from './known-functions.js';

const BOOTSTRAP = { seed: 'test', resamples: 100, confLevel: 0.999 };
const SAMPLE = { ...BOOTSTRAP, samples: 2 ** 13, points: 'random' } as const;
const LINEAR = problemOf(['a', 'b', 'c'], ([a, b, c]) => 3 * a - 2 * b + 0 * c);

function numbersOf({ effects }: OutputEffects, parameter: string): Readonly<Record<string, number>> {
  return effects.find((effect) => effect.parameter === parameter)!.numbers;
}

describe('Morris elementary effects', () => {
  const options = { ...BOOTSTRAP, trajectories: 500, levels: 4, range: [0, 1] } as const;

  it('of a linear function are its coefficients, without spread', () => {
    const [result] = morrisEffects(LINEAR, options);
    expect(numbersOf(result, 'a').mu).toBeCloseTo(3, 10);
    expect(numbersOf(result, 'b').mu).toBeCloseTo(-2, 10);
    expect(numbersOf(result, 'b').mu_star).toBeCloseTo(2, 10);
    expect(numbersOf(result, 'a').sigma).toBeCloseTo(0, 5);
    expect(numbersOf(result, 'c')).toMatchObject({ mu_star: 0 });
    expect(result.n).toBe(1500);
  });

  it('show the spread that interaction makes, and keep the grid within its range', () => {
    const seen: number[] = [];
    const product = problemOf(['a', 'b'], ([a, b]) => {
      seen.push(a, b);
      return a * b;
    });
    const [result] = morrisEffects(product, { ...options, range: [0.05, 0.95] });
    // The effect of a is b, uniform on the grid: its standard deviation is that of the four levels times 0.9.
    const levels = [0, 1, 2, 3].map((level) => 0.05 + (0.9 * level) / 3);
    const { mu, sigma } = numbersOf(result, 'a');
    expect(mu / 0.9).toBeGreaterThan(0.45);
    expect(Math.max(...seen)).toBeCloseTo(levels[3], 12);
    expect(Math.min(...seen)).toBeCloseTo(levels[0], 12);
    expect(sigma).toBeGreaterThan(0.2);
  });

  it('refuse an odd number of levels', () => {
    expect(() => morrisEffects(LINEAR, { ...options, levels: 5 })).toThrow(
      'morris takes an even number of levels; found 5',
    );
  });
});

describe('the tornado', () => {
  it('holds the others at their medians', () => {
    const [result] = tornado(problemOf(['a', 'b'], ([a, b]) => 10 * a * b));
    const { low, high, base, swing } = numbersOf(result, 'a');
    expect([low, high, base, swing].map((x) => Number(x.toFixed(12)))).toEqual([0.25, 4.75, 2.5, 4.5]);
    expect(result).toMatchObject({ n: 5, n_dropped: 0 });
  });
});

describe('regression', () => {
  it('finds the standardised coefficients of a linear function, and R² of 1', () => {
    const [result] = regressionEffects(LINEAR, SAMPLE);
    const { src, src_conf, r2 } = numbersOf(result, 'a');
    expect(Math.abs(src - 3 / Math.sqrt(13))).toBeLessThan(src_conf);
    expect(numbersOf(result, 'b').src).toBeCloseTo(-2 / Math.sqrt(13), 1);
    expect(r2).toBeCloseTo(1, 10);
    expect(Math.abs(numbersOf(result, 'dummy').src)).toBeLessThan(1e-10);
  });

  it('on ranks is blind to a monotone transformation, on values is not', () => {
    const [plain] = regressionEffects(LINEAR, SAMPLE);
    const bent = problemOf(['a', 'b', 'c'], ([a, b]) => Math.exp(5 * (3 * a - 2 * b)));
    const [result] = regressionEffects(bent, SAMPLE);
    expect(numbersOf(result, 'a').srrc).toBeCloseTo(numbersOf(plain, 'a').srrc, 10);
    expect(numbersOf(result, 'a').r2).toBeLessThan(0.5);
  });

  it('gives the dummy a coefficient within its own interval of 0', () => {
    const [result] = regressionEffects(ISHIGAMI, SAMPLE);
    const { src, src_conf } = numbersOf(result, 'dummy');
    expect(Math.abs(src)).toBeLessThan(src_conf);
    expect(src).not.toBe(0);
  });
});

describe('PAWN', () => {
  const options = { ...SAMPLE, slices: 10 };

  it('of the only input is the distance between a slice and the whole', () => {
    // For y = x the slice [s/10, (s+1)/10] is farthest from the whole at one of its ends: max(s, 9 - s) / 10.
    const [result] = pawnEffects(
      problemOf(['x'], ([x]) => x),
      options,
    );
    const { median, maximum, mean } = numbersOf(result, 'x');
    expect(median).toBeCloseTo(0.7, 2);
    expect(maximum).toBeCloseTo(0.9, 2);
    expect(mean).toBeCloseTo(0.7, 2);
  });

  it('ranks the inputs of the Sobol G function, and leaves the inert one at the noise floor', () => {
    const [result] = pawnEffects(SOBOL_G, options);
    const medians = ['x1', 'x2', 'x3', 'x4', 'x5', 'dummy'].map((name) => numbersOf(result, name).median);
    expect([...medians.slice(0, 4)].sort((a, b) => b - a)).toEqual(medians.slice(0, 4));
    const noise = numbersOf(result, 'dummy');
    expect(Math.abs(medians[4] - noise.median)).toBeLessThan(noise.median_conf);
    expect(medians[2]).toBeGreaterThan(2 * noise.median);
  });
});

describe('Shapley effects', () => {
  const normal = (u: number) => normalQuantile(u);

  it('of independent inputs lie between first-order and total indices and share interactions evenly', () => {
    const [result] = shapleyEffects(ISHIGAMI, { ...SAMPLE, points: 'sobol', samples: 2 ** 14 });
    const { first, second13 } = ISHIGAMI_INDICES;
    [first[0] + second13 / 2, first[1], second13 / 2].forEach((known, i) => {
      const { shapley, shapley_conf } = result.effects[i].numbers;
      expect(Math.abs(shapley - known)).toBeLessThan(shapley_conf);
    });
  });

  it('of correlated normal inputs match the closed form and add up to 1', () => {
    // Iooss and Prieur 2019, for y = b1 x1 + b2 x2 with unit variances.
    const [b1, b2, rho] = [2, 1, 0.6];
    const correlated = {
      ...problemOf(['x1', 'x2'], ([x1, x2]) => b1 * x1 + b2 * x2, normal),
      correlation: [
        [1, rho],
        [rho, 1],
      ],
    };
    const variance = b1 * b1 + b2 * b2 + 2 * rho * b1 * b2;
    const known = [b1, b2].map((b, i) => {
      const other = i === 0 ? b2 : b1;
      return (b * b * (1 - (rho * rho) / 2) + rho * b1 * b2 + (other * other * rho * rho) / 2) / variance;
    });
    const [result] = shapleyEffects(correlated, { ...SAMPLE, points: 'sobol', samples: 2 ** 14 });
    known.forEach((share, i) => {
      const { shapley, shapley_conf } = result.effects[i].numbers;
      expect(Math.abs(shapley - share)).toBeLessThan(shapley_conf);
      expect(shapley_conf).toBeLessThan(0.05);
    });
    const sum = result.effects.reduce((all, { numbers }) => all + numbers.shapley, 0);
    expect(sum).toBeCloseTo(1, 12);
  });

  it('give an input without influence its share where it is correlated with one that has', () => {
    const silent = problemOf(['x1', 'x2'], ([x1]) => x1, normal);
    const correlation = [
      [1, 0.8],
      [0.8, 1],
    ];
    const [result] = shapleyEffects({ ...silent, correlation }, { ...SAMPLE, points: 'sobol' });
    expect(numbersOf(result, 'x2').shapley).toBeCloseTo(0.32, 1);
  });

  it('refuse more parameters than subsets can be computed of', () => {
    const wide = problemOf(
      Array.from({ length: 11 }, (_, i) => `x${i}`),
      ([x]) => x,
    );
    expect(() => shapleyEffects(wide, SAMPLE)).toThrow(
      'shapley computes all subsets, of at most 10 parameters; found 11',
    );
  });
});

describe('correlated inputs', () => {
  const correlation = [
    [1, scoreCorrelation(0.6)],
    [scoreCorrelation(0.6), 1],
  ];
  const problem = { ...problemOf(['x1', 'x2'], ([, x2]) => x2), correlation };

  it('reach the rank correlation that was stated, in a plain sample', () => {
    // The rank regression of x2 on x1 alone has the rank correlation as its coefficient.
    const rows: number[][] = [];
    const record = { ...problem, evaluate: capture(rows) };
    regressionEffects(record, { ...SAMPLE, samples: 2 ** 15, resamples: 0 });
    const n = rows.length;
    const mean = (f: (row: number[]) => number) => rows.reduce((sum, row) => sum + f(row), 0) / n;
    // Both are uniform, so their correlation is the rank correlation.
    const rank = (mean(([a, b]) => (a - 0.5) * (b - 0.5)) * 12) / 1;
    expect(rank).toBeCloseTo(0.6, 1);
    expect(Math.abs(rank - 0.6)).toBeLessThan(4 / Math.sqrt(n));
  });

  it('are refused by methods that take the inputs apart', () => {
    const options = { ...SAMPLE, estimator: 'janon2014', secondOrder: false } as const;
    const message = 'sobol takes independent inputs; for correlated ones use shapley';
    expect(() => sobolIndices(problem, options)).toThrow(message);
  });
});

function capture(rows: number[][]) {
  return (values: readonly Float64Array[], n: number, [out]: readonly Float64Array[]) => {
    for (let r = 0; r < n; r++) rows.push(values.map((column) => column[r]));
    out.set(values[1].subarray(0, n));
  };
}
