import { ln } from '../../distributions/elementary.js';
import { LN_SHORTEST_LENGTH } from '../../model/throughput/throughput.js';
import { closure } from '../../plan/dependence.js';
import { type NodeId, type NodeOf, operandsOf, type PlanNode } from '../../plan/node.js';
import { compiledFit } from './fit.js';
import type { Address, Step } from './operations.js';
import type { NamedStep, StepContext } from './steps.js';

/** One operation in place of several: tried in this order, the first that fits is taken. */
type Peephole = (node: PlanNode, out: Address, context: StepContext) => Pick<NamedStep, 'rule' | 'run'> | undefined;

const PEEPHOLES: readonly Peephole[] = [fittedEnergy, energy];

/** The fused step of a node; undefined where none fits. */
export function fused(node: PlanNode, out: Address, context: StepContext): Pick<NamedStep, 'rule' | 'run'> | undefined {
  for (const peephole of PEEPHOLES) {
    const step = peephole(node, out, context);
    if (step) return step;
  }
  return undefined;
}

/**
 * Fits that no column need hold: only products read them, and compute them on their way.
 *
 * @param roots nodes whose columns are looked at
 */
export function inlinedFits(nodes: readonly PlanNode[], roots: readonly NodeId[]): ReadonlySet<NodeId> {
  const read = new Set(roots);
  const inlined = new Set<NodeId>();
  for (const id of closure(nodes, roots)) {
    for (const operand of operandsOf(nodes[id])) {
      if (fitBelow(nodes[id], nodes) === operand) inlined.add(operand);
      else read.add(operand);
    }
  }
  return new Set([...inlined].filter((id) => !read.has(id)));
}

type EnergyShape = NodeOf<'product'> & {
  readonly factors: readonly [NodeId, NodeId, NodeId, NodeId];
  readonly divisors: readonly [NodeId];
};

/** Four factors and a constant over one divisor, as energy is. */
function isEnergyShaped(node: PlanNode): node is EnergyShape {
  return node.kind === 'product' && node.factors.length === 4 && node.divisors.length === 1;
}

/** The divisor of an energy, where it is a fit at one input length: the input's part of it is then a number. */
function fitBelow(node: PlanNode, nodes: readonly PlanNode[]): NodeId | undefined {
  if (!isEnergyShaped(node)) return undefined;
  const fit = nodes[node.divisors[0]];
  return fit.kind === 'fit' && nodes[fit.input].kind === 'constant' ? node.divisors[0] : undefined;
}

/** An energy whose throughput no column holds. */
function fittedEnergy(node: PlanNode, out: Address, { nodes, columns, operations }: StepContext) {
  const below = fitBelow(node, nodes);
  if (below === undefined || !isEnergyShaped(node) || columns.ln[below].length > 0) return undefined;
  const fit = nodes[below] as NodeOf<'fit'>;
  const { start, ofOutput, outputMiddle, lnCap } = compiledFit(fit, nodes);
  const [a, b, c, d] = node.factors.map((id) => columns.ln[id].byteOffset);
  const lnOutput = columns.ln[fit.output].byteOffset;
  const unit = ln(node.constant);
  const run: Step = (_block, at) =>
    operations.fittedEnergy(
      a + at,
      b + at,
      c + at,
      d + at,
      unit,
      lnOutput + at,
      start,
      ofOutput,
      outputMiddle,
      LN_SHORTEST_LENGTH,
      lnCap,
      out + at,
    );
  return { rule: 'fitted energy', run };
}

function energy(node: PlanNode, out: Address, { columns, operations }: StepContext) {
  if (!isEnergyShaped(node)) return undefined;
  const [a, b, c, d] = node.factors.map((id) => columns.ln[id].byteOffset);
  const divisor = columns.ln[node.divisors[0]].byteOffset;
  const unit = ln(node.constant);
  const run: Step = (_block, at) => operations.energy(a + at, b + at, c + at, d + at, unit, divisor + at, out + at);
  return { rule: 'energy', run };
}
