import { ln } from '../../distributions/elementary.js';
import { tokensWithin } from '../../model/throughput/hull-tokens.js';
import { LN_SHORTEST_LENGTH, uncappedTokens } from '../../model/throughput/throughput.js';
import type { Columns } from '../../plan/evaluate.js';
import type { IndicatorKind, NodeOf, PlanNode } from '../../plan/node.js';
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
  /** Columns to compute in. */
  readonly scratch: readonly [Address, Address];
}

/** How an indicator is counted, without a column of its own. */
export function countOnes(
  node: NodeOf<IndicatorKind>,
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
  // Where the input has one length, by the token counts between which none are counted: exact, as the reference is.
  if (fixed.kind === 'constant') return outside([-Infinity, Infinity], innerTokens(node, fixed));
  const context = { operations, records, scratch };
  return node.kind === 'capped' ? countAbove(node, nodes, context) : countOffHull(node, context);
}

/** The fewest and the most output tokens that are not capped, or not off the hull, for one input length. */
function innerTokens(node: NodeOf<'capped' | 'offHull'>, { value, ln: lnInput }: NodeOf<'constant'>): Range {
  return node.kind === 'capped' ? uncappedTokens(node.law, lnInput) : tokensWithin(node.hull, value);
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
  const [tps] = scratch;
  return ({ ln: lnOf }, times, n) => {
    operations.fittedTps(record, lnOf[input].byteOffset, lnOf[output].byteOffset, n, tps);
    return operations.countAbove(tps, limit, times, n);
  };
}

/** What is left of each half-plane's bound is linear in ln lengths, as a fit is; off the hull the least of it is below 0. */
function countOffHull(
  { hull, input, output }: NodeOf<'offHull'>,
  { operations, records, scratch: [least, other] }: OnesContext,
): CountOnes {
  const planes = hull.map(({ input: ofInput, output: ofOutput, bound: start }) => {
    const left = { start, ofInput: -ofInput, inputMiddle: 0, ofOutput: -ofOutput, outputMiddle: 0 };
    return fitRecord(left, Number.POSITIVE_INFINITY, records);
  });
  return ({ ln: lnOf }, times, n) => {
    const [lnInput, lnOutput] = [lnOf[input].byteOffset, lnOf[output].byteOffset];
    planes.forEach((plane, i) => {
      operations.fittedTps(plane, lnInput, lnOutput, n, i === 0 ? least : other);
      if (i > 0) operations.minima(least, other, n, least);
    });
    operations.affine(least, -1, 0, n, least);
    return operations.countAbove(least, SINGLE_CAP_ROUNDING, times, n);
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
