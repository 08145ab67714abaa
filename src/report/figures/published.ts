import { rangeText, significant } from '../../format.js';
import type { Boundary } from '../../model/boundary.js';
import { atFacility, type FacilityRange } from '../at-facility.js';
import { type Drawing, figureMarkup, MUTED, SERIES } from '../drawing.js';
import { headlineRows, regimesOf } from '../energies.js';
import { html, type Markup } from '../html.js';
import { namedRows } from '../layout.js';
import type { PublishedEstimate } from '../published-estimates.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { dataOf } from '../table-texts.js';
import { tick } from './densities.js';

/** What a figure counts, in the order from narrow to wide; `this run`, which counts the facility, is set apart. */
const GROUPS = [
  'this run',
  'accelerators only',
  'servers',
  'facility',
  'fleet with idle machines',
  'life cycle or not stated',
];

const GROUP_OF: Readonly<Record<Boundary, string>> = {
  gpu_board: GROUPS[1],
  node_ac: GROUPS[2],
  facility: GROUPS[3],
  fleet: GROUPS[4],
  lifecycle: GROUPS[5],
  unknown: GROUPS[5],
};

const COLORS = [SERIES[1], SERIES[4], SERIES[2], SERIES[0], SERIES[3], SERIES[6]];

/** Rows inferred from the speed of public APIs: 81 of them, in the table alone. */
const IN_TABLE_ALONE = 'inferred from API speed';

interface Estimate {
  readonly label: string;
  readonly group: string;
  readonly middle: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The same at the facility, where it is of another boundary that converts. */
  readonly converted?: FacilityRange;
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
      group: GROUPS[0],
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

function estimateOf(row: PublishedEstimate): Estimate {
  const { estimate, year, boundary_code, energy_wh, low_wh, high_wh } = row;
  const label = `${estimate.length > 44 ? `${estimate.slice(0, 43)}…` : estimate} (${year})`;
  const converted = boundary_code === 'facility' ? undefined : atFacility(row);
  const stated = { label, group: GROUP_OF[boundary_code], middle: energy_wh, low: low_wh, high: high_wh };
  return { ...stated, ...(converted && { converted }) };
}

function isNumber({ middle, low }: Estimate): boolean {
  return middle !== null || low !== null;
}

function middleOf({ middle, low, high }: Estimate): number {
  return middle ?? Math.sqrt((low ?? Number.NaN) * (high ?? Number.NaN));
}

function describe(row: Estimate): string {
  const { label, group, converted } = row;
  const facility = converted === undefined ? '' : `, at the facility ${rangeText(converted.p05, converted.p95)}`;
  return `${label}, ${group}: ${significant(middleOf(row))} Wh${facility}`;
}

function draw(drawing: Drawing, rows: readonly Estimate[], id: string): Markup {
  const { plot } = drawing;
  const converted = rows.flatMap(({ label, converted: range }) => (range === undefined ? [] : [{ label, ...range }]));
  const names = rows.map(({ label }) => label);
  const text = {
    id,
    legend: GROUPS.map((label, i) => ({ label, color: COLORS[i] })),
    title: publishedTitle(rows),
    subtitle:
      'Estimates of one query’s energy by others as stated, Wh, coloured by what they count; thick lines: stated ranges, ours quartiles; thin lines with ends: the same at the facility, P5 to P95.',
    description: rows.map(describe).join('; '),
    data: {
      columns: ['estimate', 'counts', 'wh_per_query', 'low', 'high', 'facility_p05', 'facility_p50', 'facility_p95'],
      rows: rows.map(({ label, group, middle, low, high, converted: c }) => [
        ...[label, group, middle, low, high],
        ...[c?.p05 ?? null, c?.p50 ?? null, c?.p95 ?? null],
      ]),
    },
  };
  return figureMarkup(drawing, text, (layout) => {
    const { marginLeft, height, axis, marks } = namedRows(drawing, layout, names, { channel: 'y', rowHeight: 21 });
    return {
      height: height + 70,
      ...{ marginLeft, marginRight: 30, marginBottom: 45 },
      x: {
        ...{ type: 'log', label: 'Wh per query', grid: true, tickFormat: tick },
        ticks: layout.name === 'wide' ? 6 : 4,
      },
      y: { ...axis, domain: names },
      color: { domain: GROUPS, range: COLORS },
      marks: [
        plot.ruleY(converted, { x1: 'p05', x2: 'p95', y: 'label', stroke: MUTED, marker: 'tick' }),
        plot.tickX(converted, { x: 'p50', y: 'label', stroke: MUTED, inset: 5 }),
        plot.ruleY(rows, { x1: 'low', x2: 'high', y: 'label', stroke: 'group', strokeWidth: 3, strokeOpacity: 0.6 }),
        plot.dot(rows, {
          ...{ x: 'middle', y: 'label', fill: 'group', stroke: 'var(--paper)' },
          r: (d: Estimate) => (d.group === GROUPS[0] ? 6 : 4.5),
          symbol: (d: Estimate) => (d.group === GROUPS[0] ? 'diamond' : 'circle'),
        }),
        ...marks,
      ],
      symbol: { type: 'identity' },
      r: { type: 'identity' },
    };
  });
}

/** Where this run stands among those that can be brought to its boundary. */
function publishedTitle(rows: readonly Estimate[]): string {
  const ours = rows.find(({ group }) => group === GROUPS[0]);
  const theirs = rows.flatMap((row) => {
    if (row.group === GROUPS[0]) return [];
    return row.group === GROUPS[3] ? [middleOf(row)] : row.converted ? [row.converted.p50] : [];
  });
  if (ours === undefined) return `${theirs.length} estimates of others that can be brought to the facility`;
  const own = middleOf(ours);
  const below = theirs.filter((wh) => wh < own).length;
  return `${below} of ${theirs.length} estimates of others, brought to the facility, lie below this run’s ${significant(own)} Wh (${ours.label.replace('This run: ', '')})`;
}

function facilityText(row: PublishedEstimate): string {
  const range = atFacility(row);
  return range === undefined ? 'not converted' : rangeText(range.p05, range.p95);
}

function estimateTable(estimates: readonly PublishedEstimate[]): Markup {
  const head = [
    ...['estimate', 'Wh/query', 'range', 'counts', 'boundary', 'at the facility, P5–P95'],
    ...['workload', 'how', 'confidence', 'source'],
  ];
  const rows = estimates.map((row) => [
    row.estimate,
    row.energy_wh === null ? '–' : significant(row.energy_wh),
    row.low_wh === null || row.high_wh === null ? '–' : rangeText(row.low_wh, row.high_wh),
    row.boundary,
    row.boundary_code,
    facilityText(row),
    row.workload,
    row.kind,
    row.confidence,
    { text: row.source_title, href: row.source_url },
  ]);
  const data = dataOf(estimates, COLUMNS);
  return tableMarkup(`All ${estimates.length} estimates, with their boundaries and sources`, head, rows, data);
}

const COLUMNS = [
  ...(['estimate', 'workload', 'energy_wh', 'low_wh', 'high_wh', 'boundary', 'boundary_code'] as const),
  ...(['kind', 'year', 'confidence', 'source_title', 'source_url'] as const),
];
