import type { Distribution } from '../../distributions/index.js';
import { closedMeanOf } from '../../distributions/moments.js';
import { parseDistribution } from '../../distributions/parse.js';
import { supportOf } from '../../distributions/support.js';
import { percent, significant } from '../../format.js';
import { hourlyMean } from '../../model/load/hourly-mean.js';
import { loadProfile } from '../../model/load/profile.js';
import { weekOf } from '../../model/load/week.js';
import type { ResolvedLoad } from '../resolved.js';

/** Intensities of the hours as a query meets them, and what a reader must know of it. */
export interface HourlyGrid {
  readonly intensity?: Distribution;
  readonly notes: readonly string[];
}

/**
 * A grid's intensity by hour, each as often as the energy of the hour has it: all hours alike where nodes are always full, else in
 * proportion to the energy of the load's week, idle nodes included where queries are charged for them. The emissions of the week are then
 * the sum over its hours of energy times intensity: their covariance counts.
 */
export function hourlyGrid(hourly: readonly number[], load: ResolvedLoad | undefined): HourlyGrid {
  const weights = load ? energyByHour(load) : [1];
  const hours = Math.max(hourly.length, weights.length);
  const at = (list: readonly number[]) => Array.from({ length: hours }, (_, hour) => list[hour % list.length]);
  const written = { values: at(hourly), ...(load && { weights: at(weights) }) };
  const intensity = parseDistribution({ empirical: written }, () => {});
  return { ...(intensity && { intensity }), notes: load ? [covarianceNote(hourly, weights)] : [] };
}

function energyByHour(load: ResolvedLoad): readonly number[] {
  const [parked, active] = [load.parked, load.active].map(meanShare);
  const week = weekOf(loadProfile(load.hours), { ...load, parked, active }, load.lag_h);
  return load.idle_to === 'query' ? week.energy : week.served;
}

/** Energy is linear in the shares of power. Of a share with bounds the middle of its range stands for its mean. */
function meanShare(share: Distribution): number {
  const [low, high] = supportOf(share);
  return closedMeanOf(share) ?? (low + high) / 2;
}

function covarianceNote(hourly: readonly number[], weights: readonly number[]): string {
  const [weighted, plain] = [hourlyMean(weights, hourly), hourlyMean([1], hourly)];
  const change = plain === 0 ? '' : ` (${weighted >= plain ? '+' : '-'}${percent(Math.abs(weighted / plain - 1))})`;
  return `grid: ${significant(weighted)} gCO2e/kWh, hours weighted by their energy; all hours alike would be ${significant(plain)}${change}`;
}
