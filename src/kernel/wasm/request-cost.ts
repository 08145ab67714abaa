import { costFactors } from '../../model/throughput/request-cost.js';
import type { NodeId, NodeOf, PlanNode } from '../../plan/node.js';
import type { Address, Step } from './operations.js';
import type { Records } from './records.js';
import type { StepContext } from './steps.js';

/** Node-seconds as a polynomial of the output tokens: `none + output · (each + square · output)`. */
export interface OutputSeconds {
  readonly none: number;
  readonly each: number;
  readonly square: number;
}

/** Node-seconds as a polynomial of the output, where all but the output is the same in every draw; else undefined. */
export function outputSecondsOf(node: NodeOf<'requestCost'>, nodes: readonly PlanNode[]): OutputSeconds | undefined {
  const { input, cached, a, b, c, steps } = node;
  const fixed = (id: NodeId | undefined, absent = 0) => {
    const operand = id === undefined ? undefined : nodes[id];
    if (operand === undefined) return absent;
    return operand.kind === 'constant' ? operand.value : Number.NaN;
  };
  const input_tokens = fixed(input);
  // A query of one output token has the factors of each; what is quadratic in it is told apart.
  const [fresh, , , perStep] = costFactors({
    input_tokens,
    output_tokens: 1,
    cached_input_tokens: Math.min(fixed(cached), input_tokens),
    ...(steps && { concurrency: fixed(steps.concurrency) }),
  });
  const none = fixed(a) * fresh;
  const each = fixed(b) + fixed(steps?.w) * perStep + fixed(c) * input_tokens;
  const square = fixed(c) / 2;
  return [none, each, square].every(Number.isFinite) ? { none, each, square } : undefined;
}

/** The record of such a polynomial. */
export function secondsRecord({ none, each, square }: OutputSeconds, records: Records): Address {
  return records.singles([none, each, square]);
}

/** Computes the logarithms of node-seconds. */
export function requestCostStep(
  node: NodeOf<'requestCost'>,
  out: Address,
  { nodes, columns: { value }, operations, records }: StepContext,
): Step {
  const output = value[node.output].byteOffset;
  const ofOutput = outputSecondsOf(node, nodes);
  if (ofOutput) {
    const seconds = secondsRecord(ofOutput, records);
    return (_block, at) => operations.outputSeconds(output + at, seconds, out + at);
  }
  // Address 0 stands for a column that there is not.
  const columnOf = (id: NodeId | undefined) => (id === undefined ? 0 : value[id].byteOffset);
  const { input, cached, a, b, c, steps } = node;
  const columns = [input, node.output, cached, a, b, c, steps?.w, steps?.concurrency].map(columnOf);
  const record = records.addresses(columns);
  return (_block, at) => operations.requestSeconds(record, at, out + at);
}
