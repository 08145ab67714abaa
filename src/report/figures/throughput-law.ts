import { exp } from '../../distributions/elementary.js';
import { normalQuantile } from '../../distributions/normal-quantile.js';
import { logLogErrors, logLogUncertainty } from '../../model/throughput/log-log-uncertainty.js';
import { type QueryLengths, type RequestCosts, requestCostTps } from '../../model/throughput/request-cost.js';
import { costShares } from '../../model/throughput/request-cost-prediction.js';
import type { FittedCosts, RequestCostThroughput } from '../../model/throughput/request-cost-throughput.js';
import { studentQuantile } from '../../model/throughput/student-quantile.js';
import {
  type FittedThroughput,
  lnLength,
  lnTpsUncapped,
  type ThroughputRow,
  tpsAt,
} from '../../model/throughput/throughput.js';

/** Costs that were fitted to rows. */
export type DrawnCosts = FittedCosts & Required<Pick<FittedCosts, 'input_tokens' | 'output_tokens'>>;

/** A throughput that was fitted to rows, of any form. */
export type DrawnThroughput = FittedThroughput | (RequestCostThroughput & { readonly fit: DrawnCosts });

/** Output tokens per second of the node for some queries, as fitted. */
export function lawTps(throughput: DrawnThroughput, query: QueryLengths): number {
  if (throughput.method !== 'request-cost') return tpsAt(throughput, query.input_tokens, query.output_tokens);
  return requestCostTps(costsOf(throughput), query);
}

/**
 * What a measurement would lie between with 90 % probability; undefined where the rows leave nothing to tell it by. A log-log
 * law's ends at its cap, as the law does.
 */
export function lawBand(
  throughput: DrawnThroughput,
  query: QueryLengths,
  rows: readonly ThroughputRow[],
): readonly [low: number, high: number] | undefined {
  if (throughput.method !== 'request-cost') return logLogBand(throughput, query, rows);
  const tps = requestCostTps(costsOf(throughput), query);
  const reach = exp(normalQuantile(0.95) * lnSd(throughput, query));
  return [tps / reach, tps * reach];
}

function logLogBand(
  law: FittedThroughput,
  { input_tokens, output_tokens }: QueryLengths,
  rows: readonly ThroughputRow[],
): readonly [low: number, high: number] | undefined {
  const known = law.method === 'regression' ? logLogUncertainty(rows) : undefined;
  if (known === undefined) return undefined;
  const [lnInput, lnOutput] = [lnLength(input_tokens), lnLength(output_tokens)];
  const reach = studentQuantile(0.95, known.df) * logLogErrors(known, lnInput, lnOutput).predicted_sd;
  const middle = lnTpsUncapped(law, lnInput, lnOutput);
  return [Math.min(law.cap_tps, exp(middle - reach)), Math.min(law.cap_tps, exp(middle + reach))];
}

/** Lengths that the rows cover. */
export function coveredOutput(throughput: DrawnThroughput): readonly [number, number] {
  return throughput.method === 'request-cost' ? throughput.fit.output_tokens : throughput.output_tokens;
}

/** Standard deviation of ln node-seconds: of the costs, by their shares in the query, and of the residual. */
function lnSd(throughput: DrawnThroughput & { readonly method: 'request-cost' }, query: QueryLengths): number {
  const { ln_sd_a, ln_sd_b, ln_sd_c, corr_ab, corr_bc, corr_ac, residual_sd } = throughput.fit;
  const [a, b, c] = costShares(costsOf(throughput), query);
  const [x, y, z] = [a * ln_sd_a, b * ln_sd_b, c * ln_sd_c];
  const ofCosts = x * x + y * y + z * z + 2 * (x * y * corr_ab + y * z * corr_bc + x * z * corr_ac);
  return Math.sqrt(ofCosts + residual_sd * residual_sd);
}

/** The most probable costs. */
function costsOf({ fit }: DrawnThroughput & { readonly method: 'request-cost' }): RequestCosts {
  return { a: fit.a, b: fit.b, c: fit.c, w: fit.w };
}
