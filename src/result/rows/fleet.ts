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
    gwh_per_day: finite(gwh_per_day),
    gwh_low: finite(gwh_low),
    gwh_high: finite(gwh_high),
    beta,
    formula,
    boundary,
  }));
}

/** Null where no draw has an energy that is a number. */
function finite(gwh: number): number | null {
  return Number.isFinite(gwh) ? gwh : null;
}
