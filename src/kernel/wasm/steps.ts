import { ln } from '../../distributions/elementary.js';
import { residualStretch } from '../../model/throughput/request-cost-prediction.js';
import type { Columns } from '../../plan/evaluate.js';
import {
  type ComputedKind,
  type IndicatorKind,
  isComputed,
  isIndicator,
  type NodeId,
  type NodeOf,
  type PlanNode,
} from '../../plan/node.js';
import { BLOCK_SIZE } from '../../random/uniforms.js';
import { compiledFit, fitRecord } from './fit.js';
import { PEEPHOLES } from './fuse.js';
import type { Address, Operations, Step } from './operations.js';
import type { Records } from './records.js';
import { requestCostStep } from './request-cost.js';

/** What nodes are compiled for. */
export interface StepContext {
  readonly nodes: readonly PlanNode[];
  /** Where each node's draws stand; those of a node without columns are not looked at. */
  readonly columns: Columns<Float32Array>;
  readonly operations: Operations;
  readonly records: Records;
}

/** What a node's column is computed by. */
export interface Rule {
  /** The peephole's name, or the kind of the node where none fits. */
  readonly rule: string;
  /** The node, and those that are computed on its way. */
  readonly nodes: readonly NodeId[];
}

/** Kinds that become columns; indicators are counted without. */
type ColumnKind = Exclude<ComputedKind, IndicatorKind>;

type Compile<K extends ColumnKind> = (node: NodeOf<K>, out: Address, context: StepContext) => Step;

/** One or more operations for each kind of node: what runs where no fused operation does. */
const COMPILE: { readonly [K in ColumnKind]: Compile<K> } = {
  weightedSum({ base, weight, other }, out, { columns: { value, ln: lnOf }, operations }) {
    const [tokens, weights, others] = [base, weight, other].map((id) => value[id].byteOffset);
    const lnTokens = lnOf[base].byteOffset;
    return (_block, at) => operations.effectiveTokens(tokens + at, lnTokens + at, others + at, weights + at, out + at);
  },
  decoded(node, out, { nodes, columns: { value, ln: lnOf }, operations }) {
    const { answer, reasoning, one } = node;
    const [sum, tokens, others, ones] = [nodes.indexOf(node), answer, reasoning, one].map((id) => value[id].byteOffset);
    const lnTokens = lnOf[answer].byteOffset;
    return (_block, at) => {
      operations.affine(tokens + at, 1, 0, BLOCK_SIZE, sum + at);
      operations.sums(sum + at, others + at, BLOCK_SIZE, sum + at);
      operations.effectiveTokens(tokens + at, lnTokens + at, others + at, ones + at, out + at);
    };
  },
  fit(node, out, { nodes, columns, operations, records }) {
    const fit = fitRecord(compiledFit(node, nodes), ln(node.law.cap_tps), records);
    const [lnInput, lnOutput] = [node.input, node.output].map((id) => columns.ln[id].byteOffset);
    return (_block, at) => operations.fittedTps(fit, lnInput + at, lnOutput + at, BLOCK_SIZE, out + at);
  },
  requestCost: requestCostStep,
  residual({ of, growth, covered, input, output }, out, { columns: { value, ln: lnOf } }) {
    const [inputs, outputs, residuals] = [value[input], value[output], lnOf[of]];
    const size = Float32Array.BYTES_PER_ELEMENT;
    const stretch = residualStretch(growth, covered);
    return (_block, at) => {
      const to = new Float32Array(residuals.buffer, out + at, BLOCK_SIZE);
      const from = at / size;
      for (let i = 0; i < BLOCK_SIZE; i++) to[i] = residuals[from + i] * stretch(inputs[from + i], outputs[from + i]);
    };
  },
  outputRate({ output, seconds }, out, { columns: { ln: lnOf }, operations }) {
    const [lnOutput, lnSeconds] = [lnOf[output].byteOffset, lnOf[seconds].byteOffset];
    return (_block, at) => operations.outputRate(lnOutput + at, lnSeconds + at, out + at);
  },
  coupled({ base, span, max_tps, tps }, out, { columns, operations }) {
    const lnTps = columns.ln[tps].byteOffset;
    const lnMax = ln(max_tps);
    return (_block, at) => operations.coupledUtilization(lnTps + at, lnMax, base, span, out + at);
  },
  product({ factors, constant, divisors }, out, { columns, operations }) {
    const { affine, sums, differences } = operations;
    const columnsOf = (ids: readonly NodeId[]) => ids.map((id) => columns.ln[id].byteOffset);
    const [first, ...others] = columnsOf(factors);
    const below = columnsOf(divisors);
    const lnConstant = ln(constant);
    return (_block, at) => {
      const to = out + at;
      if (first === undefined) affine(to, 0, 0, BLOCK_SIZE, to);
      else affine(first + at, 1, 0, BLOCK_SIZE, to);
      for (const factor of others) sums(to, factor + at, BLOCK_SIZE, to);
      if (constant !== 1) affine(to, 1, lnConstant, BLOCK_SIZE, to);
      for (const divisor of below) differences(to, divisor + at, BLOCK_SIZE, to);
    };
  },
  total: ({ terms }, out, context) => joined(terms, context.operations.lnSums, out, context),
  minimum: ({ of }, out, context) => joined(of, context.operations.minima, out, context),
  conditional({ of, on }, out, { columns: { ln: lnOf }, operations: { sums, differences } }) {
    const [lnValue, lnCondition] = [lnOf[of].byteOffset, lnOf[on].byteOffset];
    return (_block, at) => {
      // A logarithm less itself is 0 where it is finite, and no number where it is not.
      differences(lnCondition + at, lnCondition + at, BLOCK_SIZE, out + at);
      sums(lnValue + at, out + at, BLOCK_SIZE, out + at);
    };
  },
};

/** One column after the other by an operation of two. */
function joined(ids: readonly NodeId[], operation: Operations['sums'], out: Address, context: StepContext): Step {
  const [first, ...others] = ids.map((id) => context.columns.ln[id].byteOffset);
  return (_block, at) => {
    context.operations.affine(first + at, 1, 0, BLOCK_SIZE, out + at);
    for (const other of others) operation(out + at, other + at, BLOCK_SIZE, out + at);
  };
}

/** The block operations that compute some nodes, operands before those that are made of them. */
export function stepsFor(ids: readonly NodeId[], context: StepContext): Step[] {
  return ids.flatMap((id): Step[] => {
    const node = context.nodes[id];
    if (!isComputed(node) || isIndicator(node)) return [];
    const out = context.columns.ln[id].byteOffset;
    const peephole = peepholeFor(node, context.nodes, (other) => context.columns.ln[other].length === 0);
    return [peephole ? peephole.compile(node, out, context) : compile<typeof node.kind>(node, out, context)];
  });
}

/** By what some nodes are computed, where no column holds others of them. */
export function rulesFor(
  ids: readonly NodeId[],
  nodes: readonly PlanNode[],
  isInlined: (id: NodeId) => boolean,
): Rule[] {
  return ids.map((id) => {
    const peephole = peepholeFor(nodes[id], nodes, isInlined);
    const onItsWay = peephole?.fits(nodes[id], nodes, isInlined) ?? [];
    return { rule: peephole?.rule ?? nodes[id].kind, nodes: [id, ...onItsWay] };
  });
}

function peepholeFor(node: PlanNode, nodes: readonly PlanNode[], isInlined: (id: NodeId) => boolean) {
  return PEEPHOLES.find((peephole) => peephole.fits(node, nodes, isInlined) !== undefined);
}

function compile<K extends ColumnKind>(node: NodeOf<K>, out: Address, context: StepContext): Step {
  return COMPILE[node.kind](node, out, context);
}
