/** GWh from which a day is told in GWh; below, in MWh. */
const LEAST_GWH = 0.1;

const MWH_PER_GWH = 1000;

/** Units that the energy of a day is told in. */
export const DAY_UNITS = ['GWh/day', 'MWh/day'] as const;

/** Name of such a unit. */
export type DayUnit = (typeof DAY_UNITS)[number];

/** Name of the metric of a fleet's day. */
export const ENERGY_PER_DAY = 'energy_per_day';

/** The unit in which a day of so many GWh is told: by its size. */
export function dayUnitOf(gwh: number): DayUnit {
  return Math.abs(gwh) >= LEAST_GWH ? 'GWh/day' : 'MWh/day';
}

/** How many of a unit one GWh/day is. */
export function dayUnitsPerGwh(unit: string): number {
  return unit === 'MWh/day' ? MWH_PER_GWH : 1;
}
