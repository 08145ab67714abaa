import { BASELINE, LINE_OF_SIGHT } from '../model/pathway.js';
import type { SummaryRow } from '../tables/schema.js';
import type { RunData } from './run-data.js';

/** Energies of one regime in the order in which figures show them: models, blends, then the blends' pathways. */
export function energiesOf({ summary }: RunData, regime: string): SummaryRow[] {
  const energies = summary.filter((row) => row.regime === regime && row.metric === 'energy' && row.p50 !== null);
  const rank = (row: SummaryRow) => (row.subject_kind === 'model' ? 0 : row.pathway === BASELINE ? 1 : 2);
  return energies.filter(isShown).sort((a, b) => rank(a) - rank(b));
}

/** Pathways divide the blend as published, which is trimmed; the line of sight belongs to the fleet. */
function isShown({ subject_kind, pathway, trim }: SummaryRow): boolean {
  if (subject_kind === 'model' || pathway === BASELINE) return true;
  return trim === 'p14-p86' && pathway !== LINE_OF_SIGHT;
}

/** A row's name in figures and tables. */
export function energyLabel({ subject_kind, subject, pathway, trim }: SummaryRow): string {
  if (pathway !== BASELINE) return `${subject}, ${pathway}`;
  if (subject_kind === 'model') return subject;
  return `${subject}, ${trim === 'none' ? 'untrimmed' : 'trimmed P14–P86'}`;
}

/** The rows that a regime's result is put in words by: its blends as published, or else its models. */
export function headlineRows(run: RunData, regime: string): SummaryRow[] {
  const energies = energiesOf(run, regime).filter(({ pathway }) => pathway === BASELINE);
  const blends = energies.filter(({ subject_kind, trim }) => subject_kind === 'blend' && trim === 'p14-p86');
  return blends.length > 0 ? blends : energies.filter(({ subject_kind }) => subject_kind === 'model');
}

export function regimesOf(run: RunData): string[] {
  return run.manifest.scenario.regimes.map(({ name }) => name);
}
