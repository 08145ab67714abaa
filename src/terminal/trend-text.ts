import type { Trend } from '../comparison/trend.js';
import { alignedLines, rangeText, significant } from '../format.js';
import { printableLine } from '../printable.js';
import type { TrendRow } from '../tables/trend.js';
import { counted } from '../words.js';

/** Most lines of what moved; all of it is in the table. */
const SHOWN = 20;

/** What the last night brought, in one line: for the mail of a job. */
export function trendReason({ nights, moved, missing }: Trend): string {
  const last = nights[nights.length - 1];
  const lost = missing.length === 0 ? '' : `; ${missing.length} missing (${missing.slice(0, 3).join(', ')})`;
  if (moved.length === 0) return printableLine(`${last}: nothing moved beyond its Monte Carlo error${lost}`);
  const most = `most ${nameOf(moved[0])} ${movementText(moved[0])}`;
  return printableLine(
    `${last}: ${counted(moved.length, 'result')} moved beyond ${moved.length === 1 ? 'its' : 'their'} Monte Carlo error; ${most}${lost}`,
  );
}

/** Results over nights for a reader at a terminal: what moved on the last one first, with what has changed. @param table the rest of it */
export function trendLines(trend: Trend, table: string): string[] {
  const { nights, rows, moved } = trend;
  const scenarios = new Set(rows.map(({ scenario }) => scenario)).size;
  const span = nights.length > 1 ? `, ${nights[0]} to ${nights[nights.length - 1]}` : ` (${nights[0]})`;
  const left = moved.length > SHOWN ? [`  and ${moved.length - SHOWN} more, in ${table}`] : [];
  return [
    printableLine(`${counted(scenarios, 'scenario')} over ${counted(nights.length, 'night')}${span}`),
    trendReason(trend),
    ...(moved.length > 0 ? ['', ...movedLines(moved.slice(0, SHOWN), nights), ...left] : []),
    '',
  ];
}

function movedLines(moved: readonly TrendRow[], nights: readonly string[]): string[] {
  const columns = alignedLines([
    ['moved', nights[nights.length - 1], 'Monte Carlo 95 %', 'change'],
    ...moved.map((row) => [`  ${nameOf(row)}`, valueText(row), rangeOf(row), changeText(row)]),
  ]);
  const widest = Math.max(...columns.map((line) => line.length));
  return columns.map((line, i) =>
    i === 0 ? `${line.padEnd(widest)}  changed` : `${line.padEnd(widest)}  ${printableLine(moved[i - 1].changed)}`,
  );
}

function nameOf({ scenario, regime, subject }: TrendRow): string {
  return [scenario, regime, subject].filter((name) => name !== '').join(', ');
}

function movementText(row: TrendRow): string {
  return `${changeText(row)} to ${valueText(row)}${row.changed === '' ? '' : ` (${row.changed})`}`;
}

function valueText({ value, unit }: TrendRow): string {
  return `${significant(value ?? Number.NaN)} ${unit.replace('/query', '')}`;
}

function rangeOf({ low, high }: TrendRow): string {
  return low === null || high === null ? '–' : rangeText(low, high);
}

function changeText({ ratio }: TrendRow): string {
  if (ratio === null) return 'new';
  const change = (ratio - 1) * 100;
  return `${change > 0 ? '+' : ''}${significant(change, 2)} %`;
}
