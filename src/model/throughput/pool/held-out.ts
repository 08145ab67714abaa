import { ln, square } from '../../../distributions/elementary.js';
import type { Architecture } from '../pooled-priors.js';
import { fitRequestCost, type MeasuredRow } from '../request-cost-fit.js';
import { predictNodeSeconds, reachBeyond } from '../request-cost-prediction.js';
import type { RequestCostPrior } from '../request-cost-prior.js';
import type { PoolConfiguration } from './configurations.js';

/** A row predicted from others of its configuration. */
export interface HeldOut {
  readonly architecture: Architecture;
  /** ln of predicted over measured throughput: above 0 where the law promises too much. */
  readonly error: number;
  /** Variance of that from not knowing the costs, and from the residual. */
  readonly fit_variance: number;
  readonly residual_variance: number;
  /** What the growth of the residual is multiplied by: 0 within the lengths of the others, towards 1 far beyond them. */
  readonly growing: number;
}

/** Predicts rows from others; the prior has not seen either. */
export function predictRows(
  { architecture }: Pick<PoolConfiguration, 'architecture'>,
  known: readonly MeasuredRow[],
  held: readonly MeasuredRow[],
  prior: RequestCostPrior,
): HeldOut[] {
  const fit = fitRequestCost(known, prior);
  return held.map((row) => {
    const { mean, fit_sd, residual_sd } = predictNodeSeconds(fit, row);
    return {
      architecture,
      error: ln(row.output_tokens / row.tps) - mean,
      fit_variance: square(fit_sd),
      residual_variance: square(residual_sd),
      growing: (1 - fit.prior_share) * reachBeyond(fit.covered, row),
    };
  });
}

/** Each row predicted from all others. */
export function leaveOneRowOut(configuration: PoolConfiguration, prior: RequestCostPrior): HeldOut[] {
  const { rows } = configuration;
  return rows.flatMap((row) =>
    predictRows(
      configuration,
      rows.filter((other) => other !== row),
      [row],
      prior,
    ),
  );
}

/** The rows of the longest output, predicted from those of shorter ones. */
export function longestOutput(configuration: PoolConfiguration, prior: RequestCostPrior): HeldOut[] {
  const longest = longestOf(configuration);
  const shorter = configuration.rows.filter(({ output_tokens }) => output_tokens < longest);
  const held = configuration.rows.filter(({ output_tokens }) => output_tokens === longest);
  return shorter.length === 0 ? [] : predictRows(configuration, shorter, held, prior);
}

/** Output tokens of a configuration's longest row. */
export function longestOf({ rows }: Pick<PoolConfiguration, 'rows'>): number {
  return Math.max(...rows.map(({ output_tokens }) => output_tokens));
}
