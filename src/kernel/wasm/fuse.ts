import { ln } from '../../distributions/elementary.js';
import { closure } from '../../plan/dependence.js';
import { type NodeId, type NodeOf, operandsOf, type PlanNode } from '../../plan/node.js';
import { compiledFit, fitRecord } from './fit.js';
import type { Address, Step } from './operations.js';
import { outputSecondsOf, secondsRecord } from './request-cost.js';
import type { StepContext } from './steps.js';

/** One operation in place of several. */
export interface Peephole {
  /** As an explanation of a plan calls it. */
  readonly rule: string;
  /** The nodes that it computes on its way, which no column holds; undefined where it does not fit. */
  fits(node: PlanNode, nodes: readonly PlanNode[], isInlined: (id: NodeId) => boolean): readonly NodeId[] | undefined;
  compile(node: PlanNode, out: Address, context: StepContext): Step;
}

/** An energy whose throughput no column holds. */
const FITTED_ENERGY: Peephole = {
  rule: 'fitted energy',
  fits(node, nodes, isInlined) {
    const fit = fitBelow(node, nodes);
    return fit !== undefined && isInlined(fit) ? [fit] : undefined;
  },
  compile(node, out, context) {
    const { nodes, columns, operations, records } = context;
    const energy = energyShaped(node);
    const fit = nodes[energy.divisors[0]] as NodeOf<'fit'>;
    const factors = factorsRecord(energy, context);
    const record = fitRecord(compiledFit(fit, nodes), ln(fit.law.cap_tps), records);
    const lnOutput = columns.ln[fit.output].byteOffset;
    return (_block, at) => operations.fittedEnergy(factors, at, record, lnOutput + at, out + at);
  },
};

/** Four factors and a constant over one divisor. */
const ENERGY: Peephole = {
  rule: 'energy',
  fits: (node) => (isEnergyShaped(node) ? [] : undefined),
  compile(node, out, context) {
    const energy = energyShaped(node);
    const factors = factorsRecord(energy, context);
    const divisor = context.columns.ln[energy.divisors[0]].byteOffset;
    return (_block, at) => context.operations.energy(factors, at, divisor + at, out + at);
  },
};

/** An energy whose node-seconds no column holds. */
const REQUEST_ENERGY: Peephole = {
  rule: 'request energy',
  fits(node, nodes, isInlined) {
    const seconds = secondsBelow(node, nodes);
    return seconds !== undefined && isInlined(seconds) ? [seconds] : undefined;
  },
  compile(node, out, { nodes, columns, operations, records }) {
    const { factors, constant } = factorsShaped(node);
    const request = nodes[factors[3]] as NodeOf<'requestCost'>;
    const seconds = outputSecondsOf(request, nodes);
    if (seconds === undefined)
      throw new RangeError('node-seconds of several random variables were taken for those of one');
    const others = factors.slice(0, 3).map((id) => columns.ln[id].byteOffset);
    const record = records.addresses([...others, columns.value[request.output].byteOffset], ln(constant));
    const polynomial = secondsRecord(seconds, records);
    return (_block, at) => operations.outputEnergy(record, at, polynomial, out + at);
  },
};

/** Four factors and a constant. */
const FACTORS: Peephole = {
  rule: 'factors',
  fits: (node) => (isFactorsShaped(node) ? [] : undefined),
  compile(node, out, context) {
    const record = factorsRecord(factorsShaped(node), context);
    return (_block, at) => context.operations.factors(record, at, out + at);
  },
};

function factorsRecord({ factors, constant }: NodeOf<'product'>, { columns, records }: StepContext): Address {
  return records.addresses(
    factors.map((id) => columns.ln[id].byteOffset),
    ln(constant),
  );
}

/** Tried in this order; the first that fits is taken. */
export const PEEPHOLES: readonly Peephole[] = [FITTED_ENERGY, ENERGY, REQUEST_ENERGY, FACTORS];

/**
 * Throughputs and node-seconds that no column need hold: only products read them, and compute them on their way.
 *
 * @param roots nodes whose columns are looked at
 */
export function inlinedNodes(nodes: readonly PlanNode[], roots: readonly NodeId[]): ReadonlySet<NodeId> {
  const read = new Set(roots);
  const inlined = new Set<NodeId>();
  for (const id of closure(nodes, roots)) {
    for (const operand of operandsOf(nodes[id])) {
      const below = fitBelow(nodes[id], nodes) ?? secondsBelow(nodes[id], nodes);
      if (below === operand) inlined.add(operand);
      else read.add(operand);
    }
  }
  return new Set([...inlined].filter((id) => !read.has(id)));
}

function isEnergyShaped(node: PlanNode): node is NodeOf<'product'> {
  return node.kind === 'product' && node.factors.length === 4 && node.divisors.length === 1;
}

function energyShaped(node: PlanNode): NodeOf<'product'> {
  if (!isEnergyShaped(node)) throw new RangeError(`a node of kind ${node.kind} was taken for an energy`);
  return node;
}

/** The divisor of an energy, where it is a fit at one input length: the input's part of it is then a number. */
function fitBelow(node: PlanNode, nodes: readonly PlanNode[]): NodeId | undefined {
  if (!isEnergyShaped(node)) return undefined;
  const fit = nodes[node.divisors[0]];
  return fit.kind === 'fit' && nodes[fit.input].kind === 'constant' ? node.divisors[0] : undefined;
}

function isFactorsShaped(node: PlanNode): node is NodeOf<'product'> {
  return node.kind === 'product' && node.factors.length === 4 && node.divisors.length === 0;
}

function factorsShaped(node: PlanNode): NodeOf<'product'> {
  if (!isFactorsShaped(node)) throw new RangeError(`a node of kind ${node.kind} was taken for four factors`);
  return node;
}

/** The last factor of an energy, where it is node-seconds of which only the output tokens are random. */
function secondsBelow(node: PlanNode, nodes: readonly PlanNode[]): NodeId | undefined {
  if (!isFactorsShaped(node)) return undefined;
  const [, , , last] = node.factors;
  const seconds = nodes[last];
  return seconds.kind === 'requestCost' && outputSecondsOf(seconds, nodes) ? last : undefined;
}
