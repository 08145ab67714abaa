import type { Algebra } from '../model/algebra.js';
import type { Graph } from './graph.js';
import type { NodeId } from './node.js';

/** A node, told apart from a number. */
export interface Term {
  readonly node: NodeId;
}

/** Writes formulas as nodes of a graph. */
export function graphAlgebra(graph: Graph): Algebra<Term> {
  const nodesOf = (terms: readonly Term[]) => terms.map(({ node }) => node);
  return {
    product(factors, divisors = []) {
      const nodes = factors.filter((factor) => typeof factor !== 'number');
      const constant = factors
        .filter((factor) => typeof factor === 'number')
        .reduce((product, one) => product * one, 1);
      return {
        node: graph.place({ kind: 'product', factors: nodesOf(nodes), constant, divisors: nodesOf(divisors) }),
      };
    },
    total: (terms) => ({ node: graph.place({ kind: 'total', terms: nodesOf(terms) }) }),
    known({ node }) {
      const found = graph.nodes[node];
      if (found.kind !== 'constant') throw new RangeError('a formula asks for the number of a term that varies');
      return found.value;
    },
    minimum: (of) => ({ node: graph.place({ kind: 'minimum', of: nodesOf(of) }) }),
  };
}
