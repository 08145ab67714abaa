import type { FleetPoint, ServingPoint } from './fleet-point.js';
import type { LoadProfile } from './profile.js';
import { serveInOrder } from './queue.js';

/**
 * A fleet's nodes and work by hour. The unit is a full node: the capacity that serves the peak hour of the load that the nodes
 * were bought for counts as 1. Nodes count in that unit, and so does work, as hours of it.
 */
export interface ServingWeek {
  /** Nodes owned: 1 / peak_load. */
  readonly owned: number;
  /** Work that arrives in each hour. */
  readonly arrived: readonly number[];
  /** Work that each hour serves. */
  readonly served: readonly number[];
  /** Work that arrives in an hour and is served in a later one, because the serving nodes are full. */
  readonly late: readonly number[];
  /** Nodes that serve in each hour, none in an hour that serves nothing; the other owned ones are parked. */
  readonly serving: readonly number[];
}

/** The same with its energy, in hours of a full node's power. */
export interface LoadWeek extends ServingWeek {
  /** Energy of each hour: of its work at full nodes, and of what is idle. */
  readonly energy: readonly number[];
  /** Of that, what serving nodes draw beyond their work because they are not full. */
  readonly part_load: readonly number[];
  /** Of that, what parked nodes draw. */
  readonly parked: readonly number[];
}

/**
 * The hours of a fleet under load: a serving node at load u draws active + (1 − active)·u of its power when full, a parked one
 * parked. The last hour is followed by the first.
 *
 * @param lag_h whole hours by which the serving nodes follow the load
 */
export function weekOf(profile: LoadProfile, point: FleetPoint, lag_h: number): LoadWeek {
  const week = servingWeek(profile, point, lag_h);
  const part_load = week.serving.map((nodes, hour) => point.active * (nodes - week.served[hour]));
  const parked = week.serving.map((nodes) => point.parked * (week.owned - nodes));
  const energy = week.served.map((work, hour) => work + part_load[hour] + parked[hour]);
  return { ...week, energy, part_load, parked };
}

/** Who serves what in which hour; power does not matter here. */
export function servingWeek(profile: LoadProfile, point: ServingPoint, lag_h: number): ServingWeek {
  const owned = 1 / point.peak_load;
  const arrived = profile.relative.map((load) => load * point.growth);
  const hours = arrived.length;
  const ready = arrived.map((_, hour) => owned * servingShare(arrived[(hour - lag_h + hours) % hours], point.floor));
  const { served, late } = serveInOrder(arrived, ready);
  return { owned, arrived, served, late, serving: ready.map((nodes, hour) => (served[hour] > 0 ? nodes : 0)) };
}

/** Share of the owned nodes that the autoscaler has ready for a load, the peak that the nodes were bought for counting as 1. */
export function servingShare(load: number, floor: number): number {
  return Math.min(1, Math.max(floor, load));
}

/** Share of the week's work that is served in a later hour than it arrives in. */
export function lateShare({ arrived, late }: ServingWeek): number {
  return sum(late) / sum(arrived);
}

/** Energy of the week over that of full nodes for the same work: what load makes of the energy of a query, at least 1. */
export function energyFactor({ served, part_load, parked }: LoadWeek): number {
  return 1 + (sum(part_load) + sum(parked)) / sum(served);
}

/**
 * Share of the week's energy that is idle: what is drawn beyond the energy of full nodes for the same work. It has two parts,
 * serving nodes that are not full and parked ones. A full node's own base power counts as work.
 */
export function idleShare(week: LoadWeek): number {
  return (sum(week.part_load) + sum(week.parked)) / sum(week.energy);
}

/** Load of the serving nodes in each hour, in [0, 1]; 0 where none serves. */
export function hourlyLoad({ served, serving }: ServingWeek): number[] {
  return served.map((work, hour) => (serving[hour] > 0 ? work / serving[hour] : 0));
}

/**
 * Energy over that of full nodes for the work of each hour: the factor by hour; NaN in an hour that serves nothing, or
 * so little that no number tells it.
 */
export function hourlyFactor({ served, energy }: LoadWeek): number[] {
  return energy.map((spent, hour) => spent / served[hour]).map((factor) => (factor < Infinity ? factor : Number.NaN));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
