import { percent, significant } from '../../format.js';
import type { SensitivityRow } from '../../tables/studies.js';
import { ACCENT, type Drawing, figureMarkup, MUTED, SERIES, seriesLegend } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import { namedRows } from '../layout.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { dataOf } from '../table-texts.js';
import { type Chart, chartOf } from './sensitivity-chart.js';

/** For each output that was analysed, its inputs by weight. Blends and fleets are what people ask for: single models are folded away. */
export function sensitivityFigures(drawing: Drawing, { sensitivity = [] }: RunData, id: string): Markup {
  const groups = groupsOf(sensitivity);
  const isOpen = ([{ subject_kind }]: readonly SensitivityRow[]) => subject_kind !== 'model';
  const drawn = groups.map((rows, i) => ({
    open: isOpen(rows),
    markup: html`${figureOf(drawing, rows, `${id}-${i}`)}${numbersOf(rows)}`,
  }));
  const blends = drawn.filter(({ open }) => open).map(({ markup }) => markup);
  const models = drawn.filter(({ open }) => !open).map(({ markup }) => markup);
  if (blends.length === 0 || models.length === 0) return html`${blends}${models}`;
  return html`${blends}<details><summary>The same for each model</summary>${models}</details>
`;
}

function groupsOf(rows: readonly SensitivityRow[]): SensitivityRow[][] {
  const groups = new Map<string, SensitivityRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.scenario, row.regime, row.subject, row.output, row.method]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function figureOf(drawing: Drawing, rows: readonly SensitivityRow[], id: string): Markup {
  const chart = chartOf(rows);
  if (chart) return bars(drawing, ranked(rows, chart.measures[0].value), chart, id);
  return rows.some(({ swing }) => typeof swing === 'number') ? tornado(drawing, ranked(rows, 'swing'), id) : NOTHING;
}

function ranked(rows: readonly SensitivityRow[], value: keyof SensitivityRow): SensitivityRow[] {
  return [...rows].sort((a, b) => Math.abs(numberIn(b, value)) - Math.abs(numberIn(a, value)));
}

function numberIn(row: SensitivityRow, column: keyof SensitivityRow): number {
  const value = row[column];
  return typeof value === 'number' ? value : 0;
}

function titleOf([{ regime, subject, output, method }]: readonly SensitivityRow[]): string {
  return `What ${output} of ${subject} depends on, ${regime} (${method})`;
}

/** The input that weighs most, and how much where it is a share. */
function finding(rows: readonly SensitivityRow[], { axis, measures: [{ value, label }] }: Chart): string {
  const [{ parameter, subject, regime, output }] = rows;
  const most = numberIn(rows[0], value);
  return axis === 'share of variance'
    ? `${parameter} makes ${percent(most)} of the variance of ${output} of ${subject}, ${regime} (${label})`
    : `${parameter} moves ${output} of ${subject} most, ${regime}`;
}

function bars(drawing: Drawing, rows: readonly SensitivityRow[], chart: Chart, id: string): Markup {
  const { plot } = drawing;
  const { axis, measures } = chart;
  const labels = measures.map(({ label }) => label);
  const drawn = rows.flatMap((row) =>
    measures.map(({ label, value, conf }) => ({
      parameter: row.parameter,
      label,
      value: numberIn(row, value),
      conf: numberIn(row, conf),
    })),
  );
  const [{ value }] = measures;
  const text = {
    id,
    legend: seriesLegend(labels),
    title: finding(rows, chart),
    subtitle: `${titleOf(rows)}, with intervals.`,
    description: rows.map((row) => `${row.parameter}: ${labels[0]} ${significant(numberIn(row, value))}`).join('; '),
    data: dataOf(drawn, ['parameter', 'label', 'value', 'conf']),
  };
  const names = rows.map(({ parameter }) => parameter);
  return figureMarkup(drawing, text, (layout) => {
    const rowHeight = measures.length > 1 ? 44 : 32;
    const {
      marginLeft,
      height,
      axis: fy,
      marks,
      padding,
    } = namedRows(drawing, layout, names, { channel: 'fy', rowHeight });
    return {
      height: height + 70,
      ...{ marginTop: 30, marginLeft, marginBottom: 45 },
      x: { label: axis, grid: true, zero: true, nice: true, ticks: layout.name === 'wide' ? 8 : 4 },
      y: { axis: null, domain: labels },
      fy: { ...fy, domain: names, padding },
      color: { domain: labels, range: SERIES },
      marks: [
        plot.barX(drawn, { x: 'value', y: 'label', fy: 'parameter', fill: 'label', fillOpacity: 0.6 }),
        plot.ruleY(drawn, {
          ...{ x1: (d) => d.value - d.conf, x2: (d) => d.value + d.conf },
          ...{ y: 'label', fy: 'parameter', stroke: 'currentColor', strokeWidth: 1.5 },
        }),
        plot.ruleX([0], { stroke: MUTED }),
        ...marks,
      ],
    };
  });
}

/** What the inputs of a row are at while one is moved: a mix's day is one of many queries. */
function othersOf({ subject_kind }: SensitivityRow): string {
  return subject_kind === 'mix' ? 'the same for all queries' : 'the others at their medians';
}

/** From the output at an input's P5 to that at its P95, all others at their medians; the line is where all are. */
function tornado(drawing: Drawing, rows: readonly SensitivityRow[], id: string): Markup {
  const { plot } = drawing;
  const at = (row: SensitivityRow, column: keyof SensitivityRow) => significant(numberIn(row, column));
  const [first] = rows;
  const text = {
    id,
    title: `${first.parameter} moves ${first.output} of ${first.subject} most, ${first.regime}: from ${at(first, 'low')} to ${at(first, 'high')} ${first.unit}`,
    subtitle: `${titleOf(rows)}: from each input’s P5 to its P95, ${othersOf(first)}.`,
    description: rows.map((row) => `${row.parameter}: ${at(row, 'low')} to ${at(row, 'high')}`).join('; '),
    data: dataOf(rows, ['parameter', 'unit', 'low', 'base', 'high', 'swing']),
  };
  const names = rows.map(({ parameter }) => parameter);
  return figureMarkup(drawing, text, (layout) => {
    const { marginLeft, height, axis, marks, inset } = namedRows(drawing, layout, names, {
      channel: 'y',
      rowHeight: 32,
    });
    return {
      height: height + 60,
      // Ticks of a day have thousands, whose words reach beyond the ends of the axis.
      ...{ marginLeft: Math.max(marginLeft, 24), marginBottom: 45, marginRight: 24 },
      x: { label: first.unit ?? null, grid: true, nice: true, ticks: layout.name === 'wide' ? 8 : 4 },
      y: { ...axis, domain: names },
      marks: [
        plot.barX(rows, {
          ...{ x1: 'low', x2: 'high', y: 'parameter', fill: ACCENT, fillOpacity: 0.6, insetTop: inset },
        }),
        plot.ruleX([numberIn(first, 'base')], { stroke: 'currentColor' }),
        ...marks,
      ],
    };
  });
}

function numbersOf(rows: readonly SensitivityRow[]): Markup {
  const measures =
    chartOf(rows)?.measures ?? ['low', 'high', 'swing'].map((column) => ({ label: column, value: column }));
  const columns = measures.flatMap((measure) => ('conf' in measure ? [measure.value, measure.conf] : [measure.value]));
  const number = (value: unknown) => significant(typeof value === 'number' ? value : Number.NaN);
  return tableMarkup(
    titleOf(rows),
    ['input', ...columns],
    rows.map((row) => [row.parameter, ...columns.map((column) => number(row[column as keyof SensitivityRow]))]),
    dataOf(rows, ['parameter', ...columns] as (keyof SensitivityRow)[]),
  );
}
