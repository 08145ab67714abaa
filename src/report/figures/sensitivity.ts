import { significant } from '../../format.js';
import type { SensitivityRow } from '../../tables/schema.js';
import { ACCENT, type Drawing, figureMarkup, MUTED, SERIES, seriesLegend } from '../drawing.js';
import { html, type Markup } from '../html.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';

/** For each output that was analysed, its parameters by weight: Sobol indices with intervals, or a tornado of effects. */
export function sensitivityFigures(drawing: Drawing, { sensitivity = [] }: RunData, id: string): Markup {
  const groups = groupsOf(sensitivity);
  const markup = groups.map((rows, i) => {
    const draw = rows.some(({ st }) => st !== null) ? indices : effects;
    return html`${draw(drawing, rows, `${id}-${i}`)}${indexTable(rows)}`;
  });
  return html`${markup}`;
}

function groupsOf(rows: readonly SensitivityRow[]): SensitivityRow[][] {
  const groups = new Map<string, SensitivityRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.scenario, row.regime, row.subject, row.output, row.method]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => group.sort((a, b) => weight(b) - weight(a)));
}

function weight({ st, mu_star }: SensitivityRow): number {
  return st ?? mu_star ?? 0;
}

function titleOf([{ regime, subject, output, method }]: readonly SensitivityRow[]): string {
  return `What ${output} of ${subject} depends on, ${regime} (${method})`;
}

const INDICES = ['total', 'first order'];

function indices(drawing: Drawing, rows: readonly SensitivityRow[], id: string): Markup {
  const { plot } = drawing;
  const bars = rows.flatMap(({ parameter, s1, s1_conf, st, st_conf }) => [
    { parameter, index: 'total', value: st, conf: st_conf ?? 0 },
    { parameter, index: 'first order', value: s1, conf: s1_conf ?? 0 },
  ]);
  const text = {
    id,
    legend: seriesLegend(INDICES),
    title: `${titleOf(rows)}: total index (upper bar) and first order (lower), with intervals`,
    description: rows
      .map(({ parameter, st }) => `${parameter}: total index ${significant(st ?? Number.NaN)}`)
      .join('; '),
  };
  return figureMarkup(drawing, text, {
    height: rows.length * 44 + 60,
    marginLeft: 200,
    marginBottom: 45,
    x: { label: 'share of variance', grid: true, zero: true },
    y: { axis: null, domain: INDICES },
    fy: { label: null, domain: rows.map(({ parameter }) => parameter) },
    color: { domain: INDICES, range: SERIES },
    marks: [
      plot.barX(bars, { x: 'value', y: 'index', fy: 'parameter', fill: 'index', fillOpacity: 0.6 }),
      plot.ruleY(bars, {
        x1: (d) => d.value - d.conf,
        x2: (d) => d.value + d.conf,
        y: 'index',
        fy: 'parameter',
        stroke: 'currentColor',
        strokeWidth: 1.5,
      }),
      plot.ruleX([0], { stroke: MUTED }),
    ],
  });
}

function effects(drawing: Drawing, rows: readonly SensitivityRow[], id: string): Markup {
  const { plot } = drawing;
  const text = {
    id,
    title: `${titleOf(rows)}: mean size of the effect, and its spread`,
    description: rows.map(({ parameter, mu_star }) => `${parameter}: ${significant(mu_star ?? Number.NaN)}`).join('; '),
  };
  return figureMarkup(drawing, text, {
    height: rows.length * 32 + 60,
    marginLeft: 200,
    marginBottom: 45,
    x: { label: 'mean absolute elementary effect', grid: true, zero: true },
    y: { label: null, domain: rows.map(({ parameter }) => parameter) },
    marks: [
      plot.barX(rows, { x: 'mu_star', y: 'parameter', fill: ACCENT, fillOpacity: 0.6 }),
      plot.ruleY(rows, { x1: 'mu_star', x2: (d) => d.mu_star + d.sigma, y: 'parameter', stroke: 'currentColor' }),
      plot.ruleX([0], { stroke: MUTED }),
    ],
  });
}

function indexTable(rows: readonly SensitivityRow[]): Markup {
  const number = (value: number | null) => significant(value ?? Number.NaN);
  const head = ['parameter', 'S1', '± S1', 'ST', '± ST', 'µ*', 'σ', 'level'];
  const cells = rows.map((row) => [
    row.parameter,
    ...[row.s1, row.s1_conf, row.st, row.st_conf, row.mu_star, row.sigma, row.conf_level].map(number),
  ]);
  return tableMarkup(titleOf(rows), head, cells);
}
