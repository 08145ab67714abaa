import { closure, talliesOf } from '../../plan/dependence.js';
import { isComputed, isIndicator, type NodeId, operandsOf } from '../../plan/node.js';
import type { Counted, Plan } from '../../plan/plan.js';
import { inlinedNodes } from './fuse.js';

/** What of a plan the kernel draws and computes for each batch. */
export interface Needs {
  /** Nodes with columns, in the order of the plan. */
  readonly columns: readonly NodeId[];
  readonly drawn: readonly NodeId[];
  readonly computed: readonly NodeId[];
}

/** The columns that what is counted is counted from: no more are drawn or computed. */
export function needsOf(plan: Plan): Needs {
  const { nodes, counted } = plan;
  const tallies = talliesOf(plan);
  const isTallied = (place: number) => tallies.some((tally) => tally.counted.includes(place));
  const roots = [
    ...tallies.map(({ tokens }) => tokens),
    ...counted.flatMap((what, place) => (isTallied(place) ? [] : readBy(what, plan))),
  ];
  const inlined = inlinedNodes(nodes, roots);
  const needed = closure(nodes, roots).filter((id) => !inlined.has(id));
  // Tallies are spread over columns of their own, but for what is the same in every draw.
  const all = closure(
    nodes,
    counted.flatMap((what) => readBy(what, plan)),
  );
  const constants = all.filter((id) => nodes[id].kind === 'constant');
  return {
    columns: [...new Set([...needed, ...constants])].sort((a, b) => a - b),
    drawn: needed.filter((id) => nodes[id].kind === 'draw' || nodes[id].kind === 'session'),
    computed: needed.filter((id) => isComputed(nodes[id])),
  };
}

/** Columns that are read to count something: indicators are counted from their operands. */
function readBy(what: Counted, { nodes }: Plan): NodeId[] {
  if (what.kind === 'pool') return [...what.members.map(({ node }) => node), what.divisor];
  return isIndicator(nodes[what.of]) ? operandsOf(nodes[what.of]) : [what.of];
}
