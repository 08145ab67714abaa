import { alignedLines, rangeText, significant } from '../format.js';
import { BASELINE } from '../model/pathway.js';
import type { SummaryRow } from '../tables/schema.js';

/**
 * Means of whole distributions, which is what a fleet adds up, with their 95 % intervals: of blends, or of models where nothing is
 * blended. No lines where there is no mean. An interval is there from eight independent draws on.
 *
 * @param regimes in the order of the scenario
 */
export function meanLines(summary: readonly SummaryRow[], regimes: readonly string[], metric: string): string[] {
  const whole = summary.filter(
    (row) => row.metric === metric && row.pathway === BASELINE && row.trim === 'none' && row.mean !== null,
  );
  const blends = whole.filter(({ subject_kind }) => subject_kind === 'blend');
  const told = blends.length > 0 ? blends : whole.filter(({ subject_kind }) => subject_kind === 'model');
  if (told.length === 0) return [];
  const error = told.every(({ n }) => n === 0) ? 'numerical error' : 'Monte Carlo error';
  return [
    '',
    ...alignedLines([
      ['mean of a query', unitText(told[0]), `95 % interval (${error})`],
      ...regimes.flatMap((regime) => told.filter((row) => row.regime === regime).map(cells)),
    ]),
  ];
}

function cells({ regime, subject, mean, mean_low, mean_high }: SummaryRow): string[] {
  const known = mean_low !== null && mean_high !== null;
  return [`  ${regime}, ${subject}`, significant(mean ?? Number.NaN), known ? rangeText(mean_low, mean_high, 4) : '–'];
}

function unitText({ unit }: SummaryRow): string {
  return unit.replace('/query', '');
}
