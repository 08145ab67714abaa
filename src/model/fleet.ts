/** Wh in one GWh. */
const WH_PER_GWH = 1e9;

/**
 * Energy of a fleet's day: every query at the mean energy of its regime, times beta for non-uniform node use, interconnect
 * and orchestration. Source: Oviedo et al., fleet energy; authors' code `simulation_1B_*`.
 *
 * @param energy_wh mean energy of one query, Wh
 * @param beta utilisation scaling factor, 1.10 · 1.076 · 1.12 = 1.3256 in the paper
 * @returns GWh/day
 */
export function fleetGwhPerDay(queries_per_day: number, energy_wh: number, beta: number): number {
  return (queries_per_day * energy_wh * beta) / WH_PER_GWH;
}
