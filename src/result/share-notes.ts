import { percent } from '../format.js';
import type { SummaryRow } from '../tables/schema.js';

/** The columns of a row of shares that are told of. */
export type ShareRow = Pick<SummaryRow, 'regime' | 'subject' | 'metric' | 'mean'>;

/** A sentence for each regime in which a share of some model's draws is above a bound. @param text e.g. `are cut` */
export function shareNotes(summary: readonly ShareRow[], metric: string, above: number, text: string): string[] {
  const regimes = new Map<string, ShareRow[]>();
  for (const row of summary) {
    if (row.metric !== metric || (row.mean ?? 0) <= above) continue;
    regimes.set(row.regime, [...(regimes.get(row.regime) ?? []), row]);
  }
  return [...regimes].map(([regime, rows]) => `${regime}: ${rangeOf(rows)} of draws of ${whose(rows)} ${text}`);
}

function rangeOf(rows: readonly ShareRow[]): string {
  const shares = rows.map(({ mean }) => mean ?? 0);
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map(percent);
  return low === high ? low : `${low} to ${high}`;
}

function whose(rows: readonly ShareRow[]): string {
  if (rows.length === 1) return rows[0].subject;
  const most = rows.reduce((one, other) => ((other.mean ?? 0) > (one.mean ?? 0) ? other : one));
  return `${rows.length} models (most of ${most.subject})`;
}
