import { exp } from '../distributions/elementary.js';
import { Z_95 } from '../sketch/statistics.js';
import type { UncertaintyRow } from '../tables/worlds.js';
import { type Estimate, quantileEstimate } from './estimate.js';

/** Statistics of how well a result is known: P5 and P95 over worlds. */
export type KnownStatistic = 'known_low' | 'known_high';

/** Whether a statistic is one over worlds. */
export function isKnownStatistic(statistic: string): statistic is KnownStatistic {
  return statistic === 'known_low' || statistic === 'known_high';
}

/**
 * An end of what a result is known to, with the 95 % interval of its Monte Carlo error: of so many worlds, as of any quantile of so
 * many draws, and of so many queries in each, as if the two were independent.
 */
export function knownEstimate(row: UncertaintyRow, statistic: KnownStatistic): Estimate {
  const quantile = statistic === 'known_low' ? 'p05' : 'p95';
  const { value, low, high } = quantileEstimate({ ...row, trim: 'none' }, quantile, row.worlds);
  if (!(value > 0)) return { value, low, high };
  const queries = (Z_95 * (row.p50_mc_error ?? 0)) / (row.p50 ?? value);
  const below = Math.hypot(Math.log(value / low), queries);
  const above = Math.hypot(Math.log(high / value), queries);
  return { value, low: value * exp(-below), high: value * exp(above) };
}
