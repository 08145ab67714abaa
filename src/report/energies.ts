import type { Trim } from '../model/blend.js';
import { BASELINE, LINE_OF_SIGHT } from '../model/pathway.js';
import { shownTrim } from '../result/shown-trim.js';
import type { SummaryRow } from '../tables/schema.js';
import type { RunData } from './run-data.js';

/** What of a run its energies are read from. */
type Told = Pick<RunData, 'manifest' | 'summary'>;

/** Energies of one regime in the order in which figures show them: models, blends, then the blends' pathways. */
export function energiesOf({ summary, manifest }: Told, regime: string): SummaryRow[] {
  const trim = shownTrim(manifest.scenario);
  const energies = summary.filter((row) => row.regime === regime && row.metric === 'energy' && row.p50 !== null);
  const rank = (row: SummaryRow) => (row.subject_kind === 'model' ? 0 : row.pathway === BASELINE ? 1 : 2);
  return energies.filter((row) => isShown(row, trim)).sort((a, b) => rank(a) - rank(b));
}

/**
 * Pathways divide the blend as it is told first; the line of sight belongs to the fleet. A trim stands where the scenario states what
 * was published with it.
 */
function isShown({ subject_kind, pathway, trim }: SummaryRow, shown: Trim): boolean {
  if (subject_kind === 'model') return true;
  if (pathway === BASELINE) return trim === 'none' || trim === shown;
  return trim === shown && pathway !== LINE_OF_SIGHT;
}

/** A row's name in figures and tables. */
export function energyLabel({ subject_kind, subject, pathway, trim }: SummaryRow): string {
  if (pathway !== BASELINE) return `${subject}, ${pathway}`;
  if (subject_kind === 'model') return subject;
  return `${subject}, ${trim === 'none' ? 'untrimmed' : 'trimmed P14–P86'}`;
}

/** The rows that a regime's result is put in words by: its blends, or else its models. */
export function headlineRows(run: Told, regime: string): SummaryRow[] {
  const energies = energiesOf(run, regime).filter(({ pathway }) => pathway === BASELINE);
  const shown = shownTrim(run.manifest.scenario);
  const blends = energies.filter(({ subject_kind, trim }) => subject_kind === 'blend' && trim === shown);
  return blends.length > 0 ? blends : energies.filter(({ subject_kind }) => subject_kind === 'model');
}

export function regimesOf(run: Pick<RunData, 'manifest'>): string[] {
  return run.manifest.scenario.regimes.map(({ name }) => name);
}
