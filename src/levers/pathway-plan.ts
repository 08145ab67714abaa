import type { Plan } from '../plan/plan.js';
import { PATHWAYS } from '../plan/plan-blends.js';
import { PlanBuilder } from '../plan/plan-builder.js';
import type { ResolvedPathway, ResolvedScenario } from '../scenario/resolved.js';

/** A plan in which energies and impacts are divided by the multipliers of a pathway, as in the blends of a run. */
export function pathwayPlan(scenario: ResolvedScenario, plan: Plan, { multipliers }: ResolvedPathway): Plan {
  const builder = new PlanBuilder(scenario);
  const places = builder.graph.takeIn(plan.nodes);
  const divisors = multipliers.map(({ name, distribution }) => builder.variable(`${PATHWAYS}${name}`, distribution));
  const divided = (node: number) =>
    builder.graph.place({ kind: 'product', factors: [places[node]], constant: 1, divisors });
  const services = plan.services.map((service) => ({
    ...service,
    outcomes: service.outcomes.map((outcome) => ({ ...outcome, node: divided(outcome.node) })),
  }));
  return { ...plan, services, nodes: builder.graph.nodes };
}
