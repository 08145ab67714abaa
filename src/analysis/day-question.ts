import { supportOf } from '../distributions/support.js';
import { INPUTS, isInput } from '../model/quantities.js';
import type { PooledModels } from '../plan/plan.js';
import { forEachVariable } from '../plan/variables.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { isOfDay } from '../worlds/day-sources.js';
import { plainScenario } from '../worlds/plain-scenario.js';
import { asksForWorlds } from '../worlds/run-worlds.js';
import { sourceOf } from '../worlds/sources.js';
import type { UncertainScenario } from '../worlds/world-plans.js';
import { LEVEL_DRAWS } from './levels.js';

/** What may move a fleet's day: one variable, or all that one source of uncertainty is made of. */
export interface DaySource {
  readonly name: string;
  readonly variables: readonly string[];
}

/** What a fleet's day is asked about: a scenario without all that a day does not depend on. */
export interface DayQuestion {
  readonly scenario: UncertainScenario;
  /** Whether the scenario says what all queries share; else each source is taken for shared, one at a time. */
  readonly stated: boolean;
  readonly sources: readonly DaySource[];
}

/** @param chosen which models the fleet's blend pools in each regime */
export function dayQuestion(whole: ResolvedScenario, chosen: readonly PooledModels[]): DayQuestion {
  const stated = asksForWorlds(whole);
  const uncertainty = stated ? whole.uncertainty : { worlds: 1, samples: LEVEL_DRAWS };
  const scenario = { ...leanScenario(whole, chosen), uncertainty };
  const sources = stated ? sharedSources(scenario, chosen) : variedSources(scenario, chosen);
  return { scenario, stated, sources };
}

/** Without models that the fleet's blend pools nowhere, and other blends: they would be drawn in every world. */
function leanScenario(whole: ResolvedScenario, chosen: readonly PooledModels[]): ResolvedScenario {
  const members = new Set(chosen.flatMap((one) => one.members.map(({ model }) => model)));
  const scenario = plainScenario(whole);
  return {
    ...scenario,
    models: scenario.models.filter(({ name }) => members.has(name)),
    blends: scenario.blends.filter(({ name }) => name === scenario.fleet?.blend),
  };
}

function sharedSources(scenario: UncertainScenario, chosen: readonly PooledModels[]): DaySource[] {
  const sources = new Map<string, string[]>();
  const varying = new Set(varyingVariables(scenario));
  for (const variable of Object.keys(scenario.shared ?? {})) {
    if (!varying.has(variable) || !isOfDay(variable, scenario, chosen)) continue;
    const source = sourceOf(variable, scenario);
    sources.set(source, [...(sources.get(source) ?? []), variable]);
  }
  return [...sources].map(([name, variables]) => ({ name, variables }));
}

/** All that varies but the lengths of queries, which nobody takes for alike. */
function variedSources(scenario: UncertainScenario, chosen: readonly PooledModels[]): DaySource[] {
  return varyingVariables(scenario)
    .filter((name) => isOfDay(name, scenario, chosen) && !(isInput(name) && INPUTS[name].scale === 'tokens'))
    .map((name) => ({ name, variables: [name] }));
}

function varyingVariables(scenario: ResolvedScenario): string[] {
  const names = new Set<string>();
  forEachVariable(scenario, (name, distribution) => {
    const [low, high] = supportOf(distribution);
    if (low < high) names.add(name);
  });
  return [...names];
}
