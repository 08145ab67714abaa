import { finiteOrNull } from '../../tables/finite.js';
import type { FleetRow } from '../../tables/schema.js';
import { fleetDays } from '../fleet-days.js';
import type { Result } from '../result.js';

/** One row for each mix and improvement; none where the scenario states no fleet. */
export function fleetRows(result: Result): FleetRow[] {
  const { name: scenario, fleet } = result.scenario;
  if (fleet === undefined) return [];
  const { queries_per_day, beta } = fleet;
  return fleetDays(result).map(({ mix, improvement, gwh_per_day, gwh_low, gwh_high, formula, boundary }) => ({
    scenario,
    mix,
    improvement,
    queries_per_day,
    gwh_per_day: finiteOrNull(gwh_per_day),
    gwh_low: finiteOrNull(gwh_low),
    gwh_high: finiteOrNull(gwh_high),
    beta,
    formula,
    boundary,
  }));
}
