import type { ImpactSymbol } from '../model/impact/impact.js';
import { IMPACTS } from '../model/impact/index.js';
import { IMPACT_INPUTS, isImpactInput } from '../model/impact/inputs.js';
import type { ResolvedImpact } from '../scenario/resolved.js';
import { graphAlgebra, type Term } from './graph-algebra.js';
import type { NodeId } from './node.js';
import type { Outcome } from './plan.js';
import type { PlanBuilder } from './plan-builder.js';

/** What impacts may know of a service beside its energy. */
type KnownNodes = Readonly<Partial<Record<ImpactSymbol, NodeId>>>;

/** The impacts of an energy that follow from what is stated: those of which all parts are known. */
export function planImpacts(
  impact: ResolvedImpact | undefined,
  energy: Outcome,
  known: KnownNodes,
  builder: PlanBuilder,
): Outcome[] {
  if (impact === undefined) return [];
  return IMPACTS.flatMap(({ metric, takes, of }) => {
    const terms = takes.map((symbol): [ImpactSymbol, Term | undefined] => {
      const node = symbol === 'energy' ? energy.node : nodeOf(symbol, impact, known, builder);
      return [symbol, node === undefined ? undefined : { node }];
    });
    if (terms.some(([, term]) => term === undefined)) return [];
    const symbols = Object.fromEntries(terms) as Record<ImpactSymbol, Term>;
    return [{ ...energy, metric, node: of(symbols, graphAlgebra(builder.graph)).node }];
  });
}

function nodeOf(
  symbol: Exclude<ImpactSymbol, 'energy'>,
  impact: ResolvedImpact,
  known: KnownNodes,
  builder: PlanBuilder,
): NodeId | undefined {
  if (!isImpactInput(symbol)) return known[symbol];
  const distribution = impact[symbol];
  return distribution && builder.variable(IMPACT_INPUTS[symbol].key, distribution);
}

/** Tells readers of what is stated for impacts. */
export function tellImpact(impact: ResolvedImpact, builder: PlanBuilder): void {
  for (const [input, distribution] of Object.entries(impact)) {
    if (isImpactInput(input)) builder.input({ variable: IMPACT_INPUTS[input].key, distribution });
  }
}
