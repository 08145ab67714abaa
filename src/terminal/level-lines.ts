import { alignedLines, rangeText, significant } from '../format.js';
import { printableLine } from '../printable.js';
import type { SummaryRow } from '../tables/schema.js';

/** Medians and means of blends, of models where there are none, then days of a fleet, each with its Monte Carlo interval. */
export function levelLines(levels: readonly SummaryRow[]): string[] {
  const days = levels.filter(({ subject_kind }) => subject_kind === 'mix');
  const queries = levels.filter(({ subject_kind }) => subject_kind !== 'mix');
  const blends = queries.filter(({ subject_kind }) => subject_kind === 'blend');
  const shown = blends.length > 0 ? blends : queries;
  if (shown.length === 0) return [];
  const error = 'Monte Carlo (95 %)';
  return [
    ...alignedLines([
      [`${shown[0].metric}, ${shown[0].unit}`, 'median', error, 'mean', error],
      ...shown.map((row) => [
        printableLine(`  ${row.regime}, ${row.subject}`),
        ...cells(row.p50, row.p50_ci_low, row.p50_ci_high),
        ...cells(row.mean, row.mean_low, row.mean_high),
      ]),
      ...days.map(({ subject, unit, mean, mean_low, mean_high }) => [
        printableLine(`  a day of ${subject}, ${unit.replace('/day', '')}`),
        ...['', ''],
        ...cells(mean, mean_low, mean_high),
      ]),
    ]),
    '',
  ];
}

function cells(value: number | null, low: number | null, high: number | null): string[] {
  const [number, ...ends] = [value, low, high].map((one) => one ?? Number.NaN);
  return [significant(number), rangeText(ends[0], ends[1])];
}
