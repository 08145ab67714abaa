import type { NodeId } from './node.js';
import type { PlanBuilder } from './plan-builder.js';

/** A node times a constant; the node itself for 1, so that what changes nothing leaves its bits. */
export function scaled(node: NodeId, factor: number, { graph }: PlanBuilder): NodeId {
  return factor === 1 ? node : graph.place({ kind: 'product', factors: [node], constant: factor, divisors: [] });
}
