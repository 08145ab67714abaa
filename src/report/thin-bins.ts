import type { HistogramRow } from '../tables/schema.js';

/** A point of a drawn distribution. */
export interface CurvePoint {
  readonly value: number;
  /** Share of all draws for each tenfold of the value. */
  readonly density: number;
  /** Upper end of the point's step. */
  readonly upper: number;
  /** Share of all draws up to `upper`. */
  readonly cumulative: number;
}

/** Points in a tenfold: a line a pixel wide shows no more. */
const PER_DECADE = 24;

/**
 * A distribution's bins, ordered or not, in equal steps of log10: what a figure needs. Exact zeros have no place on a log
 * axis, nor have edges that a damaged file may hold; they count in the cumulative shares alone.
 */
export function thinBins(rows: readonly HistogramRow[]): CurvePoint[] {
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const steps = new Map<number, number>();
  let below = 0;
  for (const { bin_low, bin_high, count } of rows) {
    if (!isPositive(bin_low) || !isPositive(bin_high)) below += count;
    else spread(steps, Math.log10(bin_low) * PER_DECADE, Math.log10(bin_high) * PER_DECADE, count);
  }
  if (steps.size === 0) return [];
  const first = Math.min(...steps.keys());
  const last = Math.max(...steps.keys());
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const count = steps.get(first + i) ?? 0;
    below += count;
    const value = 10 ** ((first + i + 0.5) / PER_DECADE);
    const upper = 10 ** ((first + i + 1) / PER_DECADE);
    return { value, density: (count / total) * PER_DECADE, upper, cumulative: below / total };
  });
}

function isPositive(edge: number | null): edge is number {
  return edge !== null && edge > 0 && edge < Number.POSITIVE_INFINITY;
}

/** Shares a bin's count out among the steps that it overlaps: it is narrower than a step, so two at most. */
function spread(steps: Map<number, number>, low: number, high: number, count: number): void {
  const step = Math.floor(low);
  const inFirst = high <= step + 1 ? 1 : (step + 1 - low) / (high - low);
  steps.set(step, (steps.get(step) ?? 0) + count * inFirst);
  if (inFirst < 1) steps.set(step + 1, (steps.get(step + 1) ?? 0) + count * (1 - inFirst));
}
