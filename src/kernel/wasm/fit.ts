import { ln } from '../../distributions/elementary.js';
import { LN_SHORTEST_LENGTH, uncappedTokens } from '../../model/throughput/throughput.js';
import type { Columns } from '../../plan/evaluate.js';
import type { NodeOf, PlanNode } from '../../plan/node.js';
import type { Address, Operations } from './operations.js';
import type { Records } from './records.js';

/** A fit as the kernel computes it: `start + ofInput · (ln input - inputMiddle) + ofOutput · (ln output - outputMiddle)`. */
export interface CompiledFit {
  readonly start: number;
  readonly ofInput: number;
  readonly inputMiddle: number;
  readonly ofOutput: number;
  readonly outputMiddle: number;
}

type OfLengths = NodeOf<'fit' | 'capped'>;

/** A fit by the lengths that it is evaluated at: near the middle of them little is lost to rounding. */
export function compiledFit({ law, input, output }: OfLengths, nodes: readonly PlanNode[]): CompiledFit {
  const { intercept, coef_ln_input_tokens: ofInput, coef_ln_output_tokens: ofOutput } = law;
  const inputs = middleOf(nodes[input], law.input_tokens);
  const outputs = middleOf(nodes[output], law.output_tokens);
  const start = intercept + ofInput * inputs.exact + ofOutput * outputs.exact;
  return { start, ofInput, inputMiddle: inputs.single, ofOutput, outputMiddle: outputs.single };
}

/** The record of a fit, as `fittedTps` reads it. @param lnMost the cap's logarithm, or infinity for none */
export function fitRecord(fit: CompiledFit, lnMost: number, records: Records): Address {
  const { start, ofInput, inputMiddle, ofOutput, outputMiddle } = fit;
  return records.singles([start, ofInput, inputMiddle, ofOutput, outputMiddle, LN_SHORTEST_LENGTH, lnMost]);
}

/** Counts the draws of an indicator that are 1 among the first `n`, each so many times. */
export type CountOnes = (columns: Columns<Float32Array>, times: Address, n: number) => number;

/** What indicators are counted with. */
export interface OnesContext {
  readonly operations: Operations;
  readonly records: Records;
  /** A column to compute in. */
  readonly scratch: Address;
}

/** How an indicator is counted, without a column of its own. */
export function countOnes(
  node: NodeOf<'capped' | 'outside'>,
  nodes: readonly PlanNode[],
  { operations, records, scratch }: OnesContext,
): CountOnes {
  const { input, output } = node;
  const outside = (inputs: Range, outputs: Range): CountOnes => {
    const bounds = records.singles([...inputs, ...outputs]);
    return ({ value }, times, n) =>
      operations.countOutside(value[input].byteOffset, value[output].byteOffset, bounds, times, n);
  };
  if (node.kind === 'outside') return outside(node.law.input_tokens, node.law.output_tokens);
  const fixed = nodes[input];
  // Where the input has one length, by the token counts between which the cap is not met: exact, as the reference is.
  if (fixed.kind === 'constant') return outside([-Infinity, Infinity], uncappedTokens(node.law, fixed.ln));
  return countAbove(node, nodes, { operations, records, scratch });
}

type Range = readonly [low: number, high: number];

/**
 * A fit through its highest row meets the cap there but for rounding of ln tps in single precision; that is not a capped draw.
 * For coefficients that add up to 1; in proportion for greater ones.
 */
const SINGLE_CAP_ROUNDING = 4e-6;

function countAbove(
  node: NodeOf<'capped'>,
  nodes: readonly PlanNode[],
  { operations, records, scratch }: OnesContext,
): CountOnes {
  const { input, output } = node;
  const fit = compiledFit(node, nodes);
  const record = fitRecord(fit, Number.POSITIVE_INFINITY, records);
  const limit =
    ln(node.law.cap_tps) + SINGLE_CAP_ROUNDING * Math.max(1, Math.abs(fit.ofInput) + Math.abs(fit.ofOutput));
  return ({ ln: lnOf }, times, n) => {
    operations.fittedTps(record, lnOf[input].byteOffset, lnOf[output].byteOffset, n, scratch);
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
