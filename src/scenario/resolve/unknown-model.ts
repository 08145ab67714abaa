import { unknownName } from '../kinds/name-of.js';
import type { Scenario } from '../schema.js';

/** What is wrong with a name that should be one of the models' names; undefined if nothing is. */
export function unknownModel(name: string, { models }: Scenario, names: readonly string[]): string | undefined {
  if (names.includes(name)) return undefined;
  if (models && Object.hasOwn(models, name)) return `${name} is left out, for want of rows in the dataset`;
  return unknownName('model', name, names);
}
