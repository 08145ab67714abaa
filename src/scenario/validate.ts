import { isMapping } from '../distributions/written.js';
import type { Path } from '../errors.js';
import { checkCompleteness } from './completeness.js';
import type { Complain } from './kinds/kind.js';
import { placesOfKey } from './places-of-key.js';
import { type Scenario, scenarioKind } from './schema.js';

/** A scenario from plain data as a user writes it; undefined if there was anything to complain of. */
export async function validateScenario(written: unknown, complain: Complain): Promise<Scenario | undefined> {
  let faultless = true;
  const complainAndKnow: Complain = (...complaint) => {
    faultless = false;
    complain(...complaint);
  };
  const checks: (() => Promise<void>)[] = [];
  const scenario = scenarioKind.check(written, {
    complain: complainAndKnow,
    names: (section) => namesIn(written, section),
    placesOf: (key) => placesOfKey(scenarioKind.schema, key),
    later: (check) => checks.push(check),
  });
  checkCompleteness(written, complainAndKnow);
  await Promise.all(checks.map((check) => check()));
  return faultless ? scenario : undefined;
}

function namesIn(written: unknown, [key, ...rest]: Path): readonly string[] {
  if (!isMapping(written)) return [];
  if (key === undefined) return Object.keys(written);
  return Object.hasOwn(written, key) ? namesIn(written[key], rest) : [];
}
