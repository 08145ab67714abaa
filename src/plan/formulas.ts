import type { DerivedSymbol, Formula, FormulaSymbol } from '../model/formulas/formula.js';
import { FORMULAS, type FormulaName } from '../model/formulas/index.js';
import { isModelParameter, type ModelParameter } from '../model/model-parameters.js';
import type { Input } from '../model/quantities.js';
import type { ResolvedModel } from '../scenario/resolved.js';
import { graphAlgebra, type Term } from './graph-algebra.js';
import type { NodeId } from './node.js';
import type { Outcome } from './plan.js';
import type { PlanBuilder } from './plan-builder.js';

/** Nodes of a service's inputs and of what follows from them. */
export type ServiceNodes = Readonly<Partial<Record<Input | DerivedSymbol, NodeId>>>;

/** A query's energy by one formula, and the time that it takes of a node, which is placed where somebody asks for it. */
export interface PlannedFormula {
  readonly energy: Omit<Outcome, 'asked'>;
  readonly nodeSeconds: () => NodeId;
}

/** What a service is made of: nodes that time follows from and, where power is managed, those that energy does in their place. */
export interface FormulaNodes {
  readonly nodes: ServiceNodes;
  readonly powered: ServiceNodes;
}

/** A service's energy by one formula. Managed power is the node's: a formula with a power of its own sees the time alone. */
export function planFormula(
  name: FormulaName,
  model: ResolvedModel,
  { nodes, powered }: FormulaNodes,
  builder: PlanBuilder,
): PlannedFormula {
  const formula: Formula = FORMULAS[name];
  const algebra = graphAlgebra(builder.graph);
  const isOfNode = formula.takes.includes('power_utilization');
  const symbols = symbolsOf(formula, model, nodes, builder);
  const energetic = isOfNode ? symbolsOf(formula, model, { ...nodes, ...powered }, builder) : symbols;
  const { node } = formula.energy(energetic, algebra);
  return {
    energy: { metric: 'energy', formula: formula.name, boundary: formula.boundary, node },
    nodeSeconds: () => formula.node_seconds(symbols, algebra).node,
  };
}

function symbolsOf(
  formula: Formula,
  model: ResolvedModel,
  nodes: ServiceNodes,
  builder: PlanBuilder,
): Record<FormulaSymbol, Term> {
  const terms = formula.takes.map((symbol): [FormulaSymbol, Term] => {
    const node = nodeOf(symbol, model, nodes, builder);
    if (node === undefined) throw new RangeError(`${formula.name} takes ${symbol}, which ${model.name} has not`);
    return [symbol, { node }];
  });
  return Object.fromEntries(terms) as Record<FormulaSymbol, Term>;
}

function nodeOf(
  symbol: FormulaSymbol,
  model: ResolvedModel,
  nodes: ServiceNodes,
  builder: PlanBuilder,
): NodeId | undefined {
  if (isModelParameter(symbol)) return planParameter(symbol, model, builder);
  return nodes[symbol] ?? (symbol === 'node_seconds' ? secondsByRate(nodes, builder) : undefined);
}

/** A throughput in tokens per second says how long a query takes. */
function secondsByRate({ effective_tokens, tps }: ServiceNodes, { graph }: PlanBuilder): NodeId | undefined {
  if (effective_tokens === undefined || tps === undefined) return undefined;
  return graph.place({ kind: 'product', factors: [effective_tokens], constant: 1, divisors: [tps] });
}

function planParameter(parameter: ModelParameter, model: ResolvedModel, builder: PlanBuilder): NodeId | undefined {
  const distribution = model[parameter];
  return distribution && builder.variable(`models.${model.name}.${parameter}`, distribution);
}
