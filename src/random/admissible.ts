import { cholesky, type Matrix, solveCholesky } from './cholesky.js';

/** A pair that no joint distribution has, given the pairs before it. */
export interface Impossible {
  readonly row: number;
  readonly column: number;
  /** What the pair's correlation may be while all others stay; undefined where changing it alone does not help. */
  readonly range: readonly [low: number, high: number] | undefined;
}

/** The first variable whose correlations cannot be, and of its pairs the one that is nearest to possible; undefined if all can. */
export function impossiblePair(correlation: Matrix): Impossible | undefined {
  const row = correlation.findIndex((_, i) => !cholesky(leading(correlation, i + 1)));
  if (row < 0) return undefined;
  const pairs = correlation[row].slice(0, row).flatMap((value, column) => {
    const range = admissible(correlation, row, column);
    return value === 0 ? [] : [{ row, column, range, excess: range ? excessOf(value, range) : Infinity }];
  });
  const [{ excess: _, ...nearest }] = pairs.sort((a, b) => a.excess - b.excess);
  return nearest;
}

/** Values of one pair that keep the leading matrix up to `row` positive definite: between the roots of a quadratic. */
function admissible(correlation: Matrix, row: number, column: number): Impossible['range'] {
  const lower = cholesky(leading(correlation, row))!;
  const own = correlation[row].slice(0, row);
  const others = own.map((value, j) => (j === column ? 0 : value));
  const inverse = (b: readonly number[]) => solveCholesky(lower, b);
  const unit = others.map((_, j) => (j === column ? 1 : 0));
  // (others + x unit)ᵀ A⁻¹ (others + x unit) < 1
  const a = dot(unit, inverse(unit));
  const half = dot(unit, inverse(others));
  const root = half * half - a * (dot(others, inverse(others)) - 1);
  if (root <= 0) return undefined;
  return [(-half - Math.sqrt(root)) / a, (-half + Math.sqrt(root)) / a];
}

function excessOf(value: number, [low, high]: readonly [number, number]): number {
  return Math.max(low - value, value - high);
}

function leading(matrix: Matrix, size: number): number[][] {
  return matrix.slice(0, size).map((row) => row.slice(0, size));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}
