import { alignedLines, count, duration, significant } from '../format.js';
import { printableLine } from '../printable.js';
import type { CellReport, SweepReport } from '../sweep/run-sweep.js';
import type { SummaryRow } from '../tables/schema.js';
import { counted } from '../words.js';
import { titleOf } from './title.js';

/** Cells shown on a terminal; all are in sweep.arrow. */
const MAX_SHOWN = 40;

/** A sweep for a reader at a terminal: each cell's values and its median energies, of blends where there are any. */
export function sweepText({ sweep, folder, cells, notes, files, seconds }: SweepReport): string {
  const { base, keys } = sweep;
  const shown = cells.slice(0, MAX_SHOWN);
  const columns = [...new Set(shown.flatMap((cell) => headline(cell).map(columnName)))];
  const hidden = cells.length - shown.length;
  const computed = cells.filter(({ reused }) => !reused).length;
  return [
    titleOf(base),
    `${counted(cells.length, 'cell')}, seed "${base.seed}"; median energy, Wh/query`,
    '',
    ...alignedLines([
      [...keys, ...columns],
      ...shown.map((cell) => [...cell.labels.map(String), ...columns.map((column) => medianText(cell, column))]),
    ]),
    ...(hidden > 0 ? [`… and ${counted(hidden, 'more cell')}`] : []),
    ...notes.map((note, i) => `${i === 0 ? '\n' : ''}note: ${printableLine(note)}`),
    '',
    `${counted(computed, 'cell')} computed, ${count(cells.length - computed)} kept from before, in ${duration(seconds)}; ` +
      `${counted(files.length, 'file')} in ${folder}`,
  ].join('\n');
}

function headline({ energy }: CellReport): readonly SummaryRow[] {
  const blends = energy.filter(({ subject_kind, trim }) => subject_kind === 'blend' && trim === 'none');
  return blends.length > 0 ? blends : energy;
}

function columnName({ regime, subject }: SummaryRow): string {
  return `${regime}, ${subject}`;
}

function medianText(cell: CellReport, column: string): string {
  const p50 = headline(cell).find((row) => columnName(row) === column)?.p50;
  return typeof p50 === 'number' ? significant(p50) : '–';
}
