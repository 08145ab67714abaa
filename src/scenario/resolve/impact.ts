import type { ResolvedImpact } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** What is stated for impacts, under the names of their variables. */
export function resolveImpact({ impact }: Scenario): ResolvedImpact | undefined {
  const gco2e = impact?.grid?.gco2e_per_kwh;
  return gco2e && { grid_gco2e_per_kwh: gco2e };
}
