/**
 * Means over the rows of a Saltelli design, for one parameter i: `a` the output on matrix A, `b` on B, `c` on A with column i
 * from B. All outputs are less a constant near their mean, so that products keep their digits.
 */
export interface Moments {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly aa: number;
  readonly bb: number;
  readonly cc: number;
  readonly ab: number;
  readonly ac: number;
  readonly bc: number;
  /** Variance of the output over all rows of the design: of A, B, and A with each column from B. */
  readonly variance: number;
}

/** A pair of formulas for the first-order and the total index of one parameter. */
export interface Estimator {
  readonly name: string;
  /** Where the formulas stand. */
  readonly source: string;
  first(moments: Moments): number;
  total(moments: Moments): number;
}

/** Variance of the output, from both matrices. */
export function varianceOf({ a, b, aa, bb }: Moments): number {
  return (aa + bb) / 2 - ((a + b) / 2) ** 2;
}
