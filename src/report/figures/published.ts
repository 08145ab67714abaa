import { rangeText, significant } from '../../format.js';
import { type Drawing, figureMarkup, SERIES } from '../drawing.js';
import { headlineRows, regimesOf } from '../energies.js';
import { html, type Markup } from '../html.js';
import type { PublishedEstimate } from '../published-estimates.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';

/** What a figure counts, in the order from narrow to wide; `this run` is set apart. */
const BOUNDARIES = ['this run', 'accelerators only', 'servers', 'with facility overhead', 'life cycle or not stated'];

const COLORS = [SERIES[1], SERIES[4], SERIES[2], SERIES[0], SERIES[6]];

/** Rows inferred from the speed of public APIs: 81 of them, in the table alone. */
const IN_TABLE_ALONE = 'inferred from API speed';

interface Estimate {
  readonly label: string;
  readonly group: string;
  readonly middle: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Estimates of others beside this run's, coloured by what they count. */
export function publishedFigure(
  drawing: Drawing,
  run: RunData,
  estimates: readonly PublishedEstimate[],
  id: string,
): Markup {
  const ours = regimesOf(run)
    .flatMap((regime) => headlineRows(run, regime))
    .map((row) => ({
      label: `This run: ${row.subject}, ${row.regime}`,
      group: BOUNDARIES[0],
      middle: row.p50,
      low: row.p25,
      high: row.p75,
    }));
  const theirs = estimates
    .filter(({ kind }) => kind !== IN_TABLE_ALONE)
    .map(estimateOf)
    .filter(isNumber);
  const rows = [...ours, ...theirs].sort((a, b) => middleOf(a) - middleOf(b));
  return html`${draw(drawing, rows, id)}${estimateTable(estimates)}`;
}

function estimateOf({ estimate, year, boundary, energy_wh, low_wh, high_wh }: PublishedEstimate): Estimate {
  const label = `${estimate.length > 44 ? `${estimate.slice(0, 43)}…` : estimate} (${year})`;
  return { label, group: boundaryGroup(boundary), middle: energy_wh, low: low_wh, high: high_wh };
}

/** The boundary's own words decide; a row's full text is in the table. */
function boundaryGroup(boundary: string): string {
  if (/life cycle|not stated|derived/i.test(boundary)) return BOUNDARIES[4];
  if (/PUE|data cent|all-in/i.test(boundary)) return BOUNDARIES[3];
  return /server|instance/i.test(boundary) ? BOUNDARIES[2] : BOUNDARIES[1];
}

function isNumber({ middle, low }: Estimate): boolean {
  return middle !== null || low !== null;
}

function middleOf({ middle, low, high }: Estimate): number {
  return middle ?? Math.sqrt((low ?? Number.NaN) * (high ?? Number.NaN));
}

function draw(drawing: Drawing, rows: readonly Estimate[], id: string): Markup {
  const { plot } = drawing;
  const text = {
    id,
    legend: BOUNDARIES.map((label, i) => ({ label, color: COLORS[i] })),
    title:
      'Estimates of one query’s energy by others, coloured by what they count; lines are stated ranges, ours quartiles',
    description: rows.map((row) => `${row.label}, ${row.group}: ${significant(middleOf(row))} Wh`).join('; '),
  };
  return figureMarkup(drawing, text, {
    height: rows.length * 21 + 70,
    marginLeft: 390,
    marginRight: 30,
    marginBottom: 45,
    x: { type: 'log', label: 'Wh per query', grid: true, ticks: 6, tickFormat: (d: number) => significant(d, 1) },
    y: { label: null, domain: rows.map(({ label }) => label) },
    color: { domain: BOUNDARIES, range: COLORS },
    marks: [
      plot.ruleY(rows, { x1: 'low', x2: 'high', y: 'label', stroke: 'group', strokeWidth: 3, strokeOpacity: 0.6 }),
      plot.dot(rows, {
        x: 'middle',
        y: 'label',
        fill: 'group',
        stroke: 'var(--paper)',
        r: (d: Estimate) => (d.group === BOUNDARIES[0] ? 6 : 4.5),
        symbol: (d: Estimate) => (d.group === BOUNDARIES[0] ? 'diamond' : 'circle'),
      }),
    ],
    symbol: { type: 'identity' },
    r: { type: 'identity' },
  });
}

function estimateTable(estimates: readonly PublishedEstimate[]): Markup {
  const head = ['estimate', 'Wh/query', 'range', 'counts', 'workload', 'how', 'confidence', 'source'];
  const rows = estimates.map((row) => [
    row.estimate,
    row.energy_wh === null ? '–' : significant(row.energy_wh),
    row.low_wh === null || row.high_wh === null ? '–' : rangeText(row.low_wh, row.high_wh),
    row.boundary,
    row.workload,
    row.kind,
    row.confidence,
    `${row.source_title} ${row.source_url}`,
  ]);
  return tableMarkup(`All ${estimates.length} estimates, with their boundaries and sources`, head, rows);
}
