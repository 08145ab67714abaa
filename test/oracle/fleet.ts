import { lognormalFromRange, meanReciprocal, type Range } from './lognormal.js';

/** Utilisation scaling factor: non-uniform node use, interconnect, orchestration. */
export const BETA = 1.1 * 1.076 * 1.12;

/** One regime's part of a fleet's queries. */
export interface FleetShare {
  /** Mean untrimmed energy of the blend's models, Wh/query. */
  readonly meanWh: number;
  /** Share of the queries. */
  readonly weight: number;
  /** P5-P95 of the multiplier the energy is divided by, if any. */
  readonly lineOfSight?: Range;
}

/** Mean energy of a fleet, GWh/day. */
export function fleetGwhPerDay(queriesPerDay: number, shares: readonly FleetShare[], beta = BETA): number {
  const meanWh = shares.reduce((sum, { meanWh, weight, lineOfSight }) => {
    const reduction = lineOfSight === undefined ? 1 : meanReciprocal(lognormalFromRange(lineOfSight));
    return sum + weight * meanWh * reduction;
  }, 0);
  return queriesPerDay * meanWh * beta * 1e-9;
}
