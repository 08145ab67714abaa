import { normalDensityGrid } from './normal-grid.js';

/** Variance of a function of a normal score of which worlds draw a share and queries the rest. */
export interface LevelVariance {
  readonly total: number;
  /** Variance of its mean given the world's part, and given the query's. */
  readonly world: number;
  readonly query: number;
}

/** Terms of the Hermite series: the last of a smooth function's are below its digits. */
const TERMS = 60;

/**
 * Of the score √r · Z_world + √(1−r) · Z_query, by Mehler's formula: with Hermite coefficients c_k the mean given the world has the
 * variance Σ r^k c_k². A logarithm of a lognormal is linear, so its parts are exactly r and 1−r. Source: Mehler, Crelle 66 (1866).
 *
 * @param share r, in [0, 1]
 */
export function levelVariance(of: (score: number) => number, share: number): LevelVariance {
  const grid = normalDensityGrid();
  const values = grid.scores.map(of);
  const mean = sumOf(values, (value, i) => value * grid.weights[i]);
  const total = sumOf(values, (value, i) => (value - mean) ** 2 * grid.weights[i]);
  let [world, query] = [0, 0];
  let [before, now] = [new Float64Array(values.length), new Float64Array(values.length).fill(1)];
  for (let k = 1; k <= TERMS; k++) {
    const [last, one] = [before, now];
    const next = one.map((h, i) => (grid.scores[i] * h - Math.sqrt(k - 1) * last[i]) / Math.sqrt(k));
    [before, now] = [now, next];
    const coefficient = sumOf(values, (value, i) => (value - mean) * next[i] * grid.weights[i]);
    world += share ** k * coefficient ** 2;
    query += (1 - share) ** k * coefficient ** 2;
  }
  if (share === 1) return { total, world: total, query: 0 };
  return share === 0 ? { total, world: 0, query: total } : { total, world, query };
}

function sumOf(values: Float64Array, term: (value: number, i: number) => number): number {
  return values.reduce((sum, value, i) => sum + term(value, i), 0);
}
