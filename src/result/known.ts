import { rangeText, significant } from '../format.js';
import type { UncertaintyRow } from '../tables/worlds.js';

/** One result with its two spreads, which are never mixed: between queries, and of what is known of their median. */
export interface Known {
  readonly regime: string;
  readonly subject_kind: string;
  readonly subject: string;
  readonly pathway: string;
  readonly trim: string;
  readonly metric: string;
  readonly unit: string;
  readonly formula: string;
  /** Median over worlds: of the queries' median or, for a mix, of its total. */
  readonly median: number;
  /** Medians over worlds of the quartiles of the queries; absent for a total. */
  readonly queries?: readonly [low: number, high: number];
  /** P5 and P95 over worlds of the median, or of the total. */
  readonly known: readonly [low: number, high: number];
  /** `0.31 Wh; queries 0.16–0.60; known to 0.20–0.49` */
  readonly text: string;
}

/** What is known of each energy and each mix, from the rows of `uncertainty.arrow`. */
export function knownOf(rows: readonly UncertaintyRow[]): Known[] {
  return rows.flatMap((row) => {
    const isShown = row.metric === 'energy' ? row.statistic === 'p50' : row.statistic === 'total';
    if (!isShown || row.p05 === null || row.p50 === null || row.p95 === null) return [];
    const { regime, subject_kind, subject, pathway, trim, metric, unit, formula } = row;
    const names = { regime, subject_kind, subject, pathway, trim, metric, unit, formula };
    const [lower, upper] = [beside(row, 'p25', rows), beside(row, 'p75', rows)];
    const queries = lower === undefined || upper === undefined ? undefined : ([lower, upper] as const);
    const numbers = { median: row.p50, ...(queries && { queries }), known: [row.p05, row.p95] as const };
    return [{ ...names, ...numbers, text: textOf(numbers, unit) }];
  });
}

const NAMES = ['regime', 'subject_kind', 'subject', 'pathway', 'trim', 'metric', 'formula'] as const;

/** Median over worlds of another statistic of the same queries. */
function beside(row: UncertaintyRow, statistic: string, rows: readonly UncertaintyRow[]): number | undefined {
  const same = rows.find((other) => other.statistic === statistic && NAMES.every((name) => other[name] === row[name]));
  return same?.p50 ?? undefined;
}

const DIGITS = 2;
/** A total has no spread beside it to be read against. */
const TOTAL_DIGITS = 3;

function textOf({ median, queries, known }: Pick<Known, 'median' | 'queries' | 'known'>, unit: string): string {
  const digits = queries ? DIGITS : TOTAL_DIGITS;
  return [
    `${significant(median, digits)} ${unit.replace(/\/query$/, '')}`,
    ...(queries ? [`queries ${rangeText(...queries, digits)}`] : []),
    `known to ${rangeText(...known, digits)}`,
  ].join('; ');
}
