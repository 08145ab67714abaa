import { significant } from '../../format.js';
import type { SensitivityRow } from '../../tables/studies.js';
import { ACCENT, type Drawing, figureMarkup, MUTED, SERIES, seriesLegend } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { type Chart, chartOf } from './sensitivity-chart.js';

/** For each output that was analysed, its inputs by weight. Blends are what people ask for: single models are folded away. */
export function sensitivityFigures(drawing: Drawing, { sensitivity = [] }: RunData, id: string): Markup {
  const groups = groupsOf(sensitivity);
  const isBlend = ([{ subject_kind }]: readonly SensitivityRow[]) => subject_kind === 'blend';
  const drawn = groups.map((rows, i) => ({
    blend: isBlend(rows),
    markup: html`${figureOf(drawing, rows, `${id}-${i}`)}${numbersOf(rows)}`,
  }));
  const blends = drawn.filter(({ blend }) => blend).map(({ markup }) => markup);
  const models = drawn.filter(({ blend }) => !blend).map(({ markup }) => markup);
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

function bars(drawing: Drawing, rows: readonly SensitivityRow[], { axis, measures }: Chart, id: string): Markup {
  const { plot } = drawing;
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
    title: `${titleOf(rows)}, with intervals`,
    description: rows.map((row) => `${row.parameter}: ${labels[0]} ${significant(numberIn(row, value))}`).join('; '),
  };
  return figureMarkup(drawing, text, {
    height: rows.length * (measures.length > 1 ? 44 : 32) + 60,
    marginLeft: 200,
    marginBottom: 45,
    x: { label: axis, grid: true, zero: true, nice: true },
    y: { axis: null, domain: labels },
    fy: { label: null, domain: rows.map(({ parameter }) => parameter) },
    color: { domain: labels, range: SERIES },
    marks: [
      plot.barX(drawn, { x: 'value', y: 'label', fy: 'parameter', fill: 'label', fillOpacity: 0.6 }),
      plot.ruleY(drawn, {
        x1: (d) => d.value - d.conf,
        x2: (d) => d.value + d.conf,
        y: 'label',
        fy: 'parameter',
        stroke: 'currentColor',
        strokeWidth: 1.5,
      }),
      plot.ruleX([0], { stroke: MUTED }),
    ],
  });
}

/** From the output at an input's P5 to that at its P95, all others at their medians; the line is where all are. */
function tornado(drawing: Drawing, rows: readonly SensitivityRow[], id: string): Markup {
  const { plot } = drawing;
  const at = (row: SensitivityRow, column: keyof SensitivityRow) => significant(numberIn(row, column));
  const text = {
    id,
    title: `${titleOf(rows)}: from each input’s P5 to its P95, the others at their medians`,
    description: rows.map((row) => `${row.parameter}: ${at(row, 'low')} to ${at(row, 'high')}`).join('; '),
  };
  return figureMarkup(drawing, text, {
    height: rows.length * 32 + 60,
    marginLeft: 200,
    marginBottom: 45,
    x: { label: rows[0].unit ?? null, grid: true, nice: true },
    y: { label: null, domain: rows.map(({ parameter }) => parameter) },
    marks: [
      plot.barX(rows, { x1: 'low', x2: 'high', y: 'parameter', fill: ACCENT, fillOpacity: 0.6 }),
      plot.ruleX([numberIn(rows[0], 'base')], { stroke: 'currentColor' }),
    ],
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
  );
}
