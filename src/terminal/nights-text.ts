import type { NightsComparison } from '../comparison/compare-nights.js';
import { printableLine } from '../printable.js';
import { baseOf } from '../tables/result-name.js';
import { trendLines } from './trend-text.js';

/** Two nights against each other for a reader at a terminal: what moved first, and what only one of them has. */
export function nightsText({ trend, notes }: NightsComparison, folder: string, name?: string): string {
  const table = `${baseOf('compare', name)}.arrow`;
  return [
    ...trendLines(trend, table),
    ...notes.map((note) => `note: ${printableLine(note)}`),
    '',
    `${table} in ${folder}, every model and blend of every scenario`,
  ].join('\n');
}
