import { alignedLines, count, percent } from '../format.js';
import { ENERGY_PER_DAY } from '../model/energy-per-day.js';
import { BASELINE, LINE_OF_SIGHT } from '../model/pathway.js';
import { printableLine } from '../printable.js';
import { type Known, knownOf } from '../result/known.js';
import type { RunReport } from '../run/run.js';
import type { VarianceRow } from '../tables/worlds.js';

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
    ...varianceLines(scenario, tables.variance ?? []),
    ...(scenario.shared ? [] : ['  no variable is shared by all queries (vary: shared), so nothing is left unknown']),
  ];
}

/** What makes the spread of each blend, or of each model without blends, and of each mix's day. */
function varianceLines({ blends }: RunReport['scenario'], rows: readonly VarianceRow[]): string[] {
  const subjects = new Set(blends.map(({ name }) => name));
  const isOfMix = ({ metric }: VarianceRow) => metric === ENERGY_PER_DAY;
  const isSubject = ({ subject, pathway }: VarianceRow) =>
    pathway === BASELINE && (subjects.size === 0 || subjects.has(subject));
  const shown = rows.filter((row) => (isOfMix(row) ? row.pathway === 'none' : isSubject(row)));
  const groups = new Map<string, string[]>();
  for (const row of shown) {
    const name = [isOfMix(row) ? 'fleet' : row.regime, row.subject].join(', ');
    const label = row.formula === shown[0].formula ? name : `${name}, ${row.formula}`;
    if (row.share !== null) groups.set(label, [...(groups.get(label) ?? []), `${row.source} ${percent(row.share)}`]);
  }
  if (groups.size === 0) return [];
  return [
    '',
    'what makes it uncertain: shares of the variance of ln energy, of a query and, over worlds, of a day',
    ...[...groups].map(([name, parts]) => printableLine(`  ${name}: ${parts.join(', ')}`)),
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
