import type { FittedThroughput } from '../../model/throughput/throughput.js';
import type { CellPlan } from '../../plan/plan.js';
import type { ThroughputRow } from '../../tables/schema.js';
import type { Result } from '../result.js';

/** How each model's throughput was found and how far its draws left the data, for every regime and way of serving. */
export function throughputRows({ scenario, models }: Result): ThroughputRow[] {
  const { plan, sketches } = models;
  const production = plan.cells.map((cell, index) => ({
    ...names(scenario.name, plan.regimes[cell.regime].name, cell.model, 'production'),
    ...(typeof cell.tps === 'number' ? given(null) : fitted(cell.tps)),
    capped_share: sketches.capped[index] / scenario.samples,
    extrapolated_share: sketches.extrapolated[index] / scenario.samples,
  }));
  return [
    ...production,
    ...plan.cells.flatMap((cell) => nonProductionRows(scenario, plan.regimes[cell.regime].name, cell)),
  ];
}

function nonProductionRows(scenario: Result['scenario'], regime: string, cell: CellPlan): ThroughputRow[] {
  return scenario.non_production.flatMap(({ name, models }) =>
    models
      .filter((model) => model.name === cell.model)
      .map(({ tps }) => ({
        ...names(scenario.name, regime, cell.model, name),
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
  };
}

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
  };
}
