import { ln, square } from '../../distributions/elementary.js';
import { lnNodeSeconds, type RequestCosts } from './request-cost.js';
import type { ThroughputRow } from './throughput.js';

/** Share of the variance of ln tps of the rows that costs explain, below 0 where a constant would be nearer; null where all are equal. */
export function requestCostRSquared(costs: RequestCosts, rows: readonly ThroughputRow[]): number | null {
  const measured = rows.map(({ tps }) => ln(tps));
  const mean = measured.reduce((sum, value) => sum + value, 0) / rows.length;
  const total = measured.reduce((sum, value) => sum + square(value - mean), 0);
  const missed = rows.map((row, i) => measured[i] - ln(row.output_tokens) + lnNodeSeconds(costs, row));
  return total > 0 ? 1 - missed.reduce((sum, value) => sum + square(value), 0) / total : null;
}
