import { checkIntegrable } from '../plan/integrable.js';
import { checkLimits, type Limits } from '../plan/limits.js';
import { loadScenario } from '../scenario/load.js';
import type { Overrides } from '../scenario/overrides.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** A scenario file that asks for no more than it may. @throws InputError with all problems found, or each limit it is over */
export async function loadWithin(limits: Limits, file: string, overrides: Overrides): Promise<ResolvedScenario> {
  const scenario = await loadScenario(file, overrides);
  checkLimits(file, scenario, limits);
  checkIntegrable(file, scenario);
  return scenario;
}
