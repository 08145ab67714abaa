import type { RequestCosts } from './request-cost.js';
import type { RequestCostFit } from './request-cost-fit.js';

/** A fit as a table holds it. Costs in node-seconds; standard deviations and correlations of their logarithms. */
export interface RequestCostColumns extends RequestCosts {
  readonly ln_sd_a: number;
  readonly ln_sd_b: number;
  readonly ln_sd_c: number;
  /** Null where w is 0, because nothing is known of it. */
  readonly ln_sd_w: number | null;
  readonly corr_ab: number;
  readonly corr_bc: number;
  readonly corr_ac: number;
  /** Standard deviation of ln node-seconds about the law, within the lengths of the rows. */
  readonly residual_sd: number;
  /** Median |ln error| of each row predicted from the others; null below two rows. */
  readonly loo_error: number | null;
  /** From 0 to 1. */
  readonly prior_share: number;
}

/** What a fit is told by, in one record. */
export function requestCostColumns(fit: RequestCostFit, looError: number | null): RequestCostColumns {
  const { covariance } = fit;
  const sd = covariance.map((row, i) => Math.sqrt(row[i]));
  const correlation = (i: number, k: number) => covariance[i][k] / (sd[i] * sd[k]);
  return {
    ...fit.costs,
    ln_sd_a: sd[0],
    ln_sd_b: sd[1],
    ln_sd_c: sd[2],
    ln_sd_w: sd[3] ?? null,
    corr_ab: correlation(0, 1),
    corr_bc: correlation(1, 2),
    corr_ac: correlation(0, 2),
    residual_sd: fit.residual.sd,
    loo_error: looError,
    prior_share: fit.prior_share,
  };
}
