import type { Distribution } from '../../distributions/index.js';
import type { Metric } from '../../model/quantities.js';
import type { FittedCosts, RequestCostThroughput } from '../../model/throughput/request-cost-throughput.js';
import type { FittedThroughput } from '../../model/throughput/throughput.js';
import type { Service } from '../../plan/plan.js';
import type { Pass } from '../../plan/stages.js';
import type { ThroughputRow } from '../../tables/schema.js';
import type { Result } from '../result.js';

/** How each model's throughput was found and how far its draws left the data, for every regime and way of serving. */
export function throughputRows({ scenario, models }: Result): ThroughputRow[] {
  const { services } = models.plan;
  const production = services.map(({ regime, model }) => ({
    ...names(scenario.name, regime, model, 'production'),
    ...method(scenario, model),
    capped_share: shareOf(models, regime, model, 'tps_capped'),
    extrapolated_share: shareOf(models, regime, model, 'tps_extrapolated'),
  }));
  return [...production, ...services.flatMap((service) => nonProductionRows(scenario, service))];
}

function method({ models }: Result['scenario'], name: string) {
  const throughput = models.find((model) => model.name === name)?.throughput;
  if (throughput === undefined || throughput.method === 'given') return given(null);
  return throughput.method === 'request-cost' ? requestCost(throughput) : fitted(throughput);
}

/** Share of a service's draws for which an indicator is 1. */
function shareOf({ plan, sketches, integrated }: Pass, regime: string, model: string, metric: Metric): number {
  const measure = plan.measures.find(
    ({ row }) => row.regime === regime && row.subject === model && row.metric === metric,
  );
  const found = measure && integrated?.[measure.of];
  if (found) return found.statistics.mean;
  return measure ? (plan.samples - sketches.histograms[measure.of].zeros) / plan.samples : 0;
}

function nonProductionRows(scenario: Result['scenario'], { regime, model: served }: Service): ThroughputRow[] {
  return scenario.non_production.flatMap(({ name, models }) =>
    models
      .filter((model) => model.name === served)
      .map(({ tps }) => ({
        ...names(scenario.name, regime, served, name),
        ...given(tps),
        capped_share: 0,
        extrapolated_share: 0,
      })),
  );
}

function names(scenario: string, regime: string, model: string, serving: string) {
  return { scenario, regime, model, serving };
}

function fitted(fit: FittedThroughput) {
  const coefficient = (value: number) => (fit.method === 'regression' ? value : null);
  return {
    method: fit.method,
    rows_used: fit.rows_used,
    residual_df: fit.residual_df,
    intercept: coefficient(fit.intercept),
    coef_ln_input_tokens: coefficient(fit.coef_ln_input_tokens),
    coef_ln_output_tokens: coefficient(fit.coef_ln_output_tokens),
    r_squared: fit.r_squared,
    residual_std: fit.residual_std,
    cap_tps: fit.cap_tps,
    input_tokens_min: fit.input_tokens[0],
    input_tokens_max: fit.input_tokens[1],
    output_tokens_min: fit.output_tokens[0],
    output_tokens_max: fit.output_tokens[1],
    form: fit.method === 'regression' ? 'log-log' : 'highest',
    ...NO_COSTS,
  };
}

/** Costs of a request, fitted or stated. */
function requestCost({ costs, fit }: RequestCostThroughput) {
  const { ln_sd_a, ln_sd_b, ln_sd_c, corr_ab, corr_bc, residual_sd, loo_error, prior_share } = fit ?? NO_COSTS;
  return {
    ...given(null),
    ...coveredBy(fit),
    ...{ method: 'request-cost', form: 'request-cost' },
    ...costsOf(costs, fit),
    ...{ ln_sd_a, ln_sd_b, ln_sd_c, corr_ab, corr_bc, residual_sd, loo_error, prior_share },
  };
}

/** Costs as they are most probable, or as they are stated; null where that is by distributions. */
function costsOf(costs: RequestCostThroughput['costs'], fit: FittedCosts | undefined) {
  if (fit !== undefined) return { a: fit.a, b: fit.b, c: fit.c, w: fit.w };
  return { a: constantOf(costs.a), b: constantOf(costs.b), c: constantOf(costs.c), w: constantOf(costs.w) };
}

function coveredBy(fit: FittedCosts | undefined) {
  if (fit === undefined) return {};
  return {
    rows_used: fit.rows_used,
    input_tokens_min: fit.input_tokens?.[0] ?? null,
    input_tokens_max: fit.input_tokens?.[1] ?? null,
    output_tokens_min: fit.output_tokens?.[0] ?? null,
    output_tokens_max: fit.output_tokens?.[1] ?? null,
  };
}

/** The value of a constant; null of a distribution. */
function constantOf(distribution: Distribution): number | null {
  return distribution.family === 'constant' ? distribution.parameters.value : null;
}

/** The columns of costs, for forms that have none. */
const NO_COSTS = {
  ...{ a: null, b: null, c: null, w: null },
  ...{ ln_sd_a: null, ln_sd_b: null, ln_sd_c: null, corr_ab: null, corr_bc: null },
  ...{ residual_sd: null, loo_error: null, prior_share: null },
};

/** A throughput that was not fitted; `tps` where it is one number. */
function given(tps: number | null) {
  return {
    method: 'given',
    rows_used: 0,
    residual_df: 0,
    intercept: null,
    coef_ln_input_tokens: null,
    coef_ln_output_tokens: null,
    r_squared: null,
    residual_std: null,
    cap_tps: tps,
    input_tokens_min: null,
    input_tokens_max: null,
    output_tokens_min: null,
    output_tokens_max: null,
    form: 'given',
    ...NO_COSTS,
  };
}
