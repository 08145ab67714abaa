import { normalQuantile } from '../../distributions/normal-quantile.js';
import { type QueryLengths, type RequestCosts, requestCostTps } from '../../model/throughput/request-cost.js';
import { costShares } from '../../model/throughput/request-cost-prediction.js';
import type { FittedCosts, RequestCostThroughput } from '../../model/throughput/request-cost-throughput.js';
import { type FittedThroughput, tpsAt } from '../../model/throughput/throughput.js';

/** Costs that were fitted to rows. */
export type DrawnCosts = FittedCosts & Required<Pick<FittedCosts, 'input_tokens' | 'output_tokens'>>;

/** A throughput that was fitted to rows, of any form. */
export type DrawnThroughput = FittedThroughput | (RequestCostThroughput & { readonly fit: DrawnCosts });

/** Output tokens per second of the node at some lengths, as fitted. */
export function lawTps(throughput: DrawnThroughput, input_tokens: number, output_tokens: number): number {
  if (throughput.method !== 'request-cost') return tpsAt(throughput, input_tokens, output_tokens);
  return requestCostTps(costsOf(throughput), { input_tokens, output_tokens });
}

/** What a measurement would lie between with 90 % probability, of a request-cost fit; undefined of other forms. */
export function lawBand(
  throughput: DrawnThroughput,
  input_tokens: number,
  output_tokens: number,
): readonly [low: number, high: number] | undefined {
  if (throughput.method !== 'request-cost') return undefined;
  const query = { input_tokens, output_tokens };
  const tps = requestCostTps(costsOf(throughput), query);
  const reach = Math.exp(normalQuantile(0.95) * lnSd(throughput, query));
  return [tps / reach, tps * reach];
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
