import { printableLine } from '../printable.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** The name of a scenario, and what it shows where it says so, in one line. */
export function titleOf({ name, description }: ResolvedScenario): string {
  const shown = printableLine(description.trim().replaceAll(/\s*\n\s*/g, ' '));
  return shown === '' ? name : `${name}: ${shown}`;
}
