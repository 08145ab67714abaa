import { alignedLines, count } from '../format.js';
import { BASELINE, LINE_OF_SIGHT } from '../model/pathway.js';
import { type Known, knownOf } from '../result/known.js';
import type { RunReport } from '../run/run.js';

/** How well the results are known, for a reader at a terminal; nothing where the scenario asks for no worlds. */
export function knownLines({ scenario, tables }: RunReport): string[] {
  const { uncertainty } = scenario;
  if (uncertainty === undefined || tables.uncertainty === undefined) return [];
  const worlds = `${count(uncertainty.worlds)} worlds of ${count(uncertainty.samples)} queries`;
  const shown = knownOf(tables.uncertainty).filter(isShown);
  const nameOf = (scenario.formulas?.length ?? 1) > 1 ? nameWithFormula : plainName;
  return [
    '',
    `how well it is known: ${worlds} (median; quartiles of the queries; P5–P95 of the median over worlds)`,
    ...alignedLines(shown.map((one) => [`  ${nameOf(one)}`, one.text])),
    ...(scenario.shared ? [] : ['  no variable is shared by all queries (vary: shared), so nothing is left unknown']),
  ];
}

/** As the lines of regimes: models and blends as they are, blends along their pathways with a trim; and mixes. */
function isShown({ subject_kind, pathway, trim }: Known): boolean {
  if (subject_kind === 'mix' || pathway === BASELINE) return true;
  return subject_kind === 'blend' && trim !== 'none' && pathway !== LINE_OF_SIGHT;
}

function nameWithFormula(known: Known): string {
  return `${plainName(known)}, ${known.formula}`;
}

function plainName({ regime, subject_kind, subject, pathway, trim }: Known): string {
  const rest = [
    ...(pathway === BASELINE || pathway === 'none' ? [] : [pathway]),
    ...(trim === 'none' ? [] : ['trimmed P14–P86']),
  ];
  return [...(subject_kind === 'mix' ? ['fleet'] : [regime]), subject, ...rest].join(', ');
}
