import { exp } from '../distributions/elementary.js';
import { evaluate } from './evaluate.js';
import { isComputed, moved, type NodeId, type NodeKind, operandsOf, type PlanNode } from './node.js';

/**
 * Nodes under construction: equal nodes are one node, and a node of constants is a constant. Nodes are never changed, removed
 * or sorted, and their operands stay in the order in which they are named: sums of rounded numbers depend on it.
 */
export class Graph {
  readonly nodes: PlanNode[] = [];
  readonly #known = new Map<string, NodeId>();

  /** A node's position: its own if it is new, that of its equal if not. */
  place(node: PlanNode): NodeId {
    const same = this.#sameAs(node);
    if (same !== undefined) return same;
    const simplest = this.#folded(node);
    const identity = exactText(simplest);
    const known = this.#known.get(identity) ?? this.nodes.push(Object.freeze(simplest)) - 1;
    this.#known.set(identity, known);
    return known;
  }

  /** Takes in all nodes of another graph; returns where each of them is here. */
  takeIn(nodes: readonly PlanNode[]): NodeId[] {
    const places: NodeId[] = [];
    for (const node of nodes) places.push(this.place(moved<NodeKind>(node, (operand) => places[operand]) as PlanNode));
    return places;
  }

  /** The operand that a node is by itself: a sum with nothing added, a product of one factor, what is so in any case. */
  #sameAs(node: PlanNode): NodeId | undefined {
    if (node.kind === 'weightedSum') {
      const weight = this.nodes[node.weight];
      return weight.kind === 'constant' && weight.value === 0 ? node.base : undefined;
    }
    if (node.kind === 'decoded') {
      const reasoning = this.nodes[node.reasoning];
      return reasoning.kind === 'constant' && reasoning.value === 0 ? node.answer : undefined;
    }
    if (node.kind === 'conditional') {
      const condition = this.nodes[node.on];
      return condition.kind === 'constant' && Number.isFinite(condition.ln) ? node.of : undefined;
    }
    if (node.kind !== 'product') return undefined;
    const isAlone = node.factors.length === 1 && node.divisors.length === 0 && node.constant === 1;
    return isAlone ? node.factors[0] : undefined;
  }

  /** The constant that a node of constants is, by the definition of its kind; else the node. */
  #folded(node: PlanNode): PlanNode {
    if (!isComputed(node) || !operandsOf(node).every((operand) => this.nodes[operand].kind === 'constant')) return node;
    const column = (of: 'value' | 'ln') =>
      this.nodes.map((operand) => Float64Array.of(operand.kind === 'constant' ? operand[of] : Number.NaN));
    const [ln, value] = [new Float64Array(1), new Float64Array(1)];
    evaluate<typeof node.kind>(node, { value: column('value'), ln: column('ln') }, 1, ln, value);
    return { kind: 'constant', value: node.kind === 'decoded' ? value[0] : exp(ln[0]), ln: ln[0] };
  }
}

/**
 * Text that differs wherever two pieces of plain data do: numbers that are infinite or none, and both zeros, are told apart, which
 * JSON does not. Plans of a sweep's cells spend much of their time here, hence no `JSON.stringify` with a replacer.
 */
export function exactText(data: unknown): string {
  if (typeof data === 'number') return Object.is(data, -0) ? '-0' : `${data}`;
  if (typeof data !== 'object' || data === null) return JSON.stringify(data) ?? 'undefined';
  if (Array.isArray(data)) return `[${data.map(exactText).join()}]`;
  let text = '{';
  for (const [key, value] of Object.entries(data)) {
    if (value !== undefined) text += `${JSON.stringify(key)}:${exactText(value)},`;
  }
  return `${text}}`;
}
