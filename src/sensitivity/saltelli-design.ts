import { type Points, ROWS } from '../random/point-source.js';
import { columnsOf, drawValues, type SensitivityProblem } from './problem.js';

/** Outputs on some rows of a Saltelli design, reused from chunk to chunk. */
export interface SaltelliChunk {
  readonly n: number;
  /** By output: on matrix A, on B. */
  readonly a: readonly Float64Array[];
  readonly b: readonly Float64Array[];
  /** By parameter and output: on A with that column from B, and on B with that column from A (second order only). */
  readonly ab: readonly (readonly Float64Array[])[];
  readonly ba: readonly (readonly Float64Array[])[];
  /** By output: 1 where all these outputs are finite. */
  readonly usable: readonly Uint8Array[];
}

/**
 * Computes a function on Saltelli's design, chunk by chunk: matrices A and B are the two halves of one set of points, and
 * quantiles are computed once for both. Source: Saltelli et al. 2010, section 3.
 */
export function evaluateDesign(
  problem: SensitivityProblem,
  points: Points,
  samples: number,
  secondOrder: boolean,
  onChunk: (chunk: SaltelliChunk) => void,
): void {
  const k = problem.parameters.length;
  const uniforms = columnsOf(2 * k);
  const [valuesA, valuesB] = [columnsOf(k), columnsOf(k)];
  const outputs = () => columnsOf(problem.outputs.length);
  const [a, b] = [outputs(), outputs()];
  const ab = valuesA.map(outputs);
  const ba = secondOrder ? valuesA.map(outputs) : [];
  const usable = problem.outputs.map(() => new Uint8Array(ROWS));
  for (let row = 0; row < samples; row += ROWS) {
    const n = Math.min(ROWS, samples - row);
    points(uniforms, n);
    drawValues(problem, uniforms, valuesA, n);
    drawValues(problem, uniforms.slice(k), valuesB, n);
    problem.evaluate(valuesA, n, a);
    problem.evaluate(valuesB, n, b);
    ab.forEach((out, i) => {
      problem.evaluate(withColumn(valuesA, i, valuesB[i]), n, out);
    });
    ba.forEach((out, i) => {
      problem.evaluate(withColumn(valuesB, i, valuesA[i]), n, out);
    });
    usable.forEach((mark, o) => {
      markFinite(mark, [a[o], b[o], ...ab.map((out) => out[o]), ...ba.map((out) => out[o])], n);
    });
    onChunk({ n, a, b, ab, ba, usable });
  }
}

/** Marks the rows where all columns are finite. */
export function markFinite(mark: Uint8Array, columns: readonly Float64Array[], n: number): void {
  mark.fill(1, 0, n);
  for (const column of columns) for (let r = 0; r < n; r++) if (!Number.isFinite(column[r])) mark[r] = 0;
}

function withColumn(columns: readonly Float64Array[], index: number, column: Float64Array): Float64Array[] {
  return columns.map((one, i) => (i === index ? column : one));
}
