import { exactText, Graph } from './graph.js';
import type { NodeId } from './node.js';
import type { Counted, Plan } from './plan.js';

/** One of the plans that a merged one stands for. */
export interface PlanPart {
  readonly plan: Plan;
  /** Where what it counts is in the merged plan. */
  readonly counted: readonly number[];
}

/**
 * One plan that draws and counts for several: equal nodes are one node, so scenarios of one seed that differ in one input draw
 * the others once for all, and count once what does not follow from it. Draws are a pure function of seed, variable and index,
 * so each plan's counts are those that it has alone.
 */
export class MergedPlan {
  /** In the order in which they were taken in. */
  readonly parts: PlanPart[] = [];
  readonly #first: Plan;
  readonly #graph = new Graph();
  readonly #counted: Counted[] = [];
  readonly #known = new Map<string, number>();

  /** @param plans one at least, of as many samples and of one sampler, as all that are added */
  constructor(plans: readonly Plan[]) {
    this.#first = plans[0];
    for (const plan of plans) this.add(plan);
  }

  /** Takes in one more plan. */
  add(plan: Plan): void {
    const places = this.#graph.takeIn(plan.nodes);
    this.parts.push({ plan, counted: plan.counted.map((what) => this.#place(movedCount(what, places))) });
  }

  /** All that was taken in; rows and names stay with the parts. */
  get plan(): Plan {
    const { pass, samples, sampler } = this.#first;
    const nothing = { measures: [], services: [], inputs: [], blends: [] };
    return { pass, samples, sampler, nodes: this.#graph.nodes, counted: this.#counted, ...nothing };
  }

  #place(what: Counted): number {
    const identity = exactText(what);
    const place = this.#known.get(identity) ?? this.#counted.push(what) - 1;
    this.#known.set(identity, place);
    return place;
  }
}

function movedCount(what: Counted, places: readonly NodeId[]): Counted {
  if (what.kind === 'node') return { ...what, of: places[what.of] };
  const members = what.members.map((member) => ({ ...member, node: places[member.node] }));
  return { ...what, members, divisor: places[what.divisor] };
}
