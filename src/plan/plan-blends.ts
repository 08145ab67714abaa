import { TRIMS } from '../model/blend.js';
import { BASELINE, LINE_OF_SIGHT } from '../model/pathway.js';
import type { ResolvedPathway, ResolvedScenario } from '../scenario/resolved.js';
import type { NodeId } from './node.js';
import type { BlendMember, BlendMembers, Outcome, Plan, PoolMember } from './plan.js';
import { PlanBuilder } from './plan-builder.js';
import { planService } from './services.js';

/** How the streams of multipliers begin. */
export const PATHWAYS = 'pathways.';

/** Second pass: the same draws again, pooled into blends and divided by each pathway's multipliers. */
export function planBlends(scenario: ResolvedScenario, blends: readonly BlendMembers[]): Plan {
  const builder = new PlanBuilder(scenario);
  for (const blend of blends) {
    const members = blend.members.map((member) => planMember(scenario, blend, member, builder));
    for (const pathway of pathwaysOf(scenario, blend)) measurePathway(blend, pathway, members, builder);
  }
  return builder.plan(2, blends);
}

/** A blend's member, and what is pooled of it. */
interface PlannedMember {
  readonly outcome: Outcome;
  readonly pooled: PoolMember;
}

function planMember(
  scenario: ResolvedScenario,
  { regime: regimeName, formula, metric }: BlendMembers,
  { model: modelName, ...kept }: BlendMember,
  builder: PlanBuilder,
): PlannedMember {
  const regime = scenario.regimes.find(({ name }) => name === regimeName);
  const model = scenario.models.find(({ name }) => name === modelName);
  if (regime === undefined || model === undefined)
    throw new RangeError(`blend of a model that is not in the scenario: ${modelName} in ${regimeName}`);
  const { outcomes } = planService(scenario, regime, model, [formula], builder);
  const outcome = outcomes.find((one) => one.metric === metric);
  if (outcome === undefined) throw new RangeError(`${modelName} has no ${metric} to be pooled`);
  return { outcome, pooled: { node: outcome.node, ...kept } };
}

/** The baseline, every pathway of the scenario, and the fleet's line-of-sight improvement of the blend's regime. */
function pathwaysOf({ pathways, fleet }: ResolvedScenario, { blend, regime }: BlendMembers): ResolvedPathway[] {
  const distribution = blend === fleet?.blend ? fleet.line_of_sight[regime] : undefined;
  const lineOfSight = distribution && { name: LINE_OF_SIGHT, multipliers: [{ name: LINE_OF_SIGHT, distribution }] };
  return [{ name: BASELINE, multipliers: [] }, ...pathways, ...(lineOfSight ? [lineOfSight] : [])];
}

/** Counts a blend's energy divided by a pathway's multipliers, under every trim. */
function measurePathway(
  { blend, regime }: BlendMembers,
  { name: pathway, multipliers }: ResolvedPathway,
  planned: readonly PlannedMember[],
  builder: PlanBuilder,
): void {
  const factors = multipliers.map(({ name, distribution }) => {
    const variable = `${PATHWAYS}${name}`;
    builder.input({ variable, distribution });
    return builder.variable(variable, distribution);
  });
  const divisor = divisorOf(factors, builder);
  const members = planned.map(({ pooled }) => pooled);
  const formula = formulaOf(planned);
  const { metric, unit, boundary } = planned[0].outcome;
  const [untrimmed, trimmed] = (['all', 'kept'] as const).map((keep) =>
    builder.count({ kind: 'pool', members, divisor, keep }),
  );
  for (const trim of TRIMS) {
    const of = trim === 'none' ? untrimmed : trimmed;
    const names = {
      regime,
      subject_kind: 'blend',
      subject: blend,
      pathway,
      trim,
      metric,
      formula,
      boundary,
      ...(unit !== undefined && { unit }),
    } as const;
    builder.measure(names, of, { untrimmed });
  }
}

/** Models whose throughputs are of two forms make a blend of both. */
function formulaOf(planned: readonly PlannedMember[]): string {
  return [...new Set(planned.map(({ outcome }) => outcome.formula))].join(' and ');
}

function divisorOf(factors: readonly NodeId[], { graph }: PlanBuilder): NodeId {
  if (factors.length === 0) return graph.place({ kind: 'constant', value: 1, ln: 0 });
  return graph.place({ kind: 'product', factors, constant: 1, divisors: [] });
}
