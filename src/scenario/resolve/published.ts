import type { Complain } from '../kinds/kind.js';
import { unknownName } from '../kinds/name-of.js';
import type { Scenario } from '../schema.js';

/** Complains of published figures for what is neither a blend nor a model of the scenario. */
export function checkSubjects(scenario: Scenario, names: readonly string[], complain: Complain): void {
  const subjects = [...Object.keys(scenario.blends ?? {}), ...names];
  scenario.published?.energy.forEach(({ subject }, i) => {
    if (subjects.includes(subject)) return;
    complain(['published', 'energy', i, 'subject'], unknownName('blend or model', subject, subjects));
  });
}
