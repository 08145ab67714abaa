import type { Comparison } from '../comparison/compare.js';
import { alignedLines, percent, rangeText, significant } from '../format.js';
import { printableLine } from '../printable.js';
import type { QuantileName } from '../sketch/quantile-name.js';
import { baseOf } from '../tables/result-name.js';
import type { AttributionRow, CompareRow } from '../tables/studies.js';
import { conclusionOf, dayConclusion } from './comparison-conclusion.js';

/** A comparison for a reader at a terminal. */
export function comparisonText(
  { compare, attribution, quantiles, notes }: Comparison,
  folder: string,
  name?: string,
): string {
  const ofQueries = compare.filter(({ subject_kind }) => subject_kind !== 'mix');
  const regimes = [...new Set(ofQueries.map(({ regime }) => regime))];
  const [first] = compare;
  const conclusion = [dayConclusion(compare), conclusionOf({ compare })].flatMap((line) => line ?? []);
  return [
    ...(conclusion.length > 0 ? [...conclusion.map(printableLine), ''] : []),
    ...(first ? [`${first.scenario_b} against ${first.scenario_a}, energy of a query`] : []),
    ...regimes.flatMap((regime) => ['', ...regimeLines(regime, ofQueries, quantiles)]),
    ...dayLines(compare),
    ...regimes.flatMap((regime) => attributionLines(regime, attribution)),
    ...notes.map((note, i) => `${i === 0 ? '\n' : ''}note: ${printableLine(note)}`),
    '',
    `${baseOf('compare', name)}.arrow and ${baseOf('attribution', name)}.arrow in ${folder}`,
  ].join('\n');
}

/** Days of mixes, where both have a fleet. */
function dayLines(compare: readonly CompareRow[]): string[] {
  const days = compare.filter(({ quantity }) => quantity === 'energy_per_day_ratio');
  if (days.length === 0) return [];
  const rows = days.map(({ subject, mean, mean_low, mean_high }) => {
    const more = compare.find((row) => row.quantity === 'energy_per_day_difference' && row.subject === subject);
    const unit = more?.unit.replace('/day', '') ?? '';
    return [
      `  ${subject}`,
      ...[number(mean, 4), range(mean_low, mean_high, 4)],
      ...(more ? [`${number(more.mean)} ${unit}`, range(more.mean_low, more.mean_high)] : []),
    ];
  });
  const error = 'Monte Carlo error (95 %)';
  const titles = ['a day of the fleet', '×', error, '+', error, ...knownTitles(days)];
  return ['', ...alignedLines([titles, ...rows.map((row, i) => [...row, ...knownCells(days[i])])])];
}

function regimeLines(regime: string, compare: readonly CompareRow[], quantiles: readonly QuantileName[]): string[] {
  const own = compare.filter((row) => row.regime === regime);
  const ratios = own.filter(({ quantity }) => quantity === 'energy_ratio');
  return alignedLines([
    [
      ...[regime, 'median ×', 'Monte Carlo error (95 %)', 'P5–P95', 'mean ×', 'median + Wh', 'P5–P95'],
      ...quantiles.map((name) => `${name.toUpperCase()} ×`),
      ...knownTitles(ratios),
    ],
    ...ratios.map((ratio) => {
      const isPartner = ({ quantity, subject, subject_kind }: CompareRow) =>
        quantity === 'energy_difference' && subject === ratio.subject && subject_kind === ratio.subject_kind;
      return [
        `  ${ratio.subject}`,
        ...ratioCells(ratio),
        ...differenceCells(own.find(isPartner)),
        ...quantiles.map((name) => number(ratio[name])),
        ...knownCells(ratio),
      ];
    }),
  ]);
}

/** Columns about worlds, where there are any. */
function knownTitles(ratios: readonly CompareRow[]): string[] {
  return ratios.some(isKnown) ? ['known to ×', 'B lower'] : [];
}

function knownCells(ratio: CompareRow): string[] {
  if (!isKnown(ratio)) return [];
  return [range(ratio.known_low, ratio.known_high), `in ${percent(Number(ratio.b_lower_share))} of worlds`];
}

function isKnown({ b_lower_share }: CompareRow): boolean {
  return b_lower_share !== null;
}

function ratioCells({ p50, p50_ci_low, p50_ci_high, p05, p95, mean }: CompareRow): string[] {
  return [number(p50, 4), range(p50_ci_low, p50_ci_high, 4), range(p05, p95), number(mean)];
}

function differenceCells(row: CompareRow | undefined): string[] {
  return row ? [number(row.p50), range(row.p05, row.p95)] : [];
}

function attributionLines(regime: string, attribution: readonly AttributionRow[]): string[] {
  const own = attribution.filter((row) => row.regime === regime);
  if (own.length === 0) return [];
  const parameters = [...new Set(own.map(({ parameter }) => parameter))];
  const subjects = [...new Set(own.map(({ subject_kind, subject }) => JSON.stringify([subject_kind, subject])))];
  const rows = subjects.map((key) => own.filter((row) => JSON.stringify([row.subject_kind, row.subject]) === key));
  return [
    '',
    ...alignedLines([
      [`${regime}, change of the median, Wh (± its Monte Carlo error)`, 'A', ...parameters, 'B'],
      ...rows.map((row) => [`  ${row[0].subject}`, number(row[0].p50_a), ...row.map(changeText), number(row[0].p50_b)]),
    ]),
  ];
}

function changeText({ change, change_mc_error }: AttributionRow): string {
  const sign = change !== null && change >= 0 ? '+' : '';
  const error = change_mc_error === null ? '' : ` ± ${significant(change_mc_error, 2)}`;
  return `${sign}${number(change)}${error}`;
}

function number(value: number | null, digits = 3): string {
  return significant(value ?? Number.NaN, digits);
}

/**
 * The lower end first: of two results each end is a ratio of two quantiles, and the ratio of the P95s may be the lower
 * one.
 */
function range(one: number | null, other: number | null, digits = 3): string {
  const [low, high] = [one ?? Number.NaN, other ?? Number.NaN].sort((a, b) => a - b);
  return rangeText(low, high, digits).replace('–-', ' to -');
}
