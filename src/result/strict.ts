import { percent } from '../format.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import type { SummaryRow } from '../tables/schema.js';
import { doubtsOf } from './doubts.js';

/** More draws off the data than this are too many for whoever is strict. */
const MOST_OFF_DATA = 0.5;

/** What a strict reader would not accept of a run's results, in words: doubts of the fits, and models mostly off their data. */
export function strictComplaints(scenario: ResolvedScenario, summary: readonly SummaryRow[]): string[] {
  const off = summary.flatMap(({ metric, regime, subject, mean }) =>
    metric === 'tps_extrapolated' && (mean ?? 0) > MOST_OFF_DATA
      ? [`${regime}: ${percent(mean ?? 0)} of draws of ${subject} are outside its throughput data`]
      : [],
  );
  return [...doubtsOf(scenario), ...off];
}
