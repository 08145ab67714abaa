import { percent } from './format.js';
import { type PrecisionReached, precisionText } from './precision-reached.js';
import type { ResolvedScenario } from './scenario/resolved.js';
import type { InputsRow, SummaryRow } from './tables/schema.js';

/** Shares of draws that are worth a line when a model has more of them. */
const MUCH_EXTRAPOLATED = 0.2;

/**
 * What a reader of the numbers must know, in words: what the scenario left out, draws outside physical bounds, mass that
 * truncation took away, draws beyond the data, zeros and draws that are no finite number.
 */
export function notesOf(
  scenario: ResolvedScenario,
  summary: readonly SummaryRow[],
  inputs: readonly InputsRow[],
  precision?: PrecisionReached,
): string[] {
  return [
    ...(precision ? [precisionText(precision)] : []),
    ...scenario.warnings,
    ...new Set(inputs.flatMap(inputNotes)),
    ...shareNotes(summary, 'tps_extrapolated', MUCH_EXTRAPOLATED, 'of draws have lengths outside the throughput data'),
    ...shareNotes(summary, 'energy_non_finite', 0, 'of draws give no finite energy; they are counted and left out'),
  ];
}

function inputNotes({
  regime,
  variable,
  removed_mass,
  bound_low,
  bound_high,
  share_below,
  share_above,
}: InputsRow): string[] {
  const notes: string[] = [];
  if (share_below)
    notes.push(
      `${percent(share_below)} of ${variable} draws are below ${bound_low} (\`min: ${bound_low}\` would truncate)`,
    );
  if (share_above)
    notes.push(
      `${percent(share_above)} of ${variable} draws are above ${bound_high} (\`max: ${bound_high}\` would truncate)`,
    );
  if (removed_mass) notes.push(`truncation took ${percent(removed_mass)} of ${variable} in ${regime}`);
  return notes;
}

function shareNotes(summary: readonly SummaryRow[], metric: string, above: number, text: string): string[] {
  const regimes = new Map<string, string[]>();
  for (const { regime, subject, mean, metric: name } of summary) {
    if (name !== metric || mean === null || mean <= above) continue;
    regimes.set(regime, [...(regimes.get(regime) ?? []), `${subject} ${percent(mean)}`]);
  }
  return [...regimes].map(([regime, models]) => `${regime}: ${models.join(', ')} ${text}`);
}
