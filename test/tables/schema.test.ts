// The contract itself. Cannot see whether the rest of the project fills the columns with what they say they mean.
import { expect, expectTypeOf, test } from 'vitest';
import { type FleetRow, FORMAT_VERSION, type SampleRow, TABLES } from '../../src/tables/schema.js';

test('the format is version 2, and these are its tables and columns, in order', () => {
  expect(FORMAT_VERSION).toBe(2);
  expect(Object.fromEntries(TABLES.map(({ name, columns }) => [name, columns.map((c) => c.name).join(' ')]))).toEqual({
    summary:
      'scenario regime subject_kind subject pathway trim metric unit n mean std p05 p25 p50 p75 p95 iqr p50_ci_low p50_ci_high formula boundary mean_low mean_high',
    histogram: 'scenario regime subject_kind subject pathway trim metric unit bin_low bin_high count formula boundary',
    throughput:
      'scenario regime model serving method rows_used residual_df intercept coef_ln_input_tokens coef_ln_output_tokens ' +
      'r_squared residual_std cap_tps input_tokens_min input_tokens_max output_tokens_min output_tokens_max capped_share ' +
      'extrapolated_share form a b c w ln_sd_a ln_sd_b ln_sd_c corr_ab corr_bc residual_sd loo_error prior_share',
    fleet: 'scenario mix improvement queries_per_day gwh_per_day gwh_low gwh_high beta formula boundary',
    inputs:
      'scenario regime variable unit distribution n mean std p05 p50 p95 removed_mass bound_low bound_high share_below share_above',
    load: 'scenario mix hour arriving node_load nodes_owned nodes_serving nodes_parked energy_factor power_mw late_share',
    service_level: 'scenario regime model concurrency limit full_node worst mean share_beyond kept energy_p50',
    samples:
      'regime model sample_id input_tokens output_tokens prefill_weight node_power_kw power_utilization pue tps energy_wh',
    uncertainty:
      'scenario regime subject_kind subject pathway trim metric unit formula boundary statistic worlds samples p05 p25 p50 p75 p95 mean std p50_mc_error',
    variance: 'scenario regime subject pathway metric formula source share',
    sensitivity:
      'scenario regime subject_kind subject output unit method parameter s1 s1_conf st st_conf s2 s2_conf shapley shapley_conf mu mu_star mu_star_conf sigma low high base swing src src_conf r2 srrc srrc_conf r2_rank median median_conf mean maximum conf_level n n_dropped formula',
    compare:
      'scenario_a scenario_b regime subject_kind subject quantity unit paired n n_dropped mean std p05 p25 p50 p75 p95 p50_ci_low p50_ci_high formula mean_low mean_high known_low known_high b_lower_share',
    attribution:
      'scenario_a scenario_b regime subject_kind subject parameter unit change p50_a p50_b n change_mc_error formula',
  });
});

test('only these columns are counts', () => {
  const counts = TABLES.flatMap(({ name, columns }) =>
    columns.filter(({ type }) => type === 'count').map((c) => `${name}.${c.name}`),
  );
  expect(counts).toEqual([
    'summary.n',
    'histogram.count',
    'throughput.rows_used',
    'throughput.residual_df',
    'inputs.n',
    'load.hour',
    'samples.sample_id',
    'uncertainty.worlds',
    'uncertainty.samples',
    'sensitivity.n',
    'sensitivity.n_dropped',
    'compare.n',
    'compare.n_dropped',
    'attribution.n',
  ]);
});

test('every column has a unit and a meaning, and a table with a unit that varies says it in its unit column', () => {
  for (const { columns } of TABLES) {
    for (const { unit, meaning } of columns) expect([unit, meaning]).not.toContain('');
    if (columns.some(({ unit }) => unit === 'see unit column')) expect(columns.map((c) => c.name)).toContain('unit');
  }
});

test('row types follow from the columns', () => {
  expectTypeOf<FleetRow['mix']>().toEqualTypeOf<string>();
  expectTypeOf<FleetRow['gwh_low']>().toEqualTypeOf<number | null>();
  expectTypeOf<SampleRow['sample_id']>().toEqualTypeOf<number>();
});
