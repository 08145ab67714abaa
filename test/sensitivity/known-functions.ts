import type { SensitivityProblem } from '../../src/sensitivity/problem.js';

/** A function of one row of values as a problem. */
export function problemOf(
  parameters: readonly string[],
  f: (x: readonly number[]) => number,
  quantile?: (u: number, parameter: number) => number,
): SensitivityProblem {
  return {
    parameters,
    outputs: ['y'],
    ...(quantile && {
      quantile: (parameter, uniforms, values, n) => {
        for (let i = 0; i < n; i++) values[i] = quantile(uniforms[i], parameter);
      },
    }),
    evaluate: (values, n, [out]) => {
      for (let i = 0; i < n; i++) out[i] = f(values.map((column) => column[i]));
    },
  };
}

/** Ishigami and Homma 1990, a = 7, b = 0.1, on (-π, π)³. */
export const ISHIGAMI = problemOf(
  ['x1', 'x2', 'x3'],
  ([x1, x2, x3]) => Math.sin(x1) + 7 * Math.sin(x2) ** 2 + 0.1 * x3 ** 4 * Math.sin(x1),
  (u) => Math.PI * (2 * u - 1),
);

/** Closed form: V1 = (1 + b π⁴/5)²/2, V2 = a²/8, V13 = b² π⁸ (1/18 - 1/50). */
export const ISHIGAMI_INDICES = (() => {
  const v1 = 0.5 * (1 + (0.1 * Math.PI ** 4) / 5) ** 2;
  const v2 = 49 / 8;
  const v13 = 0.01 * Math.PI ** 8 * (1 / 18 - 1 / 50);
  const v = v1 + v2 + v13;
  return { first: [v1 / v, v2 / v, 0], total: [(v1 + v13) / v, v2 / v, v13 / v], second13: v13 / v };
})();

const G = [0, 1, 4.5, 9, 99];

/** Sobol's G function, product of (|4x - 2| + a) / (1 + a). */
export const SOBOL_G = problemOf(
  G.map((_, i) => `x${i + 1}`),
  (x) => x.reduce((product, value, i) => (product * (Math.abs(4 * value - 2) + G[i])) / (1 + G[i]), 1),
);

/** Closed form: V_i = 1 / (3 (1 + a_i)²), V = Π (1 + V_i) - 1. */
export const SOBOL_G_INDICES = (() => {
  const parts = G.map((a) => 1 / (3 * (1 + a) ** 2));
  const product = parts.reduce((all, part) => all * (1 + part), 1);
  const v = product - 1;
  return { first: parts.map((part) => part / v), total: parts.map((part) => ((part / (1 + part)) * product) / v) };
})();
