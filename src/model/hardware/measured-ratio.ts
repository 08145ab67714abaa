import { ln } from '../../distributions/elementary.js';
import type { Distribution } from '../../distributions/index.js';

/** A ratio of energies that was measured on pairs which differ in one thing: a row of precision-and-generation.csv. */
export interface MeasuredRatio {
  /** What over what, e.g. FP8/BF16. */
  readonly ratio: string;
  readonly condition: string;
  readonly metric: string;
  /** Pairs. */
  readonly n: number;
  readonly median: number;
  /** Percentiles over the pairs; absent where there are too few. */
  readonly p10?: number;
  readonly p90?: number;
  readonly confidence: string;
  readonly source_title: string;
  readonly source_url: string;
}

const COLUMNS = [
  'ratio',
  'condition',
  'metric',
  'n',
  'median',
  'p10',
  'p90',
  'confidence',
  'source_title',
  'source_url',
] as const;

/** A row of precision-and-generation.csv, as text. */
export type RatioRow = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** A row's ratio with its numbers read. */
export function measuredRatio({ n, median, p10, p90, ...names }: RatioRow): MeasuredRatio {
  return {
    ...names,
    n: Number(n),
    median: Number(median),
    ...(p10 !== '' && p90 !== '' && { p10: Number(p10), p90: Number(p90) }),
  };
}

/** Standard deviations from the median of a normal distribution to its P90. */
const Z90 = 1.2815515655446004;

/**
 * The ratio as a factor to draw: a lognormal with the pairs' median, as wide as from P10 to P90; a tail that is heavier on one side
 * counts half on either. Throws a RangeError where the row has no percentiles.
 */
export function ratioDistribution({ ratio, condition, n, median, p10, p90 }: MeasuredRatio): Distribution {
  if (p10 === undefined || p90 === undefined)
    throw new RangeError(`${ratio} (${condition}) has ${n} pairs and no percentiles: too few for a distribution`);
  return { family: 'lognormal', parameters: { mu: ln(median), sigma: (ln(p90) - ln(p10)) / (2 * Z90) } };
}
