import { ln } from '../../../distributions/elementary.js';
import { peakCosts } from '../peak-costs.js';
import type { PooledPriors } from '../pooled-priors.js';
import { type GroupedValue, newMember, randomIntercept } from '../random-intercept.js';
import { fitRequestCost, type RequestCostFit } from '../request-cost-fit.js';
import { quadraticForm } from '../symmetric-matrix.js';
import { type PoolConfiguration, type PoolTables, pairsOf, poolConfigurations } from './configurations.js';
import { leaveOneRowOut, longestOutput } from './held-out.js';
import { lossOf, residuals } from './residual.js';
import { type ServingCurve, servingCurves } from './serving-curves.js';

/** Pairs of lengths that a configuration needs to tell ratios of its costs, and to be judged by leaving rows out. */
const LEAST_PAIRS = 4;
const LEAST_JUDGED_PAIRS = 6;

/** A configuration with its costs, told by its rows alone. */
export interface FittedConfiguration {
  readonly configuration: PoolConfiguration;
  readonly fit: RequestCostFit;
}

type Ratios = Pick<PooledPriors, 'ln_a_over_b' | 'ln_b_over_c'>;

/** What the priors are computed from. Reading it once serves every family that is left out. */
export interface Pool {
  readonly fitted: readonly FittedConfiguration[];
  readonly curves: readonly ServingCurve[];
}

/** GPUs of the node whose queries in flight ln(w / b) counts. */
const NODE_GPUS = 8;

/** Fits each configuration of the tables by itself, under priors that say next to nothing. */
export function readPool(tables: PoolTables): Pool {
  const told = poolConfigurations(tables).filter((one) => pairsOf(one) >= LEAST_PAIRS);
  const fitted = told.map((configuration) => ({
    configuration,
    fit: fitRequestCost(configuration.rows, { ...VAGUE, residual: lossOf(configuration.architecture) }),
  }));
  return { fitted, curves: servingCurves(tables) };
}

/** Configurations that are judged by leaving rows out. */
export function judged({ fitted }: Pool): PoolConfiguration[] {
  return fitted.map(({ configuration }) => configuration).filter((one) => pairsOf(one) >= LEAST_JUDGED_PAIRS);
}

/**
 * Pooled priors by empirical Bayes between families, with one family left out if it is named: what judges a model's prediction
 * must not have seen the model's kin.
 */
export function poolPriors(pool: Pool, leftOut?: string): PooledPriors {
  const fitted = pool.fitted.filter(({ configuration }) => configuration.family !== leftOut);
  const curves = pool.curves.filter(({ family }) => family !== leftOut);
  const ratios = {
    ln_a_over_b: randomIntercept(fitted.map((one) => ratio(one, [1, -1, 0]))),
    ln_b_over_c: randomIntercept(fitted.map((one) => ratio(one, [0, 1, -1]))),
  };
  return {
    ...ratios,
    ln_b_over_peak: randomIntercept(fitted.flatMap((one) => overPeak(one, [0, 1, 0], 'ln_compute'))),
    ln_c_over_peak: randomIntercept(fitted.flatMap((one) => overPeak(one, [0, 0, 1], 'ln_context'))),
    ln_w_over_peak: randomIntercept(curves.map(stepOverPeak)),
    ln_w_over_b: randomIntercept(curves.map(stepOverQuery)),
    residual: residualsOf(judged({ fitted, curves }), ratios),
    rests_on: {
      rows: fitted.reduce((sum, { configuration }) => sum + configuration.rows.length, 0),
      configurations: fitted.length,
      configurations_of_known_size: fitted.flatMap((one) => overPeak(one, [0, 1, 0], 'ln_compute')).length,
      serving_curves: curves.length,
      families: distinct(fitted.map(({ configuration }) => configuration.family)),
      versions: distinct(fitted.map(({ configuration }) => configuration.version)),
    },
  };
}

function residualsOf(configurations: readonly PoolConfiguration[], ratios: Ratios): PooledPriors['residual'] {
  const prior = {
    ln_a_over_b: newMember(ratios.ln_a_over_b, [1]),
    ln_b_over_c: newMember(ratios.ln_b_over_c, [1]),
  };
  const held = configurations.flatMap((one) => {
    const own = { ...prior, residual: lossOf(one.architecture) };
    return [...leaveOneRowOut(one, own), ...longestOutput(one, own)];
  });
  return residuals(held);
}

/** A sum of ln costs, with the variance that the rows leave it. */
function ratio({ configuration, fit }: FittedConfiguration, of: readonly number[]): GroupedValue {
  const logs = [fit.costs.a, fit.costs.b, fit.costs.c].map(ln);
  return {
    x: [1],
    y: of.reduce((sum, coefficient, i) => sum + coefficient * logs[i], 0),
    variance: quadraticForm(fit.covariance, of),
    group: configuration.family,
  };
}

/** ln of a cost in GPU-seconds over what it would be at the peak of the hardware; none where sizes are not known. */
export function overPeak(
  one: FittedConfiguration,
  of: readonly number[],
  at: 'ln_compute' | 'ln_context',
): GroupedValue[] {
  const { service, gpu_count } = one.configuration;
  const peak = service === undefined ? undefined : peakCosts(service);
  if (peak === undefined) return [];
  const value = ratio(one, of);
  return [{ ...value, x: [1, peak.ln_sparsity], y: value.y + ln(gpu_count) - peak[at] }];
}

function stepOverPeak({ family, ln_step, ln_step_variance, ln_weights }: ServingCurve): GroupedValue {
  return { x: [1], y: ln_step - ln_weights, variance: ln_step_variance, group: family };
}

/** A node holds as many copies as fit it, so that a step of one copy serves that part of the node's queries. */
function stepOverQuery({ family, gpu_count, ...curve }: ServingCurve): GroupedValue {
  const y = curve.ln_step_over_query + ln(NODE_GPUS / gpu_count);
  return { x: [1], y, variance: curve.ln_step_over_query_variance, group: family };
}

/** A factor of twenty either way. */
const VAGUE_SD = 3;

const VAGUE = {
  ln_a_over_b: { mean: 0, sd: VAGUE_SD },
  ln_b_over_c: { mean: ln(1000), sd: VAGUE_SD },
};

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
