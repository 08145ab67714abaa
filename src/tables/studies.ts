import type { QuantileName } from '../sketch/quantile-name.js';
import { count, float, laterFloat, laterText, type Row, text } from './columns.js';

// The tables of `tokenjoule analyze` and `compare`: part of the contract of schema.ts.

const SEE_UNIT = 'see unit column';

const SCENARIO = text('scenario', 'name of the scenario');
const REGIME = text('regime', 'kind of query, e.g. traditional or test-time-scaling');
const FORMULA = laterText('formula', 'formula of the energy, e.g. oviedo or request-cost');
const UNIT = text('unit', 'unit of the numbers in this row');

const OF_MIX = 'of a mix: the others that are shared; of several inputs, the quantile over worlds';

/** Influence of each uncertain input, from `tokenjoule analyze`: the columns of other methods than the row's are null. */
export const SENSITIVITY = {
  name: 'sensitivity',
  columns: [
    SCENARIO,
    REGIME,
    text('subject_kind', 'what the row is about: model, blend, or mix of a fleet'),
    text('subject', 'name of the model, (untrimmed) blend or mix'),
    text(
      'output',
      'energy, ln_energy, a target such as P95 (energy above its own P95) or P(energy > 1); of a mix energy_per_day',
    ),
    UNIT,
    text(
      'method',
      'sobol with its estimator or closed form, shapley, morris, tornado, regression or pawn; of a mix worlds, or as if shared: one value for all queries',
    ),
    text(
      'parameter',
      'name of the uncertain input; dummy: one without influence; a × b: a pair; model: which of a blend answers',
    ),
    float('s1', '1', 'first-order Sobol index'),
    float('s1_conf', '1', 'half-width of its confidence interval'),
    float('st', '1', 'total Sobol index'),
    float('st_conf', '1', 'half-width of its confidence interval'),
    float('s2', '1', 'second-order Sobol index of a pair'),
    float('s2_conf', '1', 'half-width of its confidence interval'),
    float('shapley', '1', 'Shapley effect: share of the variance, inputs correlated or not'),
    float('shapley_conf', '1', 'half-width of its confidence interval'),
    float('mu', SEE_UNIT, 'mean elementary effect, from P5 to P95 per unit of probability'),
    float('mu_star', SEE_UNIT, 'mean size of the elementary effects'),
    float('mu_star_conf', SEE_UNIT, 'half-width of its confidence interval'),
    float('sigma', SEE_UNIT, 'standard deviation of the elementary effects'),
    float('low', SEE_UNIT, `output with this input at its P5 and all others at their medians; ${OF_MIX}`),
    float('high', SEE_UNIT, `output with this input at its P95 and all others at their medians; ${OF_MIX}`),
    float('base', SEE_UNIT, 'output with all inputs at their medians; of a mix: with those that are shared'),
    float('swing', SEE_UNIT, 'distance of low and high'),
    float('src', '1', 'standardised regression coefficient'),
    float('src_conf', '1', 'half-width of its confidence interval'),
    float('r2', '1', 'share of the variance that the regression explains'),
    float('srrc', '1', 'standardised rank regression coefficient'),
    float('srrc_conf', '1', 'half-width of its confidence interval'),
    float('r2_rank', '1', 'share of the variance of ranks that the rank regression explains'),
    float('median', '1', 'PAWN: median Kolmogorov-Smirnov distance over the slices of the input'),
    float('median_conf', '1', 'half-width of its confidence interval'),
    float('mean', '1', 'PAWN: mean distance'),
    float('maximum', '1', 'PAWN: largest distance'),
    float('conf_level', '1', 'confidence level of the intervals; null where the method has none'),
    count('n', 'rows', 'rows of the design (effects for morris) used'),
    count('n_dropped', 'rows', 'rows left out because the output there is no finite number'),
    FORMULA,
  ],
} as const;

const COMPARED = [
  text('scenario_a', 'name of the scenario compared against'),
  text('scenario_b', 'name of the scenario compared'),
  REGIME,
  text('subject_kind', 'what the row is about: model, blend, or mix of a fleet'),
  text('subject', 'name of the model, (untrimmed) blend or mix'),
] as const;

const WORLDS_CHANGE = 'the change of the median, or of a day, from what all queries share; null without worlds';

/** Energy of one scenario against another, from `tokenjoule compare`. */
export const COMPARE = {
  name: 'compare',
  columns: [
    ...COMPARED,
    text(
      'quantity',
      'energy_ratio: B / A; energy_difference: B - A; of a mix energy_per_day_ratio and energy_per_day_difference, whose mean is the number',
    ),
    UNIT,
    text(
      'paired',
      'yes: distribution over the same draws; no: of two results, where each number is the ratio or difference of theirs',
    ),
    count('n', 'draws', 'draws summarised (per model of a blend)'),
    count('n_dropped', 'draws', 'draws without a finite number, e.g. the ratio to an energy of 0'),
    float('mean', SEE_UNIT, 'arithmetic mean'),
    float('std', SEE_UNIT, 'standard deviation; null where not paired'),
    float('p05', SEE_UNIT, '5th percentile'),
    float('p25', SEE_UNIT, '25th percentile'),
    float('p50', SEE_UNIT, 'median'),
    float('p75', SEE_UNIT, '75th percentile'),
    float('p95', SEE_UNIT, '95th percentile'),
    float(
      'p50_ci_low',
      SEE_UNIT,
      'lower end of the 95 % confidence interval of the median; not paired: of at least 95 %',
    ),
    float(
      'p50_ci_high',
      SEE_UNIT,
      'upper end of the 95 % confidence interval of the median; not paired: of at least 95 %',
    ),
    FORMULA,
    float('mean_low', SEE_UNIT, 'lower end of the 95 % confidence interval of the mean; null where not paired'),
    float('mean_high', SEE_UNIT, 'upper end of the 95 % confidence interval of the mean; null where not paired'),
    laterFloat('known_low', SEE_UNIT, `P5 over worlds of ${WORLDS_CHANGE}`),
    laterFloat('known_high', SEE_UNIT, `P95 over worlds of ${WORLDS_CHANGE}`),
    laterFloat('b_lower_share', '1', 'share of the worlds in which B is lower; null without worlds'),
  ],
} as const;

/** The comparison of scenarios that ask for quantiles beside the five: they are its last columns. */
export function compareTable(quantiles: readonly QuantileName[]) {
  const columns = quantiles.map((name) => float(name, SEE_UNIT, `${name.slice(1)} % of the draws lie below`));
  return { name: COMPARE.name, columns: [...COMPARE.columns, ...columns] };
}

/** What makes the median of one scenario differ from the other's, from `tokenjoule compare`: changes add up to p50_b - p50_a. */
export const ATTRIBUTION = {
  name: 'attribution',
  columns: [
    ...COMPARED,
    text('parameter', 'what differs; models: which models and blends there are'),
    UNIT,
    float('change', SEE_UNIT, 'change of the median that the parameter makes: its Shapley value'),
    float('p50_a', SEE_UNIT, 'median energy in A'),
    float('p50_b', SEE_UNIT, 'median energy in B'),
    count('n', 'draws', 'draws behind each median (per model of a blend)'),
    float(
      'change_mc_error',
      SEE_UNIT,
      'Monte Carlo standard error of the change, from eight batches of the draws; null for one block of them',
    ),
    FORMULA,
  ],
} as const;

/** One effect of one input: a row of `sensitivity.arrow`; its columns are those of `SENSITIVITY`. */
export type SensitivityRow = Row<typeof SENSITIVITY>;
/** One quantity of two scenarios, paired: a row of `compare.arrow`; its columns are those of `COMPARE`. */
export type CompareRow = Row<typeof COMPARE> & { readonly [column in QuantileName]: number | null };
/** What one difference between two scenarios does to the median: a row of `attribution.arrow`; its columns are those of `ATTRIBUTION`. */
export type AttributionRow = Row<typeof ATTRIBUTION>;
