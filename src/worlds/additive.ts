import type { Distribution } from '../distributions/index.js';
import type { FormulaName } from '../model/formulas/index.js';
import { exactText } from '../plan/graph.js';
import type { NodeId } from '../plan/node.js';
import type { Plan } from '../plan/plan.js';
import { planModels } from '../plan/plan-models.js';
import { type Part, splitter } from '../plan/split.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Subject } from '../subjects/subjects.js';

/** A variable whose logarithm is a term of its own in the logarithm of an energy. */
export interface Additive {
  readonly variable: string;
  readonly distribution: Distribution;
  /** That of the variable in the energy. */
  readonly power: number;
}

/**
 * The variables that are factors of a subject's energy by themselves, the same for every member and by every formula: what they do to
 * log-variance is their own, and exact.
 */
export function additiveVariables(
  scenario: ResolvedScenario,
  subject: Subject,
  formulas: readonly FormulaName[],
): Additive[] {
  const found = formulas.flatMap((formula) => {
    const plan = planOf(scenario, subject, formula);
    const split = splitter(plan.nodes);
    const energies = plan.services.flatMap(({ quantities }) => quantities.energy ?? []);
    return energies.map((node) => split([{ node, power: 1 }]).parts.flatMap((part) => singleOf(plan, part)));
  });
  const [first = [], ...others] = found;
  return first.filter((one) => others.every((own) => own.some((other) => exactText(other) === exactText(one))));
}

function planOf(scenario: ResolvedScenario, { regime, members }: Subject, formula: FormulaName): Plan {
  const models = scenario.models.filter(({ name }) => members.includes(name));
  const own = { ...scenario, formulas: [formula], regimes: [regime], models };
  return planModels({ ...own, non_production: [], samples: BLOCK_SIZE });
}

/** A part that is one draw to a power; whole numbers of tokens are none, for they are rounded. */
function singleOf({ nodes }: Plan, { powers: [{ node, power }, ...rest], leaves, obstacle }: Part): Additive[] {
  const drawn = nodes[node as NodeId];
  if (obstacle || rest.length > 0 || leaves.length !== 1 || drawn.kind !== 'draw' || drawn.scale === 'tokens')
    return [];
  return [{ variable: drawn.variable, distribution: drawn.distribution, power }];
}
