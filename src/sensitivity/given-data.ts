import { copula } from '../random/gaussian-copula.js';
import { type Points, ROWS } from '../random/point-source.js';
import { columnsOf, DUMMY, drawValues, type SensitivityProblem } from './problem.js';
import { markFinite } from './saltelli-design.js';

/** Draws of all parameters and of a dummy, with what the function makes of them: methods on a plain sample start from here. */
export interface GivenData {
  /** Names of the inputs, the dummy last. */
  readonly parameters: readonly string[];
  /** Inputs by parameter, the dummy's last. */
  readonly inputs: readonly Float64Array[];
  readonly outputs: readonly Float64Array[];
  /** By output: 1 where it is finite. */
  readonly usable: readonly Uint8Array[];
}

/** A sample of `samples` rows, correlated where the parameters are. Memory: 8 bytes a row and column. */
export function givenData(problem: SensitivityProblem, points: Points, samples: number): GivenData {
  const k = problem.parameters.length;
  const uniforms = columnsOf(k + 1);
  const values = columnsOf(k);
  const out = columnsOf(problem.outputs.length);
  const correlate = problem.correlation && copula(problem.correlation);
  const inputs = uniforms.map(() => new Float64Array(samples));
  const outputs = problem.outputs.map(() => new Float64Array(samples));
  for (let row = 0; row < samples; row += ROWS) {
    const n = Math.min(ROWS, samples - row);
    points(uniforms, n);
    correlate?.(uniforms, n);
    drawValues(problem, uniforms, values, n);
    problem.evaluate(values, n, out);
    for (const [j, column] of [...values, uniforms[k]].entries()) inputs[j].set(column.subarray(0, n), row);
    for (const [o, column] of out.entries()) outputs[o].set(column.subarray(0, n), row);
  }
  return { parameters: [...problem.parameters, DUMMY], inputs, outputs, usable: outputs.map(finite) };
}

/** 1 where a column is finite. */
export function finite(column: Float64Array): Uint8Array {
  const mark = new Uint8Array(column.length);
  markFinite(mark, [column], column.length);
  return mark;
}
