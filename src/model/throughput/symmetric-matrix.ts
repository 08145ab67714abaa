/** A small symmetric matrix as rows. Here it has as many as the throughput law has costs. */
export type SymmetricMatrix = readonly (readonly number[])[];

/** The lower triangle L of A = L Lᵀ; undefined where A is not positive definite. */
export function choleskyOf(matrix: SymmetricMatrix): number[][] | undefined {
  const lower = matrix.map((row) => row.map(() => 0));
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      const rest = matrix[i][j] - dotUpTo(lower[i], lower[j], j);
      if (i !== j) lower[i][j] = rest / lower[j][j];
      else if (rest > 0) lower[i][i] = Math.sqrt(rest);
      else return undefined;
    }
  }
  return lower;
}

/** Solves L Lᵀ x = b. */
export function solveCholesky(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const x = [...right];
  for (let i = 0; i < n; i++) x[i] = (x[i] - dotUpTo(lower[i], x, i)) / lower[i][i];
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) x[i] -= lower[j][i] * x[j];
    x[i] /= lower[i][i];
  }
  return x;
}

/** The inverse of L Lᵀ. */
export function inverseOfCholesky(lower: readonly (readonly number[])[]): number[][] {
  const columns = lower.map((_, i) => solveCholesky(lower, unit(lower.length, i)));
  // Rounding may differ between the triangles; the mean of both is symmetric to the bit.
  return columns.map((column, i) => column.map((value, j) => (value + columns[j][i]) / 2));
}

/** xᵀ A x. */
export function quadraticForm(matrix: SymmetricMatrix, x: readonly number[]): number {
  return matrix.reduce((sum, row, i) => sum + x[i] * dotUpTo(row, x, x.length), 0);
}

function dotUpTo(a: readonly number[], b: readonly number[], end: number): number {
  let sum = 0;
  for (let k = 0; k < end; k++) sum += a[k] * b[k];
  return sum;
}

function unit(n: number, at: number): number[] {
  return Array.from({ length: n }, (_, i) => (i === at ? 1 : 0));
}
