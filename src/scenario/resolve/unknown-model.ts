import { unknownName } from '../kinds/name-of.js';
import type { ModelNames } from './models.js';

/** What is wrong with a name that should be one of the models' names; undefined if nothing is. */
export function unknownModel(name: string, { names, leftOut }: ModelNames): string | undefined {
  if (names.includes(name)) return undefined;
  const cause = leftOut.get(name);
  return cause === undefined ? unknownName('model', name, names) : `${name} is left out: ${cause}`;
}
