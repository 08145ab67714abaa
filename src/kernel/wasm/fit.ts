import { ln } from '../../distributions/elementary.js';
import { LN_SHORTEST_LENGTH, uncappedTokens } from '../../model/throughput/throughput.js';
import type { Columns } from '../../plan/evaluate.js';
import type { NodeOf, PlanNode } from '../../plan/node.js';
import type { Address, Operations } from './operations.js';

/** A fit as the kernel computes it: `start + ofInput · (ln input - inputMiddle) + ofOutput · (ln output - outputMiddle)`. */
export interface CompiledFit {
  readonly start: number;
  readonly ofInput: number;
  readonly inputMiddle: number;
  readonly ofOutput: number;
  readonly outputMiddle: number;
  readonly lnCap: number;
}

type OfLengths = NodeOf<'fit' | 'capped'>;

/** A fit by the lengths that it is evaluated at: near the middle of them little is lost to rounding. */
export function compiledFit({ law, input, output }: OfLengths, nodes: readonly PlanNode[]): CompiledFit {
  const { intercept, coef_ln_input_tokens: ofInput, coef_ln_output_tokens: ofOutput } = law;
  const inputs = middleOf(nodes[input], law.input_tokens);
  const outputs = middleOf(nodes[output], law.output_tokens);
  const start = intercept + ofInput * inputs.exact + ofOutput * outputs.exact;
  const [inputMiddle, outputMiddle] = [inputs.single, outputs.single];
  return { start, ofInput, inputMiddle, ofOutput, outputMiddle, lnCap: ln(law.cap_tps) };
}

/** Writes ln tps of the first `n` draws. @param most the cap, or infinity for none */
export function fitTps(
  { start, ofInput, inputMiddle, ofOutput, outputMiddle }: CompiledFit,
  most: number,
  lnInput: Address,
  lnOutput: Address,
  n: number,
  out: Address,
  operations: Operations,
): void {
  operations.fittedTps(
    lnInput,
    lnOutput,
    start,
    ofInput,
    inputMiddle,
    ofOutput,
    outputMiddle,
    LN_SHORTEST_LENGTH,
    most,
    n,
    out,
  );
}

/** Counts the draws of an indicator that are 1 among the first `n`, each so many times. */
export type CountOnes = (columns: Columns<Float32Array>, times: Address, n: number) => number;

/** How an indicator is counted, without a column of its own. @param scratch a column to compute in */
export function countOnes(
  node: NodeOf<'capped' | 'outside'>,
  nodes: readonly PlanNode[],
  operations: Operations,
  scratch: Address,
): CountOnes {
  return node.kind === 'outside' ? countOutside(node, operations) : countCapped(node, nodes, operations, scratch);
}

function countOutside({ law, input, output }: NodeOf<'outside'>, operations: Operations): CountOnes {
  const [inputLow, inputHigh] = law.input_tokens;
  const [outputLow, outputHigh] = law.output_tokens;
  return ({ value }, times, n) =>
    operations.countOutside(
      value[input].byteOffset,
      value[output].byteOffset,
      inputLow,
      inputHigh,
      outputLow,
      outputHigh,
      times,
      n,
    );
}

/**
 * A fit through its highest row meets the cap there but for rounding of ln tps in single precision; that is not a capped draw.
 * For coefficients that add up to 1; in proportion for greater ones.
 */
const SINGLE_CAP_ROUNDING = 4e-6;

/** Where the input has one length, by the token counts between which the cap is not met: exact, as the reference is. */
function countCapped(
  node: NodeOf<'capped'>,
  nodes: readonly PlanNode[],
  operations: Operations,
  scratch: Address,
): CountOnes {
  const { law, input, output } = node;
  const fixed = nodes[input];
  if (fixed.kind === 'constant') {
    const [least, most] = uncappedTokens(law, fixed.ln);
    return ({ value }, times, n) => {
      const [inputs, outputs] = [value[input].byteOffset, value[output].byteOffset];
      return operations.countOutside(inputs, outputs, -Infinity, Infinity, least, most, times, n);
    };
  }
  const fit = compiledFit(node, nodes);
  const limit = fit.lnCap + SINGLE_CAP_ROUNDING * Math.max(1, Math.abs(fit.ofInput) + Math.abs(fit.ofOutput));
  return ({ ln: lnOf }, times, n) => {
    fitTps(fit, Number.POSITIVE_INFINITY, lnOf[input].byteOffset, lnOf[output].byteOffset, n, scratch, operations);
    return operations.countAbove(scratch, limit, times, n);
  };
}

/** Where ln of a length is measured from: the length itself where that is fixed, else the middle of the rows of the fit. */
function middleOf(length: PlanNode, [low, high]: readonly [number, number]): { exact: number; single: number } {
  const fixed = length.kind === 'constant' ? length.ln : undefined;
  const [lnLow, lnHigh] = [fixed ?? ln(low), fixed ?? ln(high)].map((end) => Math.max(end, LN_SHORTEST_LENGTH));
  const middle = (lnLow + lnHigh) / 2;
  const single = Math.fround(middle);
  return { exact: fixed === undefined ? single : middle, single };
}
