import { percent } from '../format.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { doubtsOf } from './doubts.js';
import { mostlyOffData } from './off-data.js';
import type { ShareRow } from './share-notes.js';

/** What a strict reader would not accept of a run's results, in words: doubts of the fits, and models mostly off their data. */
export function strictComplaints(scenario: ResolvedScenario, summary: readonly ShareRow[]): string[] {
  const off = mostlyOffData(summary).map(
    ({ regime, model, share }) => `${regime}: ${percent(share)} of draws of ${model} are outside its throughput data`,
  );
  return [...doubtsOf(scenario), ...off];
}
