import { requestCostColumns } from './request-cost-columns.js';
import { fitRequestCost, type MeasuredRow, type RequestCostFit, requestCostLooError } from './request-cost-fit.js';
import type { RequestCostPrior } from './request-cost-prior.js';
import type { FittedCosts } from './request-cost-throughput.js';
import { type CoveredTokens, coveredTokens, highestTps } from './throughput.js';

/** A request-cost fit to rows, one at least, and what a reader needs to judge it. */
export function fittedCosts(
  rows: readonly MeasuredRow[],
  prior: RequestCostPrior,
): { readonly fit: RequestCostFit; readonly told: FittedCosts & CoveredTokens } {
  const fit = fitRequestCost(rows, prior);
  const columns = requestCostColumns(fit, requestCostLooError(rows, prior));
  return { fit, told: { ...columns, rows_used: rows.length, max_tps: highestTps(rows), ...coveredTokens(rows) } };
}
