import { cholesky, type Matrix } from '../random/cholesky.js';

/** Draws normal scores anew but for those that stay. */
export type Redraw = (
  scores: readonly Float64Array[],
  noise: readonly Float64Array[],
  out: readonly Float64Array[],
  n: number,
) => void;

/**
 * Redraws normal scores outside a subset from their distribution given those inside, which stay.
 *
 * @throws RangeError for a correlation that is not positive definite
 */
export function redrawOf(correlation: Matrix, inside: (j: number) => boolean): Redraw {
  const k = correlation.length;
  const all = Array.from({ length: k }, (_, j) => j);
  const order = [...all.filter(inside), ...all.filter((j) => !inside(j))];
  const fixed = all.filter(inside).length;
  // In this order L maps independent scores to correlated ones, and the first of them depend on the first scores only.
  const lower = cholesky(order.map((i) => order.map((j) => correlation[i][j])));
  if (!lower) throw new RangeError('the correlation matrix is not positive definite');
  const independent = new Float64Array(k);
  return (scores, noise, out, n) => {
    for (let r = 0; r < n; r++) {
      for (let i = 0; i < k; i++) {
        let known = 0;
        for (let j = 0; j < i; j++) known += lower[i][j] * independent[j];
        const at = order[i];
        independent[i] = i < fixed ? (scores[at][r] - known) / lower[i][i] : noise[at][r];
        out[at][r] = i < fixed ? scores[at][r] : known + lower[i][i] * independent[i];
      }
    }
  };
}
