import { rangeText, significant } from '../../format.js';
import { BASELINE } from '../../model/pathway.js';
import type { SummaryRow } from '../../tables/schema.js';
import { ACCENT, type Drawing, figureMarkup } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import { namedRows } from '../layout.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { dataOf } from '../table-texts.js';
import { tick } from './densities.js';

/** Energies of a session in the order in which they are drawn; each is the session's, shared out. */
const ENERGIES = ['energy_per_session', 'energy_per_success', 'energy_per_request'];
/** What the table has besides. */
const COUNTS = ['requests', 'longest_context', 'session_cut'];

/** Energy of a session, and of each success and request of it; nothing where queries are no sessions. */
export function sessionFigures(drawing: Drawing, { summary }: RunData, id: string): Markup {
  const own = summary.filter(
    ({ metric, pathway, trim }) =>
      pathway === BASELINE && trim === 'none' && (ENERGIES.includes(metric) || COUNTS.includes(metric)),
  );
  const energies = ENERGIES.flatMap((metric) => own.filter((row) => row.metric === metric && row.p50 !== null));
  return energies.length === 0 ? NOTHING : html`${figure(drawing, energies, id)}${table(own)}`;
}

function figure(drawing: Drawing, energies: readonly SummaryRow[], id: string): Markup {
  const { plot } = drawing;
  const rows = energies.map((row) => ({ ...row, label: labelOf(row) }));
  const text = {
    id,
    title: sessionTitle(energies),
    subtitle: 'Median (dot and number), quartiles (thick) and P5 to P95 (thin), Wh.',
    description: rows.map(({ label, p50 }) => `${label}: ${significant(p50 ?? Number.NaN)} Wh`).join('; '),
    data: dataOf(energies, COLUMNS),
  };
  const names = rows.map(({ label }) => label);
  return figureMarkup(drawing, text, (layout) => {
    const { marginLeft, height, axis, marks } = namedRows(drawing, layout, names, { channel: 'y', rowHeight: 26 });
    return {
      height: height + 60,
      ...{ marginLeft, marginBottom: 45, marginRight: 60 },
      x: { type: 'log', label: 'Wh', grid: true, ticks: layout.name === 'wide' ? 6 : 4, tickFormat: tick },
      y: { ...axis, domain: names },
      marks: [
        plot.ruleY(rows, { x1: 'p05', x2: 'p95', y: 'label', stroke: ACCENT, strokeWidth: 1.5 }),
        plot.ruleY(rows, { x1: 'p25', x2: 'p75', y: 'label', stroke: ACCENT, strokeWidth: 5, strokeOpacity: 0.6 }),
        plot.dot(rows, { x: 'p50', y: 'label', r: 4, fill: ACCENT, stroke: 'var(--paper)' }),
        plot.text(rows, {
          ...{ frameAnchor: 'right', y: 'label', dx: 52, textAnchor: 'end', fill: 'currentColor' },
          text: (d) => significant(d.p50),
        }),
        ...marks,
      ],
    };
  });
}

function sessionTitle(energies: readonly SummaryRow[]): string {
  const [session] = energies;
  const request = energies.find((row) => row.metric === 'energy_per_request' && row.subject === session.subject);
  const each = request === undefined ? '' : `, a request ${significant(Number(request.p50))} Wh in the median`;
  return `Half of the ${session.regime} sessions with ${session.subject} take ${rangeText(Number(session.p25), Number(session.p75))} Wh${each}`;
}

function labelOf({ subject, regime, metric }: SummaryRow): string {
  return `${subject}, ${regime}: ${metric.replace('energy_', '').replace('_', ' ')}`;
}

const COLUMNS = ['regime', 'subject', 'metric', 'unit', 'p05', 'p25', 'p50', 'p75', 'p95', 'mean'] as const;

function table(rows: readonly SummaryRow[]): Markup {
  const number = (value: number | null) => significant(value ?? Number.NaN);
  const cells = rows.map(({ subject, regime, metric, unit, p05, p50, p95, mean }) => [
    ...[`${subject}, ${regime}`, metric.replaceAll('_', ' '), unit, number(p50)],
    ...[rangeText(Number(p05), Number(p95)), number(mean)],
  ]);
  const head = ['', 'metric', 'unit', 'median', 'P5–P95', 'mean'];
  return tableMarkup('Sessions: energy, requests and context', head, cells, dataOf(rows, COLUMNS));
}
