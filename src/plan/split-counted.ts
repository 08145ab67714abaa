import { Graph } from './graph.js';
import type { NodeId } from './node.js';
import type { Counted, CountedPool, Plan } from './plan.js';
import { type Part, type Power, type Split, splitter } from './split.js';

/** How the distribution of what a plan counts is found. */
export type CountedSplit =
  /** As a product, its parts integrated or drawn and convolved. */
  | { readonly kind: 'product'; readonly of: Split }
  /** Pooled from its members, trimmed by rank, and over a divisor that is independent of them. */
  | {
      readonly kind: 'pool';
      readonly members: readonly Split[];
      readonly divisor: Split;
      readonly keep: CountedPool['keep'];
    }
  /** Drawn and counted as ever: nothing in it is independent of what must be drawn. */
  | { readonly kind: 'drawn'; readonly of: readonly Split[] };

/** What is integrated, and what is drawn, of all that a plan counts, in its order. Pure. */
export function splitCounted({ nodes, counted }: Pick<Plan, 'nodes' | 'counted'>): CountedSplit[] {
  const split = splitter(nodes);
  return counted.map((what) => (what.kind === 'node' ? splitNode(what.of, split) : splitPool(what, split)));
}

type Splitter = ReturnType<typeof splitter>;

function splitNode(node: NodeId, split: Splitter): CountedSplit {
  const of = split([{ node, power: 1 }]);
  return of.parts.length === 1 && of.parts[0].obstacle ? { kind: 'drawn', of: [of] } : { kind: 'product', of };
}

function splitPool({ members, divisor: of, keep }: CountedPool, split: Splitter): CountedSplit {
  const dividing: Power = { node: of, power: -1 };
  const divisor = split([dividing]);
  const own = members.map(({ node }) => split([{ node, power: 1 }]));
  const whole = members.map(({ node }) => split([{ node, power: 1 }, dividing]));
  const isApart = whole.every(({ parts }, i) => parts.length === own[i].parts.length + divisor.parts.length);
  const isIntegrated = [...own, divisor].some(({ parts }) => parts.some(({ obstacle }) => !obstacle));
  const isConstant = [...own, divisor].every(({ parts }) => parts.length === 0);
  if (!isApart || !(isIntegrated || isConstant)) return { kind: 'drawn', of: whole };
  return { kind: 'pool', members: own, divisor, keep };
}

/** What must be drawn for a plan's distributions, and where that stands in what is counted. */
export interface Drawn {
  readonly plan: Plan;
  /** Places of parts, by `partText`. */
  readonly parts: ReadonlyMap<string, number>;
  /** Places of what is counted as ever, by its place in the whole plan. */
  readonly whole: ReadonlyMap<number, number>;
}

/** The plan that draws no more than what cannot be integrated. Its draws are those of the whole plan, to the bit. */
export function drawnPlan(plan: Plan, splits: readonly CountedSplit[]): Drawn {
  const graph = new Graph();
  // Nothing drawn, nothing to plan: it would take as long as all integrals.
  const isDrawn = splits.some((split) => split.kind === 'drawn' || drawnParts(split).length > 0);
  const places = isDrawn ? graph.takeIn(plan.nodes) : [];
  const counted: Counted[] = [];
  const whole = new Map<number, number>();
  const parts = new Map<string, number>();
  splits.forEach((split, place) => {
    if (split.kind === 'drawn') whole.set(place, counted.push(movedTo(plan.counted[place], places)) - 1);
    for (const part of drawnParts(split)) {
      if (!parts.has(partText(part))) parts.set(partText(part), counted.push(countPart(part, places, graph)) - 1);
    }
  });
  return { plan: { ...plan, nodes: graph.nodes, counted, measures: [], inputs: [] }, parts, whole };
}

function drawnParts(split: CountedSplit): Part[] {
  if (split.kind === 'drawn') return [];
  const splits = split.kind === 'product' ? [split.of] : [...split.members, split.divisor];
  return splits.flatMap(({ parts }) => parts.filter(({ obstacle }) => obstacle));
}

/** Tells parts of one plan apart. */
export function partText({ powers }: Part): string {
  return powers.map(({ node, power }) => `${node}^${power}`).join();
}

function countPart({ powers }: Part, places: readonly NodeId[], graph: Graph): Counted {
  const times = (sign: number) =>
    powers.flatMap(({ node, power }) => Array<NodeId>(power === 0 ? 1 : Math.max(0, sign * power)).fill(places[node]));
  return { kind: 'node', of: graph.place({ kind: 'product', factors: times(1), constant: 1, divisors: times(-1) }) };
}

function movedTo(what: Counted, places: readonly NodeId[]): Counted {
  if (what.kind === 'node') return { ...what, of: places[what.of] };
  const members = what.members.map((member) => ({ ...member, node: places[member.node] }));
  return { ...what, members, divisor: places[what.divisor] };
}
