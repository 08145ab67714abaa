import { isIndicator, type NodeId, operandsOf, type PlanNode } from './node.js';
import type { Plan } from './plan.js';

/** For each node, the random variables that it depends on: its own draw, or all of its operands'. */
export function drawsAbove(nodes: readonly PlanNode[]): ReadonlySet<NodeId>[] {
  const above: Set<NodeId>[] = [];
  nodes.forEach((node, id) => {
    above.push(
      node.kind === 'draw' || node.kind === 'session'
        ? new Set([id])
        : new Set(operandsOf(node).flatMap((operand) => [...above[operand]])),
    );
  });
  return above;
}

/** All nodes that some are made of, these included, in the order of the plan. */
export function closure(nodes: readonly PlanNode[], roots: readonly NodeId[]): NodeId[] {
  const seen = new Set<NodeId>();
  const visit = (id: NodeId) => {
    if (seen.has(id)) return;
    seen.add(id);
    operandsOf(nodes[id]).forEach(visit);
  };
  roots.forEach(visit);
  return [...seen].sort((a, b) => a - b);
}

/** Token counts, and what depends on them alone: it is counted once for each count that was drawn, not draw by draw. */
export interface Tally {
  /** The random token counts. */
  readonly tokens: NodeId;
  /** What is counted with them, the token counts themselves included where they are: positions in the plan's list. */
  readonly counted: readonly number[];
}

/** The token counts of a plan that are worth a tally: something else than indicators of them is counted. */
export function talliesOf({ nodes, counted }: Plan): Tally[] {
  const above = drawsAbove(nodes);
  const byTokens = new Map<NodeId, number[]>();
  counted.forEach((what, place) => {
    if (what.kind !== 'node' || above[what.of].size !== 1) return;
    const [tokens] = above[what.of];
    const draw = nodes[tokens];
    if (draw.kind === 'draw' && draw.scale === 'tokens') byTokens.set(tokens, [...(byTokens.get(tokens) ?? []), place]);
  });
  const isWorthIt = ([tokens, places]: readonly [NodeId, readonly number[]]) =>
    places.some((place) => {
      const what = counted[place];
      return what.kind === 'node' && what.of !== tokens && !isIndicator(nodes[what.of]);
    });
  return [...byTokens].filter(isWorthIt).map(([tokens, places]) => ({ tokens, counted: places }));
}
