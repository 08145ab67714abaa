import type { ResolvedScenario } from '../scenario/resolved.js';

/** The name of a scenario, and what it shows where it says so. */
export function titleOf({ name, description }: ResolvedScenario): string {
  return description === '' ? name : `${name}: ${description}`;
}
