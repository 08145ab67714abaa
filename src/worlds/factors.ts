import type { Distribution } from '../distributions/index.js';
import { type FormulaName, OWN_FORM } from '../model/formulas/index.js';
import { exactText } from '../plan/graph.js';
import { forEachVariable } from '../plan/variables.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** The forms of which a query's energy is the product of its node's power, utilisation and time, and of PUE. */
const OWN_FORMS: readonly FormulaName[] = [OWN_FORM, 'request-cost'];

/** What energies of a world are divided or multiplied by: a variable that all members of a regime draw alike. */
export interface Factor {
  readonly variable: string;
  /** Multiplies the energy, or divides that of the pathways that have it; of beta, multiplies the fleet's alone. */
  readonly of: 'energy' | 'pathway' | 'fleet';
}

/**
 * The shared variables that only ever multiply or divide energies, the same number for all queries of a regime in a world: a
 * world's energies are then those of any other times a number, and nothing is drawn anew for it.
 */
export function factorsOf(scenario: ResolvedScenario): Factor[] {
  const isOwn = (scenario.formulas ?? [OWN_FORM]).every((formula) => OWN_FORMS.includes(formula));
  return Object.keys(scenario.shared ?? {}).flatMap((variable) => {
    const of = roleOf(variable, scenario);
    const isPlain = of === 'fleet' || (isOwn && scenario.impact === undefined);
    return of === undefined || !isPlain || !isClosed(variable, scenario) ? [] : [{ variable, of }];
  });
}

function roleOf(variable: string, scenario: ResolvedScenario): Factor['of'] | undefined {
  if (variable.startsWith('pathways.')) return 'pathway';
  if (variable === 'fleet.beta' || variable.startsWith('fleet.beta.')) return 'fleet';
  if (variable === 'pue') return 'energy';
  if (variable === 'power_utilization' && !scenario.regimes.some(isCoupled)) return 'energy';
  return variable === 'node_power_kw' && isAlike(variable, scenario) ? 'energy' : undefined;
}

function isCoupled({ power_utilization }: ResolvedScenario['regimes'][number]): boolean {
  return 'coupled' in power_utilization;
}

/** Whether one part of a variable can be taken out: all of it, or a share of what is lognormal. */
function isClosed(variable: string, scenario: ResolvedScenario): boolean {
  if (scenario.shared?.[variable] === 1) return true;
  return distributionsOf(variable, scenario).every(isSplit);
}

/** Whether a share of the variance can be told apart as a factor of its own. */
function isSplit(distribution: Distribution): boolean {
  if (distribution.family === 'constant') return true;
  return distribution.family === 'lognormal' && distribution.min === undefined && distribution.max === undefined;
}

function isAlike(variable: string, scenario: ResolvedScenario): boolean {
  return new Set(distributionsOf(variable, scenario).map((distribution) => exactText(distribution))).size === 1;
}

/** Every distribution that a scenario states for a variable. */
function distributionsOf(variable: string, scenario: ResolvedScenario): Distribution[] {
  const found: Distribution[] = [];
  forEachVariable(scenario, (name, distribution) => {
    if (name === variable) found.push(distribution);
  });
  return found;
}
