import { LawMemory } from '../kernel/integration/law-memory.js';
import { Graph } from '../plan/graph.js';
import type { PlanNode } from '../plan/node.js';
import { type Split, splitter } from '../plan/split.js';
import type { Integrated } from '../sketch/integrated.js';
import type { NodePair, PairPlans } from './pairs-job.js';

/**
 * Distributions of energy in B over energy in A, by subject: both plans in one graph, where equal nodes are one node, so
 * that the factors which both draw alike cancel. Undefined where something must be drawn, as an input is whose
 * distribution differs: its two values come of one uniform number.
 */
export async function integratedRatios(
  [planA, planB]: PairPlans,
  subjects: readonly (readonly NodePair[])[],
): Promise<(Integrated | undefined)[]> {
  const graph = new Graph();
  const [inA, inB] = [graph.takeIn(planA.nodes), graph.takeIn(planB.nodes)];
  const split = splitter(graph.nodes);
  const memory = new LawMemory();
  const ratioOf = ([a, b]: NodePair) =>
    split([
      { node: inB[b], power: 1 },
      { node: inA[a], power: -1 },
    ]);
  return Promise.all(subjects.map((pairs) => pooledRatio(graph.nodes, pairs.map(ratioOf), memory)));
}

async function pooledRatio(
  nodes: readonly PlanNode[],
  ratios: readonly Split[],
  memory: LawMemory,
): Promise<Integrated | undefined> {
  if (ratios.some(({ parts }) => parts.some(({ obstacle }) => obstacle))) return undefined;
  const members = ratios.map(async ({ parts, lnConstant }) =>
    memory.product(await Promise.all(parts.map((part) => memory.partLaw(nodes, part))), lnConstant),
  );
  return memory.integrated(memory.pool(await Promise.all(members), 'all'));
}
