import { type ResultName, unitOf } from '../model/quantities.js';
import { formulaShown } from '../plan/services.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { outcomeOf, planOf } from '../subjects/energy-problem.js';
import type { Subject } from '../subjects/subjects.js';
import type { EffectNames } from './effect-rows.js';

/** What the rows of a scenario's subject are of. */
export function effectNames(scenario: ResolvedScenario, subject: Subject, metric: ResultName = 'energy'): EffectNames {
  const { regime, kind, name, members } = subject;
  const [service] = planOf(scenario, subject).services;
  return {
    ...{ metric, unit: (service && outcomeOf(service, metric)?.unit) ?? unitOf(metric) },
    scenario: scenario.name,
    regime: regime.name,
    kind,
    subject: name,
    formula: formulaShown(scenario, members),
  };
}
