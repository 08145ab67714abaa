import type { LoadWeek } from './week.js';

/** What makes a week's ratios into a fleet. */
export interface FleetDemand {
  /** Queries per day that the nodes were bought for; growth comes on top. */
  readonly queries_per_day: number;
  /** Seconds of a full node that a query takes, mean over queries. */
  readonly node_seconds: number;
  /** Power of a full node, kW: node_power_kw · power_utilization. */
  readonly full_power_kw: number;
  /** Facility energy / IT energy. */
  readonly pue: number;
}

/** A fleet in nodes, megawatts and megawatt-hours. Nodes are not rounded: a fleet of 10.4 nodes needs 11. */
export interface FleetSize {
  readonly nodes_owned: number;
  readonly nodes_serving_mean: number;
  readonly nodes_serving_peak: number;
  /** Power of the facility in the mean and in the highest hour, MW. */
  readonly power_mean_mw: number;
  readonly power_peak_mw: number;
  /** MWh per day, mean over the hours. */
  readonly energy_per_day_mwh: number;
  /** Queries per day that are served, growth included. */
  readonly queries_per_day: number;
}

const SECONDS_PER_DAY = 86_400;
const HOURS_PER_DAY = 24;
const KW_PER_MW = 1000;

/**
 * The fleet that serves `queries_per_day` (times growth) with the hours of a week.
 *
 * @param week of the profile, mean load over peak load `profileMean`
 */
export function fleetSize(week: LoadWeek, profileMean: number, demand: FleetDemand): FleetSize {
  const nodes = fullNodesAtPeak(profileMean, demand);
  const power = hourlyPowerMw(week, profileMean, demand);
  const power_mean_mw = mean(power);
  return {
    nodes_owned: week.owned * nodes,
    nodes_serving_mean: mean(week.serving) * nodes,
    nodes_serving_peak: Math.max(...week.serving) * nodes,
    power_mean_mw,
    power_peak_mw: Math.max(...power),
    energy_per_day_mwh: power_mean_mw * HOURS_PER_DAY,
    queries_per_day: (demand.queries_per_day * mean(week.arrived)) / profileMean,
  };
}

/** Full nodes that the peak hour of the load needs for which the nodes were bought. */
export function fullNodesAtPeak(
  profileMean: number,
  { queries_per_day, node_seconds }: Pick<FleetDemand, 'queries_per_day' | 'node_seconds'>,
): number {
  return (queries_per_day * node_seconds) / SECONDS_PER_DAY / profileMean;
}

/** Power of the facility by hour, MW. */
export function hourlyPowerMw(week: LoadWeek, profileMean: number, demand: FleetDemand): number[] {
  const mwPerNode = (demand.full_power_kw * demand.pue) / KW_PER_MW;
  const nodes = fullNodesAtPeak(profileMean, demand);
  return week.energy.map((energy) => energy * nodes * mwPerNode);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
