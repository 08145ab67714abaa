import { meaningOf, type OptionalInput, REQUIRED_INPUTS, type RequiredInput, unitOf } from '../model/quantities.js';
import type { QuantileName } from '../sketch/quantile-name.js';
import { count, float, laterFloat, laterText, type Row, text } from './columns.js';
import { LOAD } from './load-hours.js';
import { SERVICE_LEVEL } from './service-level.js';
import { ATTRIBUTION, COMPARE, SENSITIVITY } from './studies.js';
import { UNCERTAINTY, VARIANCE } from './worlds.js';

/**
 * The contract with every reader of the result files: each table's columns, in order, with unit and meaning.
 *
 * Text columns are dictionary-encoded, floats are Float64, counts are Int64. A change that a reader of the present version
 * would misread (a column renamed, removed, or given another meaning) raises `FORMAT_VERSION`; a new last column does not.
 */

/** Version of this contract, written into every table as `tokenjoule.format_version`. */
export const FORMAT_VERSION = 2;

const SEE_UNIT = 'see unit column';

const SCENARIO = text('scenario', 'name of the scenario');
const REGIME = text('regime', 'kind of query, e.g. traditional or test-time-scaling');
const MODEL = text('model', 'name of the model, as in the throughput dataset');
const UNIT = text('unit', 'unit of the numbers in this row');

const QUANTITY = [
  SCENARIO,
  REGIME,
  text('subject_kind', 'what the row is about: model or blend'),
  text('subject', 'name of the model or blend'),
  text('pathway', 'baseline, an efficiency pathway, line-of-sight, or a way of non-production serving'),
  text('trim', 'none, or p14-p86: trimmed to P5-P95 and then to P10-P90 of the rest, as the paper does'),
  text('metric', 'quantity summarised, e.g. energy, tps or output_tokens'),
  UNIT,
] as const;

const FORMULA = laterText(
  'formula',
  'formula of the energy, and form of throughput of what leads to it, e.g. oviedo or request-cost',
);
const BOUNDARY = laterText('boundary', 'what an energy includes: gpu_board, node_ac, facility or fleet');
const meanEnd = (end: string) =>
  `${end} end of the 95 % interval of the mean (Monte Carlo; for spreads of ln x up to 2; null below 8 draws)`;

/** Moments and quantiles of each quantity: the main result. */
export const SUMMARY = {
  name: 'summary',
  columns: [
    ...QUANTITY,
    count('n', 'draws', 'draws summarised; 0 where all of it was integrated'),
    float('mean', SEE_UNIT, 'arithmetic mean'),
    float('std', SEE_UNIT, 'standard deviation'),
    float('p05', SEE_UNIT, '5th percentile'),
    float('p25', SEE_UNIT, '25th percentile'),
    float('p50', SEE_UNIT, 'median'),
    float('p75', SEE_UNIT, '75th percentile'),
    float('p95', SEE_UNIT, '95th percentile'),
    float('iqr', SEE_UNIT, 'interquartile range, p75 - p25'),
    float('p50_ci_low', SEE_UNIT, 'lower end of the 95 % interval of the median (Monte Carlo; null below 8 draws)'),
    float('p50_ci_high', SEE_UNIT, 'upper end of the 95 % interval of the median (Monte Carlo; null below 8 draws)'),
    FORMULA,
    BOUNDARY,
    laterFloat('mean_low', SEE_UNIT, meanEnd('lower')),
    laterFloat('mean_high', SEE_UNIT, meanEnd('upper')),
  ],
} as const;

/** Columns of a quantile that a scenario asks for: its value, and the ends of its interval. */
export function quantileColumns(name: QuantileName): QuantileColumns {
  return [name, `${name}_ci_low`, `${name}_ci_high`];
}

type QuantileColumns = readonly [value: QuantileName, low: `${QuantileName}_ci_low`, high: `${QuantileName}_ci_high`];

/** The summary of a scenario that asks for quantiles beside the five: they are its last columns. */
export function summaryTable(quantiles: readonly QuantileName[] = []) {
  return { name: SUMMARY.name, columns: [...SUMMARY.columns, ...quantiles.flatMap(columnsOfQuantile)] };
}

function columnsOfQuantile(name: QuantileName) {
  const [value, low, high] = quantileColumns(name);
  const end = (which: string) =>
    `${which} end of the 95 % interval of ${name} (Monte Carlo; null where too few draws lie beyond)`;
  return [
    float(value, SEE_UNIT, `${name.slice(1)} % of the draws lie below`),
    float(low, SEE_UNIT, end('lower')),
    float(high, SEE_UNIT, end('upper')),
  ];
}

/** The distributions behind the summary, for plots. Empty bins are left out. */
export const HISTOGRAM = {
  name: 'histogram',
  columns: [
    ...QUANTITY,
    float('bin_low', SEE_UNIT, 'lower edge of the bin'),
    float('bin_high', SEE_UNIT, 'upper edge of the bin'),
    count('count', 'draws', 'draws in the bin'),
    FORMULA,
    BOUNDARY,
  ],
} as const;

/** How each model's throughput was found, and how far the draws left the range of its data. */
export const THROUGHPUT = {
  name: 'throughput',
  columns: [
    SCENARIO,
    REGIME,
    MODEL,
    text('serving', 'production, or the name of a non-production variant'),
    text('method', 'regression, maximum (highest observed), request-cost or given (by the scenario)'),
    count('rows_used', 'rows', 'rows of the dataset used'),
    count('residual_df', '1', 'residual degrees of freedom of the regression; 0 without one'),
    float('intercept', 'ln(tok/s)', 'intercept of ln(tps); null without a regression'),
    float('coef_ln_input_tokens', '1', 'coefficient of ln(input_tokens); null without a regression'),
    float('coef_ln_output_tokens', '1', 'coefficient of ln(output_tokens); null without a regression'),
    float('r_squared', '1', 'share of the variance of ln(tps) explained; null without a regression'),
    float('residual_std', 'ln(tok/s)', 'residual standard deviation; null without residual degrees of freedom'),
    float('cap_tps', 'tok/s', 'throughput of the node is capped here: the highest observed, or the constant'),
    float('input_tokens_min', 'tok', 'fewest input tokens in the rows used'),
    float('input_tokens_max', 'tok', 'most input tokens in the rows used'),
    float('output_tokens_min', 'tok', 'fewest output tokens in the rows used'),
    float('output_tokens_max', 'tok', 'most output tokens in the rows used'),
    float('capped_share', '1', 'share of draws whose throughput was capped'),
    float('extrapolated_share', '1', 'share of draws outside the range of the rows used'),
    text('form', 'log-log, request-cost, highest (of the rows), or given (by the scenario, in tokens per second)'),
    float('a', 's', 'node-seconds of an input token that is not cached; null for other forms than request-cost'),
    float('b', 's', 'node-seconds of an output token; null as a'),
    float('c', 's', 'node-seconds of an output token for each token of its context; null as a'),
    float('w', 's', 'node-seconds of a step, shared by the queries in flight; 0 where unknown, null as a'),
    float('ln_sd_a', '1', 'standard deviation of ln(a); null without a request-cost fit'),
    float('ln_sd_b', '1', 'standard deviation of ln(b); null without a request-cost fit'),
    float('ln_sd_c', '1', 'standard deviation of ln(c); null without a request-cost fit'),
    float('corr_ab', '1', 'correlation of ln(a) and ln(b); null without a request-cost fit'),
    float('corr_bc', '1', 'correlation of ln(b) and ln(c); null without a request-cost fit'),
    float('residual_sd', '1', 'standard deviation of ln(node-seconds) about the law; null without a request-cost fit'),
    float('loo_error', '1', 'median |ln error| of each row predicted from the others; null where there is none'),
    float(
      'prior_share',
      '1',
      'share of what is known of the costs that comes from other models; null without such a fit',
    ),
  ],
} as const;

/** Energy of a whole fleet in a day, one row per mix and improvement. */
export const FLEET = {
  name: 'fleet',
  columns: [
    SCENARIO,
    text('mix', 'name of the mix of regimes'),
    text('improvement', 'none or line-of-sight'),
    float('queries_per_day', 'queries/day', 'queries that the fleet answers in a day'),
    float('gwh_per_day', 'GWh/day', 'energy of the fleet in a day'),
    float(
      'gwh_low',
      'GWh/day',
      'lower end of the Monte Carlo error of gwh_per_day (95 %): how well it is computed, not how well it is known',
    ),
    float(
      'gwh_high',
      'GWh/day',
      'upper end of the Monte Carlo error of gwh_per_day (95 %): how well it is computed, not how well it is known',
    ),
    float('beta', '1', 'scaling factor for non-uniform node use, interconnect and orchestration'),
    FORMULA,
    BOUNDARY,
  ],
} as const;

/** What was drawn: one row per regime and input variable. */
export const INPUTS = {
  name: 'inputs',
  columns: [
    SCENARIO,
    REGIME,
    text('variable', 'name of the input variable, e.g. pue'),
    UNIT,
    text('distribution', 'how it was drawn'),
    count('n', 'draws', 'draws summarised; 0 where all of it was integrated'),
    float('mean', SEE_UNIT, 'arithmetic mean'),
    float('std', SEE_UNIT, 'standard deviation'),
    float('p05', SEE_UNIT, '5th percentile'),
    float('p50', SEE_UNIT, 'median'),
    float('p95', SEE_UNIT, '95th percentile'),
    float('removed_mass', '1', 'probability that truncation took away'),
    float('bound_low', SEE_UNIT, 'lowest physically possible value; null if there is none'),
    float('bound_high', SEE_UNIT, 'highest physically possible value; null if there is none'),
    float('share_below', '1', 'share of draws below bound_low'),
    float('share_above', '1', 'share of draws above bound_high'),
  ],
} as const;

/** The inputs that single draws are kept of, in the order of their columns. */
export const SAMPLED_INPUTS: readonly RequiredInput[] = [
  'input_tokens',
  ...REQUIRED_INPUTS.filter((name) => name !== 'input_tokens'),
];

/** Single draws, on request: the inputs and outputs of each, one row per model and sample. */
export const SAMPLES = {
  name: 'samples',
  columns: [
    REGIME,
    MODEL,
    count('sample_id', '1', 'index of the draw from 0; models with the same regime and sample_id share their inputs'),
    ...SAMPLED_INPUTS.map((name) => float(name, unitOf(name), meaningOf(name))),
    float('tps', unitOf('tps'), meaningOf('tps')),
    float('energy_wh', unitOf('energy'), meaningOf('energy')),
  ],
} as const;

/** The samples of a scenario that states inputs which others leave out: they are its last columns. */
export function samplesTable(optional: readonly OptionalInput[]) {
  const columns = optional.map((name) => float(name, unitOf(name), meaningOf(name)));
  return { name: SAMPLES.name, columns: [...SAMPLES.columns, ...columns] };
}

/** The tables of a run. */
export const RUN_TABLES = [
  SUMMARY,
  HISTOGRAM,
  THROUGHPUT,
  FLEET,
  INPUTS,
  LOAD,
  SERVICE_LEVEL,
  SAMPLES,
  UNCERTAINTY,
  VARIANCE,
] as const;

/** Every table of fixed columns that tokenjoule writes. */
export const TABLES = [...RUN_TABLES, SENSITIVITY, COMPARE, ATTRIBUTION] as const;

/** Quantiles that a scenario asks for, by their columns; there is no number where it does not. */
export type QuantileCells = { readonly [column in QuantileColumns[number]]: number | null };

/** One distribution in numbers: a row of `summary.arrow`; its columns are those of `summaryTable`. */
export type SummaryRow = Row<typeof SUMMARY> & QuantileCells;
/** One bin of a distribution: a row of `histogram.arrow`; its columns are those of `HISTOGRAM`. */
export type HistogramRow = Row<typeof HISTOGRAM>;
/** One model's fit and how its draws lie in it: a row of `throughput.arrow`; its columns are those of `THROUGHPUT`. */
export type ThroughputRow = Row<typeof THROUGHPUT>;
/** One day of a fleet: a row of `fleet.arrow`; its columns are those of `FLEET`. */
export type FleetRow = Row<typeof FLEET>;
/** One input variable as stated and as drawn: a row of `inputs.arrow`; its columns are those of `INPUTS`. */
export type InputsRow = Row<typeof INPUTS>;
/** One draw: a row of `samples.arrow`; its columns are those of `SAMPLES`. */
export type SampleRow = Row<typeof SAMPLES>;
