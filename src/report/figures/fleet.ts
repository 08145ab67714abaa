import { count, rangeText, significant } from '../../format.js';
import type { FleetRow } from '../../tables/schema.js';
import { ACCENT, type Drawing, figureMarkup, MUTED } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';

/** Daily energy of the fleet as bars with intervals; nothing where the scenario states no fleet. */
export function fleetFigure(drawing: Drawing, { fleet, manifest }: RunData, id: string): Markup {
  if (fleet.length === 0) return NOTHING;
  const rows = fleet.map((row) => ({ ...row, label: label(row), published: publishedOf(row) }));
  const { plot } = drawing;
  const text = {
    id,
    title: `Energy of ${count(fleet[0].queries_per_day ?? Number.NaN)} queries a day, with the 95 % interval of their Monte Carlo error (diamond: published)`,
    description: rows
      .map((row) => `${row.label}: ${significant(row.gwh_per_day ?? Number.NaN)} GWh per day`)
      .join('; '),
  };
  const drawn = figureMarkup(drawing, text, {
    height: rows.length * 34 + 60,
    marginLeft: 270,
    marginBottom: 45,
    marginRight: 60,
    x: { label: 'GWh per day', grid: true, zero: true },
    y: { label: null, domain: rows.map(({ label }) => label) },
    marks: [
      plot.barX(rows, { x: 'gwh_per_day', y: 'label', fill: ACCENT, fillOpacity: 0.55, insetTop: 3, insetBottom: 3 }),
      plot.ruleY(rows, { x1: 'gwh_low', x2: 'gwh_high', y: 'label', stroke: 'currentColor', strokeWidth: 2 }),
      plot.dot(
        rows.filter(({ published }) => published !== undefined),
        { x: 'published', y: 'label', symbol: 'diamond', r: 5, fill: 'var(--s2)', stroke: 'var(--paper)' },
      ),
      plot.text(rows, {
        x: 'gwh_high',
        y: 'label',
        dx: 12,
        textAnchor: 'start',
        text: (row) => significant(row.gwh_per_day),
        fill: 'currentColor',
      }),
      plot.ruleX([0], { stroke: MUTED }),
    ],
  });
  const cells = rows.map((row) => [
    row.label,
    significant(row.gwh_per_day ?? Number.NaN),
    rangeText(row.gwh_low ?? Number.NaN, row.gwh_high ?? Number.NaN, 4),
    row.published === undefined ? '–' : `${row.published}`,
    significant(row.beta ?? Number.NaN, 5),
  ]);
  return html`${drawn}${tableMarkup('Energy of the fleet, GWh per day', ['mix', 'GWh/day', 'Monte Carlo error (95 %)', 'published', 'scaling factor β'], cells)}`;

  function publishedOf({ mix, improvement }: FleetRow): number | undefined {
    return manifest.scenario.published?.fleet.find((day) => day.mix === mix && day.improvement === improvement)
      ?.gwh_per_day;
  }
}

function label({ mix, improvement }: FleetRow): string {
  return improvement === 'none' ? mix : `${mix}, ${improvement}`;
}
