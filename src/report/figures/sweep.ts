import { significant } from '../../format.js';
import type { Trim } from '../../model/blend.js';
import { BASELINE } from '../../model/pathway.js';
import { ofFirstFormula } from '../../tables/first-formula.js';
import type { ReadRow } from '../../tables/read.js';
import type { SummaryRow } from '../../tables/schema.js';
import { ACCENT, type Drawing, figureMarkup, HEAT } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import type { SweepTable } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { dataOf, type TableData } from '../table-texts.js';

/** The median energy over the swept values: a heatmap over the first two, or a line with quartiles over one. */
export function sweepFigures(drawing: Drawing, sweep: SweepTable, trim: Trim, id: string): Markup {
  const [first, second, ...others] = sweep.swept.filter((name) => new Set(sweep.rows.map((row) => row[name])).size > 1);
  if (first === undefined) return NOTHING;
  const markup = [...groupsOf(shownRows(sweep, trim), others)].map(([title, rows], i) => {
    const draw = second === undefined ? band : heatmap;
    return html`${draw(drawing, rows, `${id}-${i}`, title, first, second ?? first)}${sweepTable(title, sweep.swept, rows)}`;
  });
  return html`${markup}`;
}

/** A row of a sweep has the columns of a summary: that was checked when it was read. */
type SweptRow = ReadRow & SummaryRow;

/** Energies of blends where there are any, trimmed as they are told first: a heatmap for each model would hide them. */
export function shownRows({ rows }: SweepTable, shown: Trim): readonly ReadRow[] {
  const energies = ofFirstFormula(rows as readonly SweptRow[], ({ cell }) => cell).filter(
    ({ metric, pathway }) => metric === 'energy' && pathway === BASELINE,
  );
  const blends = energies.filter(({ subject_kind, trim }) => subject_kind === 'blend' && trim === shown);
  return blends.length > 0 ? blends : energies;
}

/** Rows of one figure, by what it is of: a subject and a regime at the values that are on neither axis. */
function groupsOf(rows: readonly ReadRow[], others: readonly string[]): Map<string, ReadRow[]> {
  const groups = new Map<string, ReadRow[]>();
  for (const row of rows) {
    const title = [row.subject, row.regime, ...others.map((name) => `${name} ${sweptText(row[name])}`)].join(', ');
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  return groups;
}

/** A swept value, or a name, in a table or a sentence: 1.05, 0.9, FP8. */
export function sweptText(value: string | number | null): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : (value ?? '–');
}

function describe(rows: readonly ReadRow[]): string {
  const medians = rows.map(({ p50 }) => Number(p50));
  return `From ${significant(Math.min(...medians))} to ${significant(Math.max(...medians))} Wh per query over ${rows.length} combinations; the table below has each`;
}

/** Between which medians, and where they are. */
function finding(title: string, rows: readonly ReadRow[], keys: readonly string[]): string {
  const ranked = [...rows].sort((a, b) => Number(a.p50) - Number(b.p50));
  const at = (row: ReadRow) =>
    `${significant(Number(row.p50))} Wh (${keys.map((key) => `${key} ${sweptText(row[key])}`).join(', ')})`;
  return `Median energy, ${title}, goes from ${at(ranked[0])} to ${at(ranked[ranked.length - 1])}`;
}

function heatmap(drawing: Drawing, rows: readonly ReadRow[], id: string, title: string, x: string, y: string): Markup {
  const { plot } = drawing;
  const text = {
    id,
    title: finding(title, rows, [x, y]),
    subtitle: `Median energy, Wh per query: ${x} by column, ${y} by row; the darker, the more.`,
    description: describe(rows),
    data: sweepData(rows, [x, y]),
  };
  return figureMarkup(drawing, text, (layout) => ({
    height: 90 + 34 * new Set(rows.map((row) => row[y])).size,
    ...{ marginTop: 40, marginLeft: layout.name === 'wide' ? 140 : 70, marginBottom: 45 },
    x: { type: 'band', label: x },
    // On top, where it has the whole width: beside few rows it would be cut.
    y: { type: 'band', label: `${y} (by row)`, labelAnchor: 'top', labelArrow: 'none', reverse: true },
    opacity: { type: 'log', range: [0.12, 0.65] },
    marks: [
      // Numbers from 0 to 1 would be taken for opacities themselves.
      plot.cell(rows, { x, y, fill: HEAT, fillOpacity: { value: 'p50', scale: 'opacity' } }),
      plot.text(rows, { x, y, text: (row) => significant(Number(row.p50), 2), fill: 'currentColor' }),
    ],
  }));
}

function band(drawing: Drawing, rows: readonly ReadRow[], id: string, title: string, x: string): Markup {
  const { plot } = drawing;
  const numeric = rows.every((row) => typeof row[x] === 'number');
  const text = {
    id,
    title: finding(title, rows, [x]),
    subtitle: 'Medians and, as bars, quartiles, Wh per query.',
    description: describe(rows),
    data: sweepData(rows, [x]),
  };
  return figureMarkup(drawing, text, (layout) => ({
    height: 300,
    ...{ marginLeft: layout.name === 'wide' ? 70 : 50, marginBottom: 45 },
    x: { label: x, ticks: layout.name === 'wide' ? 10 : 5, ...(numeric ? {} : { type: 'point' }) },
    y: { label: 'Wh per query', grid: true, zero: true },
    marks: [
      plot.ruleX(rows, { x, y1: 'p25', y2: 'p75', stroke: ACCENT, strokeWidth: 4, strokeOpacity: 0.35 }),
      plot.lineY(rows, { x, y: 'p50', stroke: ACCENT, strokeWidth: 2 }),
      plot.dot(rows, { x, y: 'p50', fill: ACCENT, r: 3.5 }),
    ],
  }));
}

function sweepData(rows: readonly ReadRow[], swept: readonly string[]): TableData {
  return dataOf(rows, ['regime', 'subject', ...swept, 'unit', 'p05', 'p25', 'p50', 'p75', 'p95', 'mean']);
}

function sweepTable(title: string, swept: readonly string[], rows: readonly ReadRow[]): Markup {
  const columns = [...swept, 'p25', 'p50', 'p75'];
  return tableMarkup(
    `Swept values and energy in Wh, ${title}`,
    columns,
    rows.map((row) => columns.map((name) => sweptText(row[name]))),
    sweepData(rows, swept),
  );
}
