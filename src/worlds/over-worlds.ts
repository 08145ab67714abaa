import { medianInterval, Z_95 } from '../sketch/statistics.js';
import { finiteOrNull } from '../tables/finite.js';

/** A statistic's distribution over worlds. */
export interface OverWorlds {
  /** Worlds in which there is such a number. */
  readonly worlds: number;
  readonly p05: number | null;
  readonly p25: number | null;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
  readonly mean: number | null;
  readonly std: number | null;
  /** Monte Carlo standard error of `p50`: of so many worlds, and of so many queries in each. */
  readonly p50_mc_error: number | null;
}

/**
 * How a statistic spreads over worlds, whose values are sorted and read between neighbours (type 7 of Hyndman and Fan, The
 * American Statistician 50, 1996).
 *
 * @param relativeError standard error of the statistic itself in one world, as a share of it: worlds share their queries
 */
export function overWorlds(values: Float64Array, relativeError: number): OverWorlds {
  const sorted = values.filter(Number.isFinite).sort();
  const at = (probability: number) => quantileOf(sorted, probability);
  const p50 = at(0.5);
  const { mean, std } = momentsOf(sorted);
  const error = Math.hypot(worldsError(sorted), relativeError * (p50 ?? Number.NaN));
  return {
    worlds: sorted.length,
    ...{ p05: at(0.05), p25: at(0.25), p50, p75: at(0.75), p95: at(0.95) },
    mean,
    std,
    p50_mc_error: finiteOrNull(error),
  };
}

function quantileOf(sorted: Float64Array, probability: number): number | null {
  if (sorted.length === 0) return null;
  const rank = probability * (sorted.length - 1);
  const low = Math.floor(rank);
  const [lower, upper] = [sorted[low], sorted[Math.min(low + 1, sorted.length - 1)]];
  return lower + (rank - low) * (upper - lower);
}

/** Population moments about the first value, so that equal values have no spread at all. */
function momentsOf(values: Float64Array): { mean: number | null; std: number | null } {
  if (values.length === 0) return { mean: null, std: null };
  const [first] = values;
  const mean = values.reduce((sum, value) => sum + (value - first), 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - first - mean) ** 2, 0);
  return { mean: first + mean, std: Math.sqrt(squares / values.length) };
}

/** Standard error of the median over worlds, from the ranks between which it lies in 95 % of runs. */
function worldsError(sorted: Float64Array): number {
  const [low, high] = medianInterval(sorted.length).map((probability) => quantileOf(sorted, probability));
  return low === null || high === null ? Number.NaN : (high - low) / (2 * Z_95);
}
