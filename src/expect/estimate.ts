import { exp, ln } from '../distributions/elementary.js';
import { keptShare } from '../model/blend.js';
import type { Statistic } from '../scenario/resolved.js';
import { type QuantileName, STANDARD_QUANTILES, type StandardQuantile } from '../sketch/quantile-name.js';
import { LEAST_DRAWS, Z_95 } from '../sketch/statistics.js';
import { quantileColumns, type SummaryRow } from '../tables/schema.js';

/** A statistic with the 95 % interval of its Monte Carlo error. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Probabilities of the summary's quantiles with their standard normal scores and the normal density there. */
const QUANTILES: readonly { name: StandardQuantile; p: number; z: number; density: number }[] = [
  { name: 'p05', p: 0.05, z: -1.6448536269514722, density: 0.10313564037537128 },
  { name: 'p25', p: 0.25, z: -0.6744897501960817, density: 0.31777657096154766 },
  { name: 'p50', p: 0.5, z: 0, density: 0.3989422804014327 },
  { name: 'p75', p: 0.75, z: 0.6744897501960817, density: 0.31777657096154766 },
  { name: 'p95', p: 0.95, z: 1.6448536269514722, density: 0.10313564037537128 },
];

/**
 * A statistic of a summary row with its Monte Carlo error; NaN where the row has none. Below `LEAST_DRAWS` samples no statistic
 * has an interval.
 *
 * The median's interval, the mean's and those of quantiles that the scenario asks for are the row's own. The
 * other quantiles' is that of their rank among all draws (binomial), turned into the quantity's unit by the slope between the
 * row's quantiles on normal scores, the steepest nearby: about right for one smooth mode, and rather too wide than too narrow
 * (test/expect/expect.test.ts). The interquartile
 * range takes the errors of both quartiles, as if they added up.
 *
 * @param samples draws per model and regime
 */
export function estimateOf(row: SummaryRow, statistic: Statistic, samples: number): Estimate {
  const value = row[statistic] ?? Number.NaN;
  if (!isOfAllRows(statistic)) return ofOwnInterval(row, statistic);
  if (row.n === 0) return integratedEstimate(row, statistic, value);
  if (samples < LEAST_DRAWS) return { value, low: Number.NaN, high: Number.NaN };
  if (statistic === 'p50') return { value, low: row.p50_ci_low ?? Number.NaN, high: row.p50_ci_high ?? Number.NaN };
  if (statistic === 'mean') return meanEstimate(row, samples);
  if (statistic !== 'iqr') return quantileEstimate(row, statistic, samples);
  const [lower, upper] = [quantileEstimate(row, 'p25', samples), quantileEstimate(row, 'p75', samples)];
  return { value, low: Math.max(0, upper.low - lower.high), high: upper.high - lower.low };
}

/** What every summary has; all else has columns because the scenario asks for it. */
type OfAllRows = 'mean' | 'iqr' | StandardQuantile;

const OF_ALL_ROWS: readonly string[] = ['mean', 'iqr', ...STANDARD_QUANTILES];

function isOfAllRows(statistic: Statistic): statistic is OfAllRows {
  return OF_ALL_ROWS.includes(statistic);
}

function ofOwnInterval(row: SummaryRow, name: QuantileName): Estimate {
  const [value, low, high] = quantileColumns(name).map((column) => row[column] ?? Number.NaN);
  return { value, low, high };
}

/** Largest relative error of what was integrated where its row says no more. Source: `standardTolerance`. */
const INTEGRATED = 1e-4;

/** Nothing was drawn: the error is numerical, that of the median or what was asked of all quantiles. */
function integratedEstimate(
  { p25, p50, p75, p50_ci_low, p50_ci_high }: SummaryRow,
  statistic: OfAllRows,
  value: number,
): Estimate {
  const [low, high] = [p50_ci_low ?? Number.NaN, p50_ci_high ?? Number.NaN];
  if (statistic === 'p50') return { value, low, high };
  const relative = Math.max(INTEGRATED, (high - low) / 2 / (p50 ?? Number.NaN));
  const size = statistic === 'iqr' ? (p25 ?? Number.NaN) + (p75 ?? Number.NaN) : value;
  return around(value, size * (Number.isFinite(relative) ? relative : INTEGRATED));
}

/** The row's own interval; of tables from before it had one, the normal one. */
function meanEstimate(row: SummaryRow, samples: number): Estimate {
  const value = row.mean ?? Number.NaN;
  const { mean_low: low, mean_high: high } = row;
  if (typeof low === 'number' && typeof high === 'number') return { value, low, high };
  return around(value, (Z_95 * meanSpread(row)) / (keptShareOf(row) * Math.sqrt(samples)));
}

/** The ratio of two estimates, their errors taken as independent: with shared draws it is more certain than said. */
export function ratioOf(one: Estimate, other: Estimate): Estimate {
  const value = one.value / other.value;
  const error = Math.hypot(lnHalfWidth(one), lnHalfWidth(other));
  return { value, low: value * exp(-error), high: value * exp(error) };
}

/**
 * What takes the place of the standard deviation in the error of a mean: of a trimmed one, the winsorised standard deviation,
 * the trimmed draws counting as the ends of the kept ones (Tukey and McLaughlin, Sankhya 1963). The ends are what the last
 * two quantiles on their side go on to.
 */
function meanSpread(row: SummaryRow): number {
  const [mean, std, p05, p25, p75, p95] = [row.mean, row.std, row.p05, row.p25, row.p75, row.p95].map(
    (value) => value ?? Number.NaN,
  );
  const kept = keptShareOf(row);
  const [low, high] = [p05 - (p25 - p05) / 4, p95 + (p95 - p75) / 4];
  return Math.sqrt(kept * std ** 2 + ((1 - kept) / 2) * ((mean - low) ** 2 + (high - mean) ** 2));
}

function around(value: number, error: number): Estimate {
  return { value, low: value - error, high: value + error };
}

function lnHalfWidth({ low, high }: Estimate): number {
  return low === high ? 0 : 0.5 * (ln(high) - ln(low));
}

function keptShareOf({ trim }: Pick<SummaryRow, 'trim'>): number {
  return keptShare(trim as 'none' | 'p14-p86');
}

/**
 * A quantile with the error of its rank among so many independent draws; of a row that has all five quantiles, else NaN.
 */
export function quantileEstimate(
  row: Readonly<Record<StandardQuantile, number | null>> & Pick<SummaryRow, 'trim'>,
  name: StandardQuantile,
  samples: number,
): Estimate {
  const values = QUANTILES.map((quantile) => row[quantile.name] ?? Number.NaN);
  const at = QUANTILES.findIndex((quantile) => quantile.name === name);
  const { p, density } = QUANTILES[at];
  const rankError = Z_95 * rankDeviation(p, keptShareOf(row), samples);
  // Quantities that are never 0 spread by factors.
  const inLn = values.every((value) => value > 0);
  const error = (rankError / density) * steepestSlope(inLn ? values.map(ln) : values, at);
  const value = values[at];
  return inLn ? { value, low: value * exp(-error), high: value * exp(error) } : around(value, error);
}

/**
 * Standard deviation of the rank of the quantile `p` among kept draws, as a share of them. Trimming cuts at ranks, so it is
 * the binomial error of the quantile's rank among all draws: near a cut, far more than that of as many untrimmed draws.
 */
function rankDeviation(p: number, kept: number, samples: number): number {
  const amongAll = (1 - kept) / 2 + kept * p;
  return Math.sqrt((amongAll * (1 - amongAll)) / samples) / kept;
}

/** The steepest slope around a quantile; at the ends, also what the slopes there go on to. */
function steepestSlope(values: readonly number[], at: number): number {
  const slopes = values.slice(1).map((value, i) => (value - values[i]) / (QUANTILES[i + 1].z - QUANTILES[i].z));
  if (at === 0) return Math.max(slopes[0], 2 * slopes[0] - slopes[1]);
  if (at === slopes.length) return Math.max(slopes[at - 1], 2 * slopes[at - 1] - slopes[at - 2]);
  return Math.max(slopes[at - 1], slopes[at]);
}
