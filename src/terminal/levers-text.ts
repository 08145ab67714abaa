import { alignedLines, percent, rangeText, significant } from '../format.js';
import { PAPER_PATHWAYS } from '../levers/paper-pathways.js';
import type { LeverStudy } from '../levers/rank-levers.js';
import { printableLine } from '../printable.js';
import type { LeverRow } from '../tables/levers.js';
import { baseOf } from '../tables/result-name.js';

/** What could be changed, best first, for a reader at a terminal. */
export function leversText(study: LeverStudy, folder: string, name?: string): string {
  const base = baseOf('levers', name);
  return [
    ...savingLines(study),
    '',
    ...togetherLines(study),
    ...study.left_out.map(({ lever, because }) => printableLine(`not here: ${lever}: ${because}`)),
    paperText(),
    '',
    `${base}.arrow and ${base}.html in ${folder}`,
  ].join('\n');
}

function savingLines({ scenario, rows }: LeverStudy): string[] {
  const [first] = rows;
  if (first === undefined) return [printableLine(`${scenario} has no lever`)];
  const shown = rows.filter(({ subject, subject_kind, regime }) => {
    return subject === first.subject && subject_kind === first.subject_kind && regime === first.regime;
  });
  const energies = shown.filter(({ metric }) => metric === 'energy');
  const others = [...new Set(shown.map(({ metric }) => metric))].filter((metric) => metric !== 'energy');
  const partner = (row: LeverRow, metric: string) =>
    shown.find(
      (one) => one.metric === metric && one.lever === row.lever && one.kind === row.kind && one.rank === row.rank,
    );
  const unitOf = ({ unit, unit_per_day }: LeverRow) => (unit_per_day === '' ? unit : unit_per_day);
  const heads = others.map((metric) => unitOf(shown.find((row) => row.metric === metric) ?? first));
  const about = [first.subject_kind === 'mix' ? 'fleet' : first.regime, first.subject].join(', ');
  return alignedLines([
    [`${scenario}: ${about}`, 'energy saved', 'Monte Carlo 95 %', unitOf(first), ...heads, 'values'],
    ...energies.map((row) => [
      `${row.kind === 'lever' ? `${row.rank} ` : '  '}${labelOf(row)}`,
      percentText(row.share),
      shareRange(row),
      savedText(row),
      ...others.map((metric) => savedText(partner(row, metric))),
      row.basis,
    ]),
  ]);
}

function labelOf({ kind, lever }: LeverRow): string {
  if (kind === 'combination') return 'all that combine';
  return kind === 'pathway' ? `pathway ${lever}` : lever;
}

function percentText(share: number | null): string {
  return `${significant((share ?? Number.NaN) * 100)} %`;
}

function shareRange({ share_low, share_high }: LeverRow): string {
  return `${rangeText((share_low ?? Number.NaN) * 100, (share_high ?? Number.NaN) * 100).replace('–-', ' to -')} %`;
}

function savedText(row: LeverRow | undefined): string {
  return significant(row?.saved_per_day ?? row?.saved ?? Number.NaN);
}

function togetherLines({ rows, combined, not_combined }: LeverStudy): string[] {
  const all = rows.find(({ kind, metric }) => kind === 'combination' && metric === 'energy');
  const settings = rows
    .filter(({ kind, metric }, i) => kind === 'lever' && metric === 'energy' && isOfFirst(rows, i))
    .flatMap(({ lever, settings }) =>
      settings.split('\n').map((setting) => printableLine(`${lever}: --set '${setting}'`)),
    );
  if (all === undefined) return settings;
  const multiplied = percent(all.if_multiplied ?? Number.NaN);
  return [
    ...settings,
    printableLine(
      `all that combine: ${combined.join(', ')}; computed together, not multiplied, which would give ${multiplied}`,
    ),
    ...not_combined.map(({ lever, because }) => printableLine(`not combined: ${lever}: ${because}`)),
  ];
}

function isOfFirst(rows: readonly LeverRow[], i: number): boolean {
  const [first] = rows;
  return rows[i].subject === first.subject && rows[i].regime === first.regime;
}

function paperText(): string {
  const ranges = PAPER_PATHWAYS.map(({ name, p05, p95 }) => `${name} ${rangeText(p05, p95, 2)}`);
  return `the paper's pathways divide energy by ${ranges.join(', ')} (P5–P95; improvements to come, not settings)`;
}
