import { ln } from '../../distributions/elementary.js';
import type { SizeAndHardware } from '../catalogue/size-and-hardware.js';
import { peakCosts } from './peak-costs.js';
import { newMember, type RandomIntercept } from './random-intercept.js';
import type { LawResidual, LnNormal, RequestCostPrior } from './request-cost-prior.js';

/** How a model's parameters take part: all for each token, or those of a few experts. */
export type Architecture = 'dense' | 'moe';

/** What measured configurations of other models tell of one that was not measured, or seldom. */
export interface PooledPriors {
  /** ln(a / b); regressor: 1. */
  readonly ln_a_over_b: RandomIntercept;
  /** ln(b / c) in tokens; regressor: 1. */
  readonly ln_b_over_c: RandomIntercept;
  /** ln of b over the arithmetic at peak; regressors: 1, ln sparsity. */
  readonly ln_b_over_peak: RandomIntercept;
  /** ln of c over the reading of context at peak; regressors: 1, ln sparsity. */
  readonly ln_c_over_peak: RandomIntercept;
  /** ln of w over the reading of the weights at peak; regressor: 1. */
  readonly ln_w_over_peak: RandomIntercept;
  /** ln(w / b), in queries in flight on a node; regressor: 1. */
  readonly ln_w_over_b: RandomIntercept;
  readonly residual: Readonly<Record<Architecture, LawResidual>>;
  readonly rests_on: PoolCounts;
}

/** What pooled priors rest on. */
export interface PoolCounts {
  readonly rows: number;
  readonly configurations: number;
  /** Of these, the ones of models and accelerators whose sizes are known. */
  readonly configurations_of_known_size: number;
  /** Of several concurrencies, for the weights' reading. */
  readonly serving_curves: number;
  readonly families: readonly string[];
  readonly versions: readonly string[];
}

/** Prior of a model that has rows: ratios of costs, free of scale. */
export function scaleFreePrior(pooled: PooledPriors, architecture: Architecture): RequestCostPrior {
  return {
    ln_a_over_b: newMember(pooled.ln_a_over_b, [1]),
    ln_b_over_c: newMember(pooled.ln_b_over_c, [1]),
    residual: pooled.residual[architecture],
  };
}

/**
 * Prior of a model without rows, from its size and its hardware, in seconds of a node of `gpusPerNode` GPUs that holds as many
 * copies as fit. Undefined where the model does not fit the memory of its GPUs.
 */
export function sizePrior(
  pooled: PooledPriors,
  architecture: Architecture,
  service: SizeAndHardware,
  gpusPerNode: number,
): RequestCostPrior | undefined {
  const peak = peakCosts(service);
  if (peak === undefined) return undefined;
  const size = [1, peak.ln_sparsity];
  const b = newMember(pooled.ln_b_over_peak, size);
  const c = newMember(pooled.ln_c_over_peak, size);
  const lnB = b.mean + peak.ln_compute - ln(gpusPerNode);
  const lnC = c.mean + peak.ln_context - ln(gpusPerNode);
  return {
    ...scaleFreePrior(pooled, architecture),
    ln_b: { mean: lnB, sd: b.sd },
    ln_b_over_c: { mean: lnB - lnC, sd: c.sd },
  };
}

/** Adds what is known of the weights' reading: from the service where it is known, else from b. */
export function withSteps(prior: RequestCostPrior, pooled: PooledPriors, service?: SizeAndHardware): RequestCostPrior {
  const peak = service === undefined ? undefined : peakCosts(service);
  if (peak === undefined) return { ...prior, ln_w_over_b: newMember(pooled.ln_w_over_b, [1]) };
  return { ...prior, ln_w: shifted(newMember(pooled.ln_w_over_peak, [1]), peak.ln_weights) };
}

function shifted({ mean, sd }: LnNormal, by: number): LnNormal {
  return { mean: mean + by, sd };
}
