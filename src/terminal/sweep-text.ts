import { alignedLines, count, duration, rangeText, significant } from '../format.js';
import { printableLine } from '../printable.js';
import type { CellReport, SweepReport } from '../sweep/run-sweep.js';
import type { SummaryRow } from '../tables/schema.js';
import type { UncertaintyRow } from '../tables/worlds.js';
import { counted } from '../words.js';
import { titleOf } from './title.js';

/** Cells shown on a terminal; all are in sweep.arrow. */
const MAX_SHOWN = 40;

/** A sweep for a reader at a terminal: each cell's values and its median energies, of blends where there are any, and days of its fleet. */
export function sweepText({ sweep, folder, cells, notes, files, seconds }: SweepReport): string {
  const { base, keys } = sweep;
  const shown = cells.slice(0, MAX_SHOWN);
  const columns = [...new Set(shown.flatMap((cell) => headline(cell).map(columnName)))];
  const hasDays = shown.some(({ days }) => days.length > 0);
  const hidden = cells.length - shown.length;
  const computed = cells.filter(({ reused }) => !reused).length;
  return [
    titleOf(base),
    `${counted(cells.length, 'cell')}, seed "${base.seed}"; median energy, Wh/query${hasDays ? '; energy of the fleet’s day' : ''}`,
    '',
    ...alignedLines([
      [...keys, ...columns],
      ...shown.map((cell) => [...cell.labels.map(String), ...columns.map((column) => cellText(cell, column))]),
    ]),
    ...(hidden > 0 ? [`… and ${counted(hidden, 'more cell')}`] : []),
    ...notes.map((note, i) => `${i === 0 ? '\n' : ''}note: ${printableLine(note)}`),
    '',
    `${counted(computed, 'cell')} computed, ${count(cells.length - computed)} kept from before, in ${duration(seconds)}; ` +
      `${counted(files.length, 'file')} in ${folder}`,
  ].join('\n');
}

/** What a cell is shown by: its untrimmed blends, models where it has none, and days of its fleet. */
function headline({ energy, days }: CellReport): readonly SummaryRow[] {
  const blends = energy.filter(({ subject_kind, trim }) => subject_kind === 'blend' && trim === 'none');
  return [...(blends.length > 0 ? blends : energy), ...days];
}

function columnName({ subject_kind, regime, subject }: SummaryRow): string {
  return subject_kind === 'mix' ? `a day of ${subject}` : `${regime}, ${subject}`;
}

/** A median in Wh or a day in its unit, and what it is known to where there are worlds. */
function cellText(cell: CellReport, column: string): string {
  const row = headline(cell).find((one) => columnName(one) === column);
  const value = row?.subject_kind === 'mix' ? row.mean : row?.p50;
  if (row === undefined || typeof value !== 'number') return '–';
  const unit = row.subject_kind === 'mix' ? ` ${row.unit.replace('/day', '')}` : '';
  const known = cell.known?.find((one) => isOf(one, row));
  const range = known
    ? ` (known to ${rangeText(known.p05 ?? Number.NaN, known.p95 ?? Number.NaN)}${unitBeside(known, row)})`
    : '';
  return `${significant(value)}${unit}${range}`;
}

function isOf(known: UncertaintyRow, row: SummaryRow): boolean {
  return NAMES.every((name) => known[name] === row[name]);
}

const NAMES = ['regime', 'subject_kind', 'subject', 'trim', 'metric', 'formula'] as const;

/** A unit is named where it is another than that of the number before it: a day is told by its size. */
function unitBeside({ unit }: UncertaintyRow, row: SummaryRow): string {
  return unit === row.unit ? '' : ` ${unit.replace('/day', '')}`;
}
