import { percent } from '../format.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { doubtsOf } from './doubts.js';
import { OFF_DATA_METRICS } from './off-data-notes.js';
import type { ShareRow } from './share-notes.js';

/** More draws off the data than this are too many for whoever is strict. */
const MOST_OFF_DATA = 0.5;

/** What a strict reader would not accept of a run's results, in words: doubts of the fits, and models mostly off their data. */
export function strictComplaints(scenario: ResolvedScenario, summary: readonly ShareRow[]): string[] {
  const off = new Map<string, ShareRow>();
  for (const row of summary) {
    const key = JSON.stringify([row.regime, row.subject]);
    if (!isOff(row) || (row.mean ?? 0) <= (off.get(key)?.mean ?? 0)) continue;
    off.set(key, row);
  }
  return [...doubtsOf(scenario), ...[...off.values()].map(offText)];
}

/** Most draws beyond the lengths of the rows or, within them, between no rows. */
function isOff({ metric, mean }: ShareRow): boolean {
  return OFF_DATA_METRICS.some((one) => one === metric) && (mean ?? 0) > MOST_OFF_DATA;
}

function offText({ regime, subject, mean }: ShareRow): string {
  return `${regime}: ${percent(mean ?? 0)} of draws of ${subject} are outside its throughput data`;
}
