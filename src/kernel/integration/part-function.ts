import { closure } from '../../plan/dependence.js';
import { type Columns, evaluate } from '../../plan/evaluate.js';
import { isComputed, type NodeId, type PlanNode } from '../../plan/node.js';
import type { Part } from '../../plan/split.js';
import type { InputColumn } from './draw-points.js';

/** ln of a part's product for each value of the random input that it has. */
export type PartFunction = (input: InputColumn) => Float64Array;

/** A part of one random input as a function of it, by the definition of its nodes. */
export function partFunction(nodes: readonly PlanNode[], { powers, leaves: [leaf] }: Part): PartFunction {
  const order = closure(
    nodes,
    powers.map(({ node }) => node),
  );
  return (input) => {
    const columns = columnsOf(nodes, order, leaf, input);
    const sum = new Float64Array(input.values.length);
    for (const { node, power } of powers) {
      const lnValues = columns.ln[node];
      for (let i = 0; i < sum.length; i++) sum[i] += power * lnValues[i];
    }
    return sum;
  };
}

function columnsOf(
  nodes: readonly PlanNode[],
  order: readonly NodeId[],
  leaf: NodeId,
  { values, lnValues }: InputColumn,
): Columns<Float64Array> {
  const n = values.length;
  const value: Float64Array[] = [];
  const ln: Float64Array[] = [];
  for (const id of order) {
    const node = nodes[id];
    ln[id] = id === leaf ? lnValues : new Float64Array(n);
    if (id === leaf) value[id] = values;
    else if (node.kind === 'constant') {
      value[id] = new Float64Array(n).fill(node.value);
      ln[id].fill(node.ln);
    } else if (isComputed(node)) {
      value[id] = new Float64Array(node.kind === 'decoded' ? n : 0);
      evaluate<typeof node.kind>(node, { value, ln }, n, ln[id], value[id]);
    }
  }
  return { value, ln };
}
