import { count, float, type Row, text } from './columns.js';

// The tables that a run adds where its scenario asks for worlds: draws of everything that all queries share.

const SEE_UNIT = 'see unit column';
const SCENARIO = text('scenario', 'name of the scenario');
const FORMULA = text('formula', 'formula of the energy, e.g. oviedo or request-cost');

/** How well each statistic is known: its distribution over worlds, in each of which all queries share one draw of what is shared. */
export const UNCERTAINTY = {
  name: 'uncertainty',
  columns: [
    SCENARIO,
    text('regime', 'kind of query; all for a mix of them'),
    text('subject_kind', 'what the row is about: model, blend, or mix of a fleet'),
    text('subject', 'name of the model, blend or mix'),
    text('pathway', 'as in the summary; for a mix none or line-of-sight'),
    text('trim', 'as in the summary, cut in each world anew'),
    text('metric', 'quantity, e.g. energy, or energy_per_day for a mix'),
    text('unit', 'unit of the numbers in this row'),
    FORMULA,
    text('boundary', 'what an energy includes: gpu_board, node_ac, facility or fleet'),
    text(
      'statistic',
      'mean, p05, p25, p50, p75, p95 or another quantile asked for, of the queries of a world; total for a mix',
    ),
    count('worlds', 'worlds', 'worlds in which there is such a number'),
    count('samples', 'draws', 'queries in each world'),
    float('p05', SEE_UNIT, '5th percentile over worlds: known from here'),
    float('p25', SEE_UNIT, '25th percentile over worlds'),
    float('p50', SEE_UNIT, 'median over worlds'),
    float('p75', SEE_UNIT, '75th percentile over worlds'),
    float('p95', SEE_UNIT, '95th percentile over worlds: known to here'),
    float('mean', SEE_UNIT, 'arithmetic mean over worlds'),
    float('std', SEE_UNIT, 'standard deviation over worlds'),
    float('p50_mc_error', SEE_UNIT, 'Monte Carlo standard error of p50, of so many worlds and queries'),
  ],
} as const;

/** One statistic over worlds: a row of `uncertainty.arrow`; its columns are those of `UNCERTAINTY`. */
export type UncertaintyRow = Row<typeof UNCERTAINTY>;

/** What makes the log-variance of each energy, and of a fleet's day: shares that add up to 1. */
export const VARIANCE = {
  name: 'variance',
  columns: [
    SCENARIO,
    text('regime', 'kind of query; all for a mix of them'),
    text('subject', 'name of the model, blend or mix'),
    text('pathway', 'as in the summary; for a mix none or line-of-sight'),
    text('metric', 'energy of a query drawn at random, or energy_per_day of a mix over worlds'),
    text('formula', 'formula of the energy; all where each of several is as likely as the others'),
    text('source', 'queries, a variable that queries share, fit, or formula'),
    float('share', '1', 'share of the variance of ln energy above 0, by Shapley; null where nothing varies'),
  ],
} as const;

/** One source of variance: a row of `variance.arrow`; its columns are those of `VARIANCE`. */
export type VarianceRow = Row<typeof VARIANCE>;
