import { columnsOf, drawValues, type OutputEffects, type SensitivityProblem } from './problem.js';

/**
 * One at a time: the output where one parameter is at its P5 (`low`) and at its P95 (`high`), all others at their medians,
 * the output with all at their medians (`base`), and the distance of the two ends (`swing`). Correlation, if any, is ignored:
 * that is what one at a time means.
 *
 * @param range probabilities of the two ends
 */
export function tornado(
  problem: SensitivityProblem,
  range: readonly [low: number, high: number] = [0.05, 0.95],
): OutputEffects[] {
  const k = problem.parameters.length;
  const uniforms = columnsOf(k);
  const n = 2 * k + 1;
  uniforms.forEach((column, j) => {
    column.fill(0.5, 0, n);
    column[2 * j + 1] = range[0];
    column[2 * j + 2] = range[1];
  });
  const values = columnsOf(k);
  const outputs = columnsOf(problem.outputs.length);
  drawValues(problem, uniforms, values, n);
  problem.evaluate(values, n, outputs);
  return problem.outputs.map((output, o) => ({
    output,
    effects: problem.parameters.map((parameter, j) => ({ parameter, numbers: bar(outputs[o], j) })),
    n: outputs[o].subarray(0, n).filter(Number.isFinite).length,
    n_dropped: outputs[o].subarray(0, n).filter((value) => !Number.isFinite(value)).length,
  }));
}

function bar(output: Float64Array, parameter: number): Record<string, number> {
  const [low, high] = output.subarray(2 * parameter + 1);
  return { low, high, base: output[0], swing: Math.abs(high - low) };
}
