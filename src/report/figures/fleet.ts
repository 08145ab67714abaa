import { count, rangeText, significant } from '../../format.js';
import type { FleetRow } from '../../tables/schema.js';
import { ACCENT, type Drawing, figureMarkup, MUTED } from '../drawing.js';
import { type EnergyUnit, energyUnit, gwhOf } from '../fleet-unit.js';
import { html, type Markup, NOTHING } from '../html.js';
import { namedRows } from '../layout.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { dataOf } from '../table-texts.js';

/** A bar of the figure. */
interface Day extends FleetRow {
  readonly label: string;
  /** GWh per day that somebody has published, where the scenario states it. */
  readonly published: number | undefined;
  /** P5 and P95 over worlds, GWh per day, where the scenario asks for them. */
  readonly known: readonly [low: number, high: number] | undefined;
}

/** Daily energy of the fleet as bars with intervals; nothing where the scenario states no fleet. */
export function fleetFigure(drawing: Drawing, run: RunData, id: string): Markup {
  if (run.fleet.length === 0) return NOTHING;
  const days = run.fleet.map((row) => ({ ...row, label: label(row), ...besideOf(run, row) }));
  const unit = energyUnit(Math.max(...days.map(({ gwh_per_day }) => gwh_per_day ?? 0)));
  return html`${figure(drawing, days, unit, id)}${table(days, unit)}`;
}

function besideOf({ manifest, uncertainty }: RunData, { mix, improvement, formula }: FleetRow) {
  const published = manifest.scenario.published?.fleet.find(
    (day) => day.mix === mix && day.improvement === improvement,
  )?.gwh_per_day;
  const row = uncertainty.find(
    (one) =>
      one.subject_kind === 'mix' && one.subject === mix && one.pathway === improvement && one.formula === formula,
  );
  const known =
    row === undefined ? undefined : ([row.p05, row.p95].map((end) => gwhOf(Number(end), row.unit)) as [number, number]);
  return { published, known };
}

function figure(drawing: Drawing, days: readonly Day[], { unit, factor }: EnergyUnit, id: string): Markup {
  const { plot } = drawing;
  const scaled = days.map(({ label, gwh_per_day, published, known }) => ({
    label,
    energy: Number(gwh_per_day) * factor,
    published: published === undefined ? undefined : published * factor,
    low: known && known[0] * factor,
    high: known && known[1] * factor,
  }));
  const text = {
    id,
    title: fleetTitle(days, unit, factor),
    subtitle: `Energy of a day, ${unit}${days.some(({ known }) => known) ? '; line: P5 to P95 over worlds, what the mean is known to' : ''}${days.some(({ published }) => published) ? '; diamond: published' : ''}.`,
    description: scaled.map((day) => `${day.label}: ${significant(day.energy)} ${unit} per day`).join('; '),
    data: dataOf(days, COLUMNS),
  };
  const names = scaled.map(({ label }) => label);
  return figureMarkup(drawing, text, (layout) => {
    const rows = namedRows(drawing, layout, names, { channel: 'y', rowHeight: 34 });
    return {
      height: rows.height + 60,
      ...{ marginLeft: rows.marginLeft, marginBottom: 45, marginRight: 60 },
      x: { label: `${unit} per day`, grid: true, zero: true, ticks: layout.name === 'wide' ? 8 : 4 },
      y: { ...rows.axis, domain: names },
      marks: [
        plot.barX(scaled, {
          ...{ x: 'energy', y: 'label', fill: ACCENT, fillOpacity: 0.55 },
          ...{ insetTop: 3 + rows.inset, insetBottom: 3 },
        }),
        plot.ruleY(
          scaled.filter(({ low }) => low !== undefined),
          { x1: 'low', x2: 'high', y: 'label', stroke: 'currentColor', strokeWidth: 2, dy: rows.inset / 2 },
        ),
        plot.dot(
          scaled.filter(({ published }) => published !== undefined),
          {
            x: 'published',
            y: 'label',
            symbol: 'diamond',
            r: 5,
            fill: 'var(--s2)',
            stroke: 'var(--paper)',
            dy: rows.inset / 2,
          },
        ),
        plot.text(scaled, {
          ...{ frameAnchor: 'right', y: 'label', dx: 52, dy: rows.inset / 2, textAnchor: 'end', fill: 'currentColor' },
          text: (day) => significant(day.energy),
        }),
        plot.ruleX([0], { stroke: MUTED }),
        ...rows.marks,
      ],
    };
  });
}

const COLUMNS = [
  ...(['mix', 'improvement', 'queries_per_day', 'gwh_per_day', 'gwh_low', 'gwh_high'] as const),
  ...(['beta', 'formula', 'boundary', 'published'] as const),
];

function fleetTitle([first, ...others]: readonly Day[], unit: string, factor: number): string {
  const day = ({ gwh_per_day, label }: Day) => `${significant(Number(gwh_per_day) * factor)} ${unit} a day as ${label}`;
  const most = others.reduce((a, b) => (Number(b.gwh_per_day) > Number(a.gwh_per_day) ? b : a), first);
  const queries = `${count(first.queries_per_day ?? Number.NaN)} queries take`;
  return most === first ? `${queries} ${day(first)}` : `${queries} ${day(first)}, ${day(most)}`;
}

function table(days: readonly Day[], { unit, factor }: EnergyUnit): Markup {
  const range = (low: number | null | undefined, high: number | null | undefined, digits?: number) =>
    low == null || high == null ? '–' : rangeText(low * factor, high * factor, digits);
  const cells = days.map((day) => [
    day.label,
    significant(Number(day.gwh_per_day) * factor),
    range(day.known?.[0], day.known?.[1]),
    range(day.gwh_low, day.gwh_high, 4),
    day.published === undefined ? '–' : significant(day.published * factor),
    significant(day.beta ?? Number.NaN, 5),
  ]);
  const head = ['mix', `${unit}/day`, 'known to', 'Monte Carlo 95 %', 'published', 'scaling factor β'];
  return tableMarkup(`Energy of the fleet, ${unit} per day`, head, cells, dataOf(days, COLUMNS));
}

function label({ mix, improvement }: FleetRow): string {
  return improvement === 'none' ? mix : `${mix}, ${improvement}`;
}
