import type { ScoredRow } from './scored-row.js';
import { type Scores, scoresOf } from './scores.js';

/** What rows are told apart by. */
export const GROUPINGS = ['all', 'concurrency', 'dataset', 'accelerator', 'precision', 'match'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Scores of one formula over one group of rows, at one of the two input lengths. */
export interface Summary extends Scores {
  readonly formula: string;
  readonly assumption: 0 | 1;
  readonly by: Grouping;
  readonly group: string;
}

/** Buckets of concurrency, which the bounds are stated for. */
export const BUCKETS = ['below 48', '48 to 191', 'above 191'] as const;

/** The bucket of a concurrency. */
export function bucketOf(concurrency: number): (typeof BUCKETS)[number] {
  if (concurrency < 48) return 'below 48';
  return concurrency < 192 ? '48 to 191' : 'above 191';
}

/**
 * Scores of each formula at both input lengths: over all strict matches, over each group of each grouping of them, and over loose ones.
 * Of a formula whose matches are loose alone, all count.
 */
export function summariesOf(rows: readonly ScoredRow[]): Summary[] {
  const formulas = [...new Set(rows.map(({ formula }) => formula))];
  return formulas.flatMap((formula) =>
    ([0, 1] as const).flatMap((assumption) => {
      const own = rows.filter((row) => row.formula === formula && row.assumption === assumption);
      const strict = own.filter(({ match }) => match === 'strict');
      const counted = strict.length > 0 ? strict : own;
      return GROUPINGS.flatMap((by) =>
        groupsOf(by === 'match' ? own : counted, by).map(([group, members]) => ({
          formula,
          assumption,
          by,
          group,
          ...scoresOf(members),
        })),
      );
    }),
  );
}

function groupsOf(rows: readonly ScoredRow[], by: Grouping): [string, ScoredRow[]][] {
  const names = by === 'concurrency' ? BUCKETS : distinct(rows.map((row) => groupOf(row, by)));
  return names.flatMap((name): [string, ScoredRow[]][] => {
    const members = rows.filter((row) => groupOf(row, by) === name);
    return members.length > 0 ? [[name, members]] : [];
  });
}

function groupOf({ row, accelerator, precision, match }: ScoredRow, by: Grouping): string {
  if (by === 'all') return 'all';
  if (by === 'concurrency') return bucketOf(row.concurrency ?? Number.NaN);
  return { dataset: row.dataset, accelerator, precision, match }[by];
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
