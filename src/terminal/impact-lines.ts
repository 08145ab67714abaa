import { alignedLines, rangeText, significant } from '../format.js';
import { IMPACTS } from '../model/impact/index.js';
import { BASELINE } from '../model/pathway.js';
import { perOutputToken, sharesOfParts, softwareCarbonIntensity, type TextTable } from '../result/beside-energy.js';
import type { SummaryRow } from '../tables/schema.js';

/** What queries of a regime cause beside energy: medians and quartiles of each impact; no lines where none is stated. */
export function impactLines(summary: readonly SummaryRow[], regime: string, basis?: string): string[] {
  const shown = summary.filter(
    (row) => row.regime === regime && row.pathway === BASELINE && row.trim === 'none' && row.p50 !== null,
  );
  const metrics = IMPACTS.map(({ metric }) => metric).filter((metric) => shown.some((row) => row.metric === metric));
  if (metrics.length === 0) return [];
  const subjects = [...new Set(shown.map(({ subject }) => subject))];
  const rowOf = (subject: string, metric: string) =>
    shown.find((row) => row.subject === subject && row.metric === metric);
  const unitOf = (metric: string) => shown.find((row) => row.metric === metric)?.unit.replace('/query', '') ?? '';
  return [
    '',
    ...alignedLines([
      [`${regime}, median and quartiles`, ...metrics.flatMap((metric) => [`${metric}, ${unitOf(metric)}`, ''])],
      ...subjects.map((subject) => [`  ${subject}`, ...metrics.flatMap((metric) => cells(rowOf(subject, metric)))]),
    ]),
    ...tableLines(sharesOfParts(summary, regime)),
    ...tableLines(perOutputToken(summary, regime)),
    ...sciLines(softwareCarbonIntensity(summary, regime, basis)),
  ];
}

function tableLines(table: TextTable | undefined): string[] {
  if (table === undefined) return [];
  return [
    '',
    ...alignedLines([[...table.head], ...table.rows.map(([subject, ...cells]) => [`  ${subject}`, ...cells])]),
  ];
}

function sciLines(sentence: string | undefined): string[] {
  return sentence === undefined ? [] : [`  ${sentence}`];
}

function cells(row: SummaryRow | undefined): string[] {
  if (row === undefined) return ['–', ''];
  return [significant(row.p50 ?? Number.NaN), rangeText(row.p25 ?? Number.NaN, row.p75 ?? Number.NaN)];
}
