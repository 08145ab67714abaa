import { formulaShown } from '../plan/services.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { Subject } from '../subjects/subjects.js';
import type { EffectNames } from './effect-rows.js';

/** What the rows of a scenario's subject are of. */
export function effectNames(scenario: ResolvedScenario, { regime, kind, name, members }: Subject): EffectNames {
  return {
    scenario: scenario.name,
    regime: regime.name,
    kind,
    subject: name,
    formula: formulaShown(scenario, members),
  };
}
