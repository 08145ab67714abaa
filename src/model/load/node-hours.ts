import type { FleetPoint, ServingPoint } from './fleet-point.js';
import type { LoadProfile } from './profile.js';
import { servingWeek } from './week.js';

/** Hours that nodes spend per hour of a full node's work. */
export interface NodeHours {
  /** Serving, at least 1. */
  readonly serving: number;
  /** Parked. */
  readonly parked: number;
}

/** Node-hours of a fleet under one profile, looked at once, for any point. */
export interface CompiledLoad {
  /** A search among the hours; one turn through them where work waits and some hour has no load. */
  nodeHours(point: ServingPoint): NodeHours;
  /**
   * Whether node-hours are those at peak_load 1, divided by peak_load. It holds where every hour has load: all work is served at
   * last, so how long it waits changes no node-hours.
   */
  readonly inverseInPeakLoad: boolean;
}

/**
 * A profile, compiled for many draws of the point. For what a week can serve, see `overload`.
 *
 * @param lag_h whole hours by which the serving nodes follow the load
 */
export function compileLoad(profile: LoadProfile, lag_h: number): CompiledLoad {
  const readyHours = compileReadyHours(profile.relative.filter((load) => load > 0));
  const [hours, work] = [profile.relative.length, total(profile.relative)];
  return {
    inverseInPeakLoad: !profile.pauses,
    nodeHours(point) {
      const { peak_load, growth, floor } = point;
      const mayWait = lag_h > 0 || growth * peak_load > 1;
      if (profile.pauses && mayWait) return countedHours(profile, point, lag_h);
      const ready = readyHours(growth, floor);
      const perShare = 1 / (peak_load * growth * work);
      return { serving: ready * perShare, parked: (hours - ready) * perShare };
    },
  };
}

/**
 * Energy of the week over that of full nodes for the same work, at least 1, from node-hours: exactly 1 where serving nodes are
 * full and none is parked. Linear in the two shares of power.
 */
export function energyFactorOf({ serving, parked }: NodeHours, power: Pick<FleetPoint, 'parked' | 'active'>): number {
  return 1 + power.active * (serving - 1) + power.parked * parked;
}

function countedHours(profile: LoadProfile, point: ServingPoint, lag_h: number): NodeHours {
  const { owned, serving, arrived } = servingWeek(profile, point, lag_h);
  const [used, work] = [total(serving), total(arrived)];
  return { serving: used / work, parked: (owned * serving.length - used) / work };
}

/** Sum over hours with load of the share of nodes that is ready, for any growth and floor: Σ min(1, max(floor, growth · load)). */
function compileReadyHours(relative: readonly number[]): (growth: number, floor: number) => number {
  const ascending = Float64Array.from(relative).sort();
  const below = new Float64Array(ascending.length + 1);
  ascending.forEach((load, i) => {
    below[i + 1] = below[i] + load;
  });
  return (growth, floor) => {
    const atFloor = firstAtLeast(ascending, floor / growth);
    const notAll = Math.max(atFloor, firstAtLeast(ascending, 1 / growth));
    return floor * atFloor + growth * (below[notAll] - below[atFloor]) + (ascending.length - notAll);
  };
}

/** Index of the first value that is at least `bound`. */
function firstAtLeast(ascending: Float64Array, bound: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
