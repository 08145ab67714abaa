import type { ImpactPart, ImpactSymbol } from '../model/impact/impact.js';
import { IMPACTS } from '../model/impact/index.js';
import { IMPACT_INPUTS, isImpactInput } from '../model/impact/inputs.js';
import type { Input, ResultName } from '../model/quantities.js';
import type { ResolvedImpact } from '../scenario/resolved.js';
import { graphAlgebra, type Term } from './graph-algebra.js';
import type { NodeId } from './node.js';
import type { Outcome } from './plan.js';
import type { PlanBuilder } from './plan-builder.js';

/** What impacts may know of a service beside its energy. */
interface KnownNodes extends Readonly<Partial<Record<Input, NodeId>>> {
  readonly nodeSeconds: () => NodeId;
}

/** The impacts of an energy that follow from what is stated: those of which all parts are known. */
export function planImpacts(
  impact: ResolvedImpact | undefined,
  energy: Outcome,
  known: KnownNodes,
  builder: PlanBuilder,
): Outcome[] {
  if (impact === undefined) return [];
  const { graph } = builder;
  return IMPACTS.flatMap(({ metric, parts }) => {
    const told = parts.flatMap((part) => {
      const node = partNode(part, impact, energy, known, builder);
      return node === undefined ? [] : [{ ...energy, ...unitOf(impact, metric), metric: part.metric, node }];
    });
    if (told.length < 2) return told.map((part) => ({ ...part, metric }));
    const node = graph.place({ kind: 'total', terms: told.map((part) => part.node) });
    return [{ ...told[0], metric, node }, ...told];
  });
}

/** What a cost is in only the scenario says. */
function unitOf({ currency }: ResolvedImpact, metric: ResultName): { readonly unit?: string } {
  return metric === 'cost' ? { unit: `${currency}/query` } : {};
}

function partNode(
  { takes, of }: ImpactPart,
  impact: ResolvedImpact,
  energy: Outcome,
  known: KnownNodes,
  builder: PlanBuilder,
): NodeId | undefined {
  if (takes.some((symbol) => isImpactInput(symbol) && impact[symbol] === undefined)) return undefined;
  const terms = takes.map((symbol): [ImpactSymbol, Term | undefined] => {
    const node = symbol === 'energy' ? energy.node : nodeOf(symbol, impact, known, builder);
    return [symbol, node === undefined ? undefined : { node }];
  });
  const symbols = Object.fromEntries(terms) as Record<ImpactSymbol, Term>;
  return of(symbols, graphAlgebra(builder.graph)).node;
}

function nodeOf(
  symbol: Exclude<ImpactSymbol, 'energy'>,
  impact: ResolvedImpact,
  known: KnownNodes,
  builder: PlanBuilder,
): NodeId | undefined {
  if (symbol === 'node_seconds') return known.nodeSeconds();
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
