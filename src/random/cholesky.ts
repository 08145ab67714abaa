/** A square matrix by rows. */
export type Matrix = readonly (readonly number[])[];

/** Smallest pivot, relative to the diagonal, that counts as above 0. */
const SINGULAR = 1e-12;

/** Lower triangle L with L Lᵀ = matrix; undefined if the matrix is not positive definite. */
export function cholesky(matrix: Matrix): number[][] | undefined {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const own = [...row.slice(0, i + 1)];
    for (let j = 0; j <= i; j++) {
      for (let m = 0; m < j; m++) own[j] -= own[m] * (j === i ? own[m] : lower[j][m]);
      if (j < i) own[j] /= lower[j][j];
    }
    if (!(own[i] > SINGULAR * row[i])) return undefined;
    own[i] = Math.sqrt(own[i]);
    lower.push(own);
  }
  return lower;
}

/** x with L x = b. */
export function solveLower(lower: Matrix, b: readonly number[]): number[] {
  const x: number[] = [];
  for (const [i, row] of lower.entries()) {
    let sum = b[i];
    for (let j = 0; j < i; j++) sum -= row[j] * x[j];
    x.push(sum / row[i]);
  }
  return x;
}

/** x with L Lᵀ x = b. */
export function solveCholesky(lower: Matrix, b: readonly number[]): number[] {
  const x = solveLower(lower, b);
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = i + 1; j < x.length; j++) x[i] -= lower[j][i] * x[j];
    x[i] /= lower[i][i];
  }
  return x;
}
