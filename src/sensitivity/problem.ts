import { ROWS } from '../random/point-source.js';

/** A function of columns whose inputs' influence on its outputs is to be found. */
export interface SensitivityProblem {
  /** Names of the uncertain inputs, one column each. */
  readonly parameters: readonly string[];
  /** Names of what the function computes, one column each. */
  readonly outputs: readonly string[];
  /**
   * Turns uniform numbers in (0, 1) into values of one parameter, `n` of them; absent: the parameters are uniform in (0, 1).
   * Non-decreasing.
   */
  readonly quantile?: (parameter: number, uniforms: Float64Array, values: Float64Array, n: number) => void;
  /** Fills the first `n` (at most `ROWS`) places of every output column; what is no finite number is left out and counted. */
  readonly evaluate: (values: readonly Float64Array[], n: number, outputs: readonly Float64Array[]) => void;
  /** Correlation of the parameters' normal scores (Gaussian copula); absent: the parameters are independent. */
  readonly correlation?: readonly (readonly number[])[];
}

/** Influence of one parameter on one output; which numbers there are is the method's matter. */
export interface Effect {
  readonly parameter: string;
  readonly numbers: Readonly<Record<string, number>>;
}

/** What a method says of one output. */
export interface OutputEffects {
  readonly output: string;
  readonly effects: readonly Effect[];
  /** Rows of the design used, and those left out because the output there is no finite number (e.g. ln of an energy of 0). */
  readonly n: number;
  readonly n_dropped: number;
}

/** Name of the input that has no influence: what a method says of it is the noise floor of the others. */
export const DUMMY = 'dummy';

/** Empty columns for `count` inputs or outputs. */
export function columnsOf(count: number): Float64Array[] {
  return Array.from({ length: count }, () => new Float64Array(ROWS));
}

/** Values of all parameters for columns of uniforms. */
export function drawValues(
  { parameters, quantile }: SensitivityProblem,
  uniforms: readonly Float64Array[],
  values: readonly Float64Array[],
  n: number,
): void {
  parameters.forEach((_, j) => {
    if (quantile) quantile(j, uniforms[j], values[j], n);
    else values[j].set(n === ROWS ? uniforms[j] : uniforms[j].subarray(0, n));
  });
}

/** @throws RangeError if the parameters are correlated, for methods that take each input's draws apart */
export function requireIndependent({ correlation }: SensitivityProblem, method: string): void {
  if (correlation) throw new RangeError(`${method} takes independent inputs; for correlated ones use shapley`);
}
