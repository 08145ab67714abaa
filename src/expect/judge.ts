import type { Expectation, ResolvedScenario } from '../scenario/resolved.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import type { SummaryRow } from '../tables/schema.js';
import { type Estimate, estimateOf, ratioOf } from './estimate.js';

/** An earlier result, as far as expectations need it. */
export interface Reference {
  /** Its draws per model and regime. */
  readonly samples: number;
  readonly summary: readonly SummaryRow[];
}

/** What became of an expectation in one row of the summary. */
export interface Verdict {
  readonly expectation: Expectation;
  /** The row; absent where none is what the expectation names. */
  readonly row?: SummaryRow;
  /** The statistic, or its ratio to the earlier result. */
  readonly found: Estimate;
  readonly holds: boolean;
}

const NOTHING: Estimate = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

/**
 * Holds a summary against its scenario's expectations. One fails only if the whole 95 % interval of the statistic's Monte
 * Carlo error lies outside its bounds, or if there is no such number or interval: other draws of the same scenario do not make it fail.
 *
 * @param reference the earlier result that `ratio_to` names
 */
export function judge(
  scenario: ResolvedScenario,
  summary: readonly SummaryRow[],
  reference: (folder: string) => Reference | undefined,
): Verdict[] {
  return (scenario.expect ?? []).flatMap((expectation): Verdict[] => {
    const rows = rowsFor(expectation, scenario, summary);
    if (rows.length === 0) return [{ expectation, found: NOTHING, holds: false }];
    return rows.map((row) => {
      const found = foundIn(row, expectation, scenario.samples, reference);
      const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = expectation;
      return { expectation, row, found, holds: found.high >= low && found.low <= high };
    });
  });
}

function rowsFor(
  { metric, regime, subject, pathway, trim, formula }: Expectation,
  { blends }: ResolvedScenario,
  summary: readonly SummaryRow[],
): SummaryRow[] {
  const ofFormula = formula === undefined ? ofFirstFormula(summary) : summary.filter((row) => row.formula === formula);
  const rows = ofFormula.filter((row) => row.metric === metric && row.pathway === pathway && row.trim === trim);
  const inRegime = rows.filter((row) => regime === undefined || row.regime === regime);
  if (subject !== undefined) return inRegime.filter((row) => row.subject === subject);
  const ofBlends = inRegime.filter((row) => row.subject_kind === 'blend');
  return blends.length > 0 && ofBlends.length > 0 ? ofBlends : inRegime;
}

function foundIn(
  row: SummaryRow,
  { statistic, ratio_to }: Expectation,
  samples: number,
  reference: (folder: string) => Reference | undefined,
): Estimate {
  const now = estimateOf(row, statistic, samples);
  if (ratio_to === undefined) return now;
  const earlier = reference(ratio_to);
  const before = earlier?.summary.find((other) => isSame(other, row));
  return earlier && before ? ratioOf(now, estimateOf(before, statistic, earlier.samples)) : NOTHING;
}

const NAMES = ['regime', 'subject_kind', 'subject', 'pathway', 'trim', 'metric', 'unit'] as const;

/** Tables of format 1 do not say by which formula they are. */
function isSame(one: SummaryRow, other: SummaryRow): boolean {
  const areOfOne = one.formula === other.formula || one.formula === '' || other.formula === '';
  return areOfOne && NAMES.every((name) => one[name] === other[name]);
}
