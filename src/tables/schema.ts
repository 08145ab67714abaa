/**
 * The contract with every reader of the result files: each table's columns, in order, with unit and meaning.
 *
 * Text columns are dictionary-encoded, floats are Float64, counts are Int64. A change that a reader of the present version
 * would misread (a column renamed, removed, or given another meaning) raises `FORMAT_VERSION`; a new last column does not.
 */

/** Version of this contract, written into every table as `tokenjoule.format_version`. */
export const FORMAT_VERSION = 1;

/** What a column holds: text, a number that may be missing, or a whole number that is always there. */
export type ColumnType = 'text' | 'float' | 'count';

/** One column. `unit` is `none` for text, `1` for shares and other plain numbers, or `see unit column`. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly unit: string;
  readonly meaning: string;
}

/** One table: the file `<name>.arrow`. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** A value of each column type, as rows carry it. */
interface Value {
  readonly text: string;
  readonly float: number | null;
  readonly count: number;
}

/** One row of the table `T`. Counts are safe integers; a float is null where there is no such number. */
export type Row<T extends Table> = { readonly [C in T['columns'][number] as C['name']]: Value[C['type']] };

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

/** Moments and quantiles of each quantity: the main result. */
export const SUMMARY = {
  name: 'summary',
  columns: [
    ...QUANTITY,
    count('n', 'draws', 'draws summarised'),
    float('mean', SEE_UNIT, 'arithmetic mean'),
    float('std', SEE_UNIT, 'standard deviation'),
    float('p05', SEE_UNIT, '5th percentile'),
    float('p25', SEE_UNIT, '25th percentile'),
    float('p50', SEE_UNIT, 'median'),
    float('p75', SEE_UNIT, '75th percentile'),
    float('p95', SEE_UNIT, '95th percentile'),
    float('iqr', SEE_UNIT, 'interquartile range, p75 - p25'),
    float('p50_ci_low', SEE_UNIT, 'lower end of the 95 % confidence interval of the median (Monte Carlo error only)'),
    float('p50_ci_high', SEE_UNIT, 'upper end of the 95 % confidence interval of the median (Monte Carlo error only)'),
  ],
} as const;

/** The distributions behind the summary, for plots. Empty bins are left out. */
export const HISTOGRAM = {
  name: 'histogram',
  columns: [
    ...QUANTITY,
    float('bin_low', SEE_UNIT, 'lower edge of the bin'),
    float('bin_high', SEE_UNIT, 'upper edge of the bin'),
    count('count', 'draws', 'draws in the bin'),
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
    text('method', 'regression, maximum (highest observed) or given (by the scenario)'),
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
    float('gwh_low', 'GWh/day', 'lower end of the range of gwh_per_day; null where none is known'),
    float('gwh_high', 'GWh/day', 'upper end of the range of gwh_per_day; null where none is known'),
    float('beta', '1', 'scaling factor for non-uniform node use, interconnect and orchestration'),
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
    count('n', 'draws', 'draws summarised'),
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

/** Single draws, on request: the inputs and outputs of each, one row per model and sample. */
export const SAMPLES = {
  name: 'samples',
  columns: [
    REGIME,
    MODEL,
    count('sample_id', '1', 'index of the draw from 0; models with the same regime and sample_id share their inputs'),
    float('input_tokens', 'tok', 'input tokens of the query'),
    float('output_tokens', 'tok', 'output tokens of the query'),
    float('prefill_weight', '1', 'output tokens that one input token counts as'),
    float('node_power_kw', 'kW', 'maximum power of the node'),
    float('power_utilization', '1', 'share of node_power_kw that is drawn'),
    float('pue', '1', 'power usage effectiveness of the datacentre'),
    float('tps', 'tok/s', 'output tokens per second of the whole node'),
    float('energy_wh', 'Wh/query', 'energy of the query'),
  ],
} as const;

/** Every table that tokenjoule writes. */
export const TABLES = [SUMMARY, HISTOGRAM, THROUGHPUT, FLEET, INPUTS, SAMPLES] as const;

export type SummaryRow = Row<typeof SUMMARY>;
export type HistogramRow = Row<typeof HISTOGRAM>;
export type ThroughputRow = Row<typeof THROUGHPUT>;
export type FleetRow = Row<typeof FLEET>;
export type InputsRow = Row<typeof INPUTS>;
export type SampleRow = Row<typeof SAMPLES>;

function text<const N extends string>(name: N, meaning: string) {
  return { name, type: 'text', unit: 'none', meaning } as const;
}

function float<const N extends string>(name: N, unit: string, meaning: string) {
  return { name, type: 'float', unit, meaning } as const;
}

function count<const N extends string>(name: N, unit: string, meaning: string) {
  return { name, type: 'count', unit, meaning } as const;
}
