import type { Complain } from '../kinds/kind.js';
import type { ResolvedBlend } from '../resolved.js';
import type { Scenario } from '../schema.js';
import type { ModelNames } from './models.js';
import { unknownModel } from './unknown-model.js';

/** The blends; complains of members that no model is. */
export function resolveBlends(scenario: Scenario, names: ModelNames, complain: Complain): ResolvedBlend[] {
  return Object.entries(scenario.blends ?? {}).map(([name, members]) => {
    checkMembers(members, names, (path, message) => complain(['blends', name, ...path], message));
    return { name, members };
  });
}

function checkMembers(members: NonNullable<Scenario['blends']>[string], models: ModelNames, complain: Complain): void {
  const { names } = models;
  if ('models' in members) {
    members.models.forEach((member, i) => {
      const complaint = unknownModel(member, models);
      if (complaint !== undefined) complain(['models', i], complaint);
    });
  } else if (members.highest_median_energy > names.length) {
    const asked = `asks for ${members.highest_median_energy} models of highest median energy`;
    complain(['highest_median_energy'], `${asked}, but the scenario has ${names.length}`);
  }
}
