import type { Distribution } from '../distributions/index.js';
import { LINE_OF_SIGHT } from '../model/pathway.js';
import { exactText } from '../plan/graph.js';
import type { PooledModels } from '../plan/plan.js';
import { forEachVariable } from '../plan/variables.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Factor } from './factors.js';
import { isCorrelated, sourceOf } from './sources.js';

/** What makes a fleet's day uncertain. */
export interface DaySources {
  /** Shared factors of every regime alike: terms of their own in the logarithm of a day. */
  readonly factors: readonly (Factor & { readonly distribution: Distribution })[];
  /** All other shared variables that a day depends on, by source. */
  readonly others: ReadonlyMap<string, readonly string[]>;
}

/** @param factors those that worlds are multiplied by */
export function daySources(
  scenario: ResolvedScenario,
  factors: readonly Factor[],
  chosen: readonly PooledModels[],
): DaySources {
  const stated = distributionsOf(scenario);
  const isWhole = ({ variable }: Factor) =>
    stated.get(variable)?.length === 1 && !isCorrelated(variable, scenario.correlation);
  const whole = factors.filter(isWhole).filter(({ variable }) => isOfDay(variable, scenario, chosen));
  const others = new Map<string, string[]>();
  for (const variable of Object.keys(scenario.shared ?? {})) {
    if (whole.some((factor) => factor.variable === variable) || !isOfDay(variable, scenario, chosen)) continue;
    const source = sourceOf(variable, scenario);
    others.set(source, [...(others.get(source) ?? []), variable]);
  }
  return { factors: whole.map((one) => ({ ...one, distribution: stated.get(one.variable)![0] })), others };
}

/** The distributions that a scenario states for each variable, each once. */
function distributionsOf(scenario: ResolvedScenario): Map<string, Distribution[]> {
  const stated = new Map<string, Distribution[]>();
  forEachVariable(scenario, (name, distribution) => {
    const known = stated.get(name) ?? [];
    if (!known.some((other) => exactText(other) === exactText(distribution))) known.push(distribution);
    stated.set(name, known);
  });
  return stated;
}

/** Whether the energy of a fleet's day depends on a variable: pathways and other models do not change it. */
export function isOfDay(
  variable: string,
  { fleet, models }: ResolvedScenario,
  chosen: readonly PooledModels[],
): boolean {
  if (variable.startsWith('pathways.')) return variable === `pathways.${LINE_OF_SIGHT}`;
  const owner = models.find(({ name }) => variable.startsWith(`models.${name}.`));
  if (owner === undefined) return !variable.startsWith('impact.');
  return chosen.some(
    ({ blend, members }) => blend === fleet?.blend && members.some(({ model }) => model === owner.name),
  );
}
