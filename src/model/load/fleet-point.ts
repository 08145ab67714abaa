/** How a fleet meets its load, one number each: what `load` says where all of it is constant, or one draw of it. */
export interface FleetPoint extends ServingPoint, PowerStates {}

/** What decides how many nodes serve in which hour. */
export interface ServingPoint {
  /** Load of the serving nodes in the peak hour of the load that the nodes were bought for, in (0, 1]. */
  readonly peak_load: number;
  /** Load over the load that the nodes were bought for, above 0: 1.2 is a fifth more queries on the same nodes. */
  readonly growth: number;
  /** Least share of the owned nodes that serve, in [0, 1]: 1 is a static fleet, 0 one that follows its load all the way. */
  readonly floor: number;
}

/** Power of a node that is not full, as shares of its power when full. */
export interface PowerStates {
  /** Of a node that serves nothing and holds its model, in [0, active]. */
  readonly parked: number;
  /** Of a serving node as its load goes to 0, in [parked, 1]; it rises linearly to 1 at full load. */
  readonly active: number;
}

/**
 * Shares where the scenario states none: 0.28 and 0.65 of a node's rated power over the 0.79 that a full one draws. Sources:
 * parked, 100 to 130 W per idle GPU that holds a model (Model Parking Tax, arXiv 2605.23918, and H200 idle power) on the chassis
 * line of hardware.csv; active, GPU power at 8 queries in flight over that at 256 (0.64 and 0.84 of the rating, H100, ML.ENERGY
 * v3) on the same line. Straight lines through ML.ENERGY's configurations have active between 0.58 and 0.90, median 0.75.
 */
export const DEFAULT_POWER_STATES: PowerStates = { parked: 0.35, active: 0.82 };

/** How the serving nodes follow the load, as a scenario states it. */
export type Autoscale = 'none' | 'perfect' | { readonly floor: number; readonly lag_h: number };

/** The floor and the lag (whole hours) that a way of autoscaling means. */
export function floorAndLag(autoscale: Autoscale): { readonly floor: number; readonly lag_h: number } {
  if (autoscale === 'none') return { floor: 1, lag_h: 0 };
  return autoscale === 'perfect' ? { floor: 0, lag_h: 0 } : autoscale;
}
