import { ENERGY_PER_DAY } from '../model/energy-per-day.js';
import { inGwh } from '../result/rows/day.js';
import type { Expectation, ResolvedScenario, Statistic } from '../scenario/resolved.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import type { SummaryRow } from '../tables/schema.js';
import type { UncertaintyRow } from '../tables/worlds.js';
import { type Estimate, estimateOf, ratioOf } from './estimate.js';
import { isKnownStatistic, knownEstimate } from './known-estimate.js';

/** An earlier result, as far as expectations need it. */
export interface Reference {
  /** Its draws per model and regime. */
  readonly samples: number;
  readonly summary: readonly SummaryRow[];
}

/** What became of an expectation in one row of the summary. */
export interface Verdict {
  readonly expectation: Expectation;
  /** The row, of the summary or over worlds; absent where none is what the expectation names. */
  readonly row?: SummaryRow | UncertaintyRow;
  /** The statistic, or its ratio to the earlier result. */
  readonly found: Estimate;
  readonly holds: boolean;
}

const NOTHING: Estimate = { value: Number.NaN, low: Number.NaN, high: Number.NaN };

/** What is judged. */
export interface Judged {
  /** With the days of the fleet among its rows, where the scenario has one. */
  readonly summary: readonly SummaryRow[];
  /** Absent where the scenario asks for no worlds. */
  readonly uncertainty?: readonly UncertaintyRow[] | undefined;
}

/**
 * Holds results against their scenario's expectations. One fails only if the whole 95 % interval of the statistic's Monte
 * Carlo error lies outside its bounds, or if there is no such number or interval: other draws of the same scenario do not make it fail.
 *
 * @param reference the earlier result that `ratio_to` names
 */
export function judge(
  scenario: ResolvedScenario,
  { summary, uncertainty = [] }: Judged,
  reference: (folder: string) => Reference | undefined,
): Verdict[] {
  return (scenario.expect ?? []).flatMap((expectation): Verdict[] => {
    const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY, statistic } = expectation;
    const verdict = (row: SummaryRow | UncertaintyRow, found: Estimate) => ({
      ...{ expectation, row, found },
      holds: found.high >= low && found.low <= high,
    });
    const verdicts = isKnownStatistic(statistic)
      ? knownRows(expectation, scenario, uncertainty).map((row) => verdict(row, knownEstimate(row, statistic)))
      : summaryRows(expectation, scenario, summary).map((row) =>
          verdict(row, foundIn(row, expectation, statistic, scenario.samples, reference)),
        );
    return verdicts.length > 0 ? verdicts : [{ expectation, found: NOTHING, holds: false }];
  });
}

function summaryRows(expectation: Expectation, scenario: ResolvedScenario, summary: readonly SummaryRow[]) {
  return rowsFor(expectation, scenario, summary).map((row) => inGwh(row, ['mean', 'mean_low', 'mean_high']));
}

/** Of what is known of medians, and of totals. */
function knownRows(expectation: Expectation, scenario: ResolvedScenario, rows: readonly UncertaintyRow[]) {
  const statistic = expectation.metric === ENERGY_PER_DAY ? 'total' : 'p50';
  const own = rows.filter((row) => row.statistic === statistic);
  const numbers = ['p05', 'p25', 'p50', 'p75', 'p95', 'p50_mc_error'] as const;
  return rowsFor(expectation, scenario, own).map((row) => inGwh(row, numbers));
}

function rowsFor<R extends SummaryRow | UncertaintyRow>(
  { metric, regime, subject, pathway, trim, formula }: Expectation,
  { blends }: ResolvedScenario,
  all: readonly R[],
): readonly R[] {
  const ofFormula = formula === undefined ? ofFirstFormula(all) : all.filter((row) => row.formula === formula);
  const rows = ofFormula.filter((row) => row.metric === metric && row.pathway === pathway && row.trim === trim);
  const inRegime = rows.filter((row) => regime === undefined || row.regime === regime);
  if (subject !== undefined) return inRegime.filter((row) => row.subject === subject);
  const ofBlends = inRegime.filter((row) => row.subject_kind === 'blend');
  return blends.length > 0 && ofBlends.length > 0 ? ofBlends : inRegime;
}

function foundIn(
  row: SummaryRow,
  { ratio_to }: Expectation,
  asked: Statistic | 'total',
  samples: number,
  reference: (folder: string) => Reference | undefined,
): Estimate {
  // A day's total is what all its queries come to on average.
  const statistic = asked === 'total' ? 'mean' : asked;
  const now = estimateOf(row, statistic, samples);
  if (ratio_to === undefined) return now;
  const earlier = reference(ratio_to);
  const same = earlier?.summary.find((other) => isSame(other, row));
  if (!earlier || !same) return NOTHING;
  return ratioOf(now, estimateOf(inGwh(same, ['mean', 'mean_low', 'mean_high']), statistic, earlier.samples));
}

const NAMES = ['regime', 'subject_kind', 'subject', 'pathway', 'trim', 'metric'] as const;

/** Tables of format 1 do not say by which formula they are. */
function isSame(one: SummaryRow, other: SummaryRow): boolean {
  const areOfOne = one.formula === other.formula || one.formula === '' || other.formula === '';
  const areOfOneUnit = one.unit === other.unit || one.metric === ENERGY_PER_DAY;
  return areOfOne && areOfOneUnit && NAMES.every((name) => one[name] === other[name]);
}
