import { exp, square } from '../../distributions/elementary.js';
import { normalQuantile } from '../../distributions/normal-quantile.js';
import { costFactors, lnNodeSeconds, type QueryLengths, type RequestCosts } from './request-cost.js';
import type { CoveredLengths, RequestCostFit } from './request-cost-fit.js';
import { choleskyOf, quadraticForm, type SymmetricMatrix } from './symmetric-matrix.js';
import { type CoveredTokens, lnLength } from './throughput.js';

/** Standard deviations at which the residual that is drawn ends. */
export const RESIDUAL_TRUNCATION = 3;

/** Variance of a standard normal truncated at ±3: 1 − 2·3·φ(3) / (2·Φ(3) − 1). */
export const TRUNCATED_VARIANCE = 0.9733369246625415;

/** ln of the node-seconds of a query, as the fit knows them before it is measured. */
export interface PredictedNodeSeconds {
  /** ln node-seconds at the most probable costs. */
  readonly mean: number;
  /** From not knowing the costs. */
  readonly fit_sd: number;
  /** From the law's not holding exactly; what a draw of the residual is multiplied by. */
  readonly residual_sd: number;
}

/** What a fit says of one query's ln node-seconds. The two parts are independent. */
export function predictNodeSeconds(fit: RequestCostFit, query: QueryLengths): PredictedNodeSeconds {
  const shares = costShares(fit.costs, query).slice(0, fit.covariance.length);
  return {
    mean: lnNodeSeconds(fit.costs, query),
    fit_sd: Math.sqrt(quadraticForm(fit.covariance, shares)),
    residual_sd: residualSd(fit, query),
  };
}

/** Bounds of the throughput that a measurement at these lengths falls between with a probability of `level`. */
export function throughputInterval(
  fit: RequestCostFit,
  query: QueryLengths,
  level: number,
): [low: number, high: number] {
  const { mean, fit_sd, residual_sd } = predictNodeSeconds(fit, query);
  const sd = Math.sqrt(square(fit_sd) + TRUNCATED_VARIANCE * square(residual_sd));
  const reach = normalQuantile((1 + level) / 2) * sd;
  return [query.output_tokens / exp(mean + reach), query.output_tokens / exp(mean - reach)];
}

/**
 * Standard deviation of the residual at a query's lengths: as in the pool, and growing over the first doubling beyond the rows.
 * It grows by as much as the rows tell: what the prior tells was learnt at all lengths and comes with a spread of its own.
 */
export function residualSd({ residual, prior_share, covered }: RequestCostFit, query: QueryLengths): number {
  return residual.sd * (1 + residual.growth * (1 - prior_share) * reachBeyond(covered, query));
}

/**
 * What the logarithm of a residual is multiplied by at a query's lengths: 1 within those of the rows. Asked draw by draw, so a
 * logarithm is taken only of what lies outside, and once where the same length follows.
 */
export function residualStretch(
  growth: number,
  { input_tokens: inputs, output_tokens: outputs }: CoveredTokens,
): (input_tokens: number, output_tokens: number) => number {
  const [input, output] = [eFoldsOutside(inputs), eFoldsOutside(outputs)];
  return (input_tokens, output_tokens) => 1 + growth * doublings(input(input_tokens) + output(output_tokens));
}

/** ln of how far a length lies outside two others; 0 inside. */
function eFoldsOutside([least, most]: readonly [number, number]): (tokens: number) => number {
  const ends = [lnLength(least), lnLength(most)] as const;
  let [known, eFolds] = [least, 0];
  return (tokens) => {
    if (tokens >= least && tokens <= most) return 0;
    if (tokens !== known) [known, eFolds] = [tokens, outside(lnLength(tokens), ends)];
    return eFolds;
  };
}

/** How far lengths lie outside those of the rows, in doublings, at most 1; 0 without rows. */
export function reachBeyond(covered: CoveredLengths | undefined, query: QueryLengths): number {
  return covered === undefined ? 0 : doublings(eFoldsBeyond(covered, query));
}

function doublings(eFolds: number): number {
  return Math.min(1, eFolds / Math.LN2);
}

/** How far lengths lie outside those of the rows, in ln of tokens: 0 inside; beyond in both directions, the sum. */
function eFoldsBeyond(covered: CoveredLengths, { input_tokens, output_tokens }: QueryLengths): number {
  return (
    outside(lnLength(input_tokens), covered.ln_input_tokens) +
    outside(lnLength(output_tokens), covered.ln_output_tokens)
  );
}

/** Lower triangle that makes (ln a, ln b, ln c, ln w) vary as they are known when it multiplies independent normal scores. */
export function drawFactor(covariance: SymmetricMatrix): number[][] {
  const lower = choleskyOf(covariance);
  if (lower === undefined) throw new RangeError('the covariance of the costs is not positive definite');
  return lower;
}

/** The costs of one world from standard normal scores, as many as the covariance has rows. Never below 0. */
export function drawnCosts(
  { costs }: RequestCostFit,
  factor: readonly (readonly number[])[],
  scores: readonly number[],
) {
  const move = (i: number) => exp((factor[i] ?? []).reduce((sum, value, k) => sum + value * (scores[k] ?? 0), 0));
  return { a: costs.a * move(0), b: costs.b * move(1), c: costs.c * move(2), w: costs.w * move(3) };
}

/** Each cost's share of a query's node-seconds, in the order a, b, c, w. */
export function costShares(costs: RequestCosts, query: QueryLengths): number[] {
  const [prefill, decode, context, steps] = costFactors(query);
  const parts = [costs.a * prefill, costs.b * decode, costs.c * context, costs.w * steps];
  const sum = parts[0] + parts[1] + parts[2] + parts[3];
  return parts.map((part) => part / sum);
}

function outside(value: number, [low, high]: readonly [number, number]): number {
  return Math.max(0, low - value, value - high);
}
