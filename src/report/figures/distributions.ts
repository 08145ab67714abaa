import { rangeText, significant } from '../../format.js';
import { BASELINE } from '../../model/pathway.js';
import type { HistogramRow, SummaryRow } from '../../tables/schema.js';
import { type Drawing, figureMarkup, MUTED, SERIES, seriesLegend } from '../drawing.js';
import { energiesOf, energyLabel } from '../energies.js';
import { html, type Markup, NOTHING } from '../html.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { type CurvePoint, thinBins } from '../thin-bins.js';

/** One distribution with its quartiles, as both figures of a regime show it. */
interface Curve {
  readonly label: string;
  readonly row: SummaryRow;
  readonly points: readonly CurvePoint[];
}

const ROW_HEIGHT = 34;
const AXIS_HEIGHT = 75;
/** Room for ticks and, below them, the axis' label. */
const AXIS_MARGIN = 45;

/** Densities with quartiles and cumulative curves of every energy of one regime, and the table of both. */
export function distributionFigures(drawing: Drawing, run: RunData, regime: string, id: string): Markup {
  const curves = curvesOf(run, regime);
  if (curves.length === 0) return NOTHING;
  // Where the run left histogram.arrow out, there is nothing to draw.
  if (curves.every(({ points }) => points.length === 0)) return energyTable(curves, regime);
  return html`${densities(drawing, curves, regime, `${id}-density`)}${energyTable(curves, regime)}${cumulative(drawing, curves, regime, `${id}-cumulative`)}`;
}

function curvesOf(run: RunData, regime: string): Curve[] {
  const rows = energiesOf(run, regime);
  const bins = grouped(run.histogram);
  return rows.map((row) => ({ label: energyLabel(row), row, points: thinBins(bins.get(keyOf(row)) ?? []) }));
}

function grouped(histogram: readonly HistogramRow[]): Map<string, HistogramRow[]> {
  const groups = new Map<string, HistogramRow[]>();
  for (const row of histogram) {
    if (row.metric !== 'energy') continue;
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function keyOf({ regime, subject_kind, subject, pathway, trim }: HistogramRow | SummaryRow): string {
  return JSON.stringify([regime, subject_kind, subject, pathway, trim]);
}

function densities(drawing: Drawing, curves: readonly Curve[], regime: string, id: string): Markup {
  const { plot } = drawing;
  const text = {
    id,
    legend: seriesLegend(KINDS),
    title: `Energy of one ${regime} query: density, quartiles (bar) and median (dot), on a logarithmic axis`,
    description: curves.map(({ label, row }) => `${label}: ${quartileText(row)}`).join('; '),
  };
  const highest = Math.max(...curves.flatMap(({ points }) => points.map(({ density }) => density)));
  const points = curves.flatMap(({ label, row, points }) =>
    points.map((point) => ({ ...point, label, height: (0.48 * point.density) / highest, kind: kindOf(row) })),
  );
  const quartiles = curves.map(({ label, row }) => ({ label, ...row }));
  return figureMarkup(drawing, text, {
    height: curves.length * ROW_HEIGHT + AXIS_HEIGHT,
    marginBottom: AXIS_MARGIN,
    marginLeft: 230,
    marginRight: 60,
    x: {
      type: 'log',
      label: 'Wh per query',
      domain: middleRange(curves),
      clamp: true,
      grid: true,
      ticks: 8,
      tickFormat: tick,
    },
    y: { axis: null, domain: [-0.5, 0.5] },
    fy: { label: null, domain: curves.map(({ label }) => label), padding: 0.05 },
    color: { domain: KINDS, range: SERIES.slice(0, 3), legend: false },
    marks: [
      plot.areaY(points, {
        x: 'value',
        y1: (p) => -p.height,
        y2: 'height',
        fy: 'label',
        fill: 'kind',
        fillOpacity: 0.45,
        clip: true,
      }),
      plot.ruleY(quartiles, {
        x1: 'p25',
        x2: 'p75',
        y: 0,
        fy: 'label',
        stroke: 'currentColor',
        strokeWidth: 5,
        strokeOpacity: 0.55,
      }),
      plot.dot(quartiles, {
        x: 'p50',
        y: 0,
        fy: 'label',
        r: 4.5,
        fill: 'var(--paper)',
        stroke: 'currentColor',
        strokeWidth: 2,
      }),
      plot.text(quartiles, {
        frameAnchor: 'right',
        fy: 'label',
        dx: 52,
        textAnchor: 'end',
        text: (d) => significant(d.p50),
        fill: 'currentColor',
      }),
    ],
  });
}

const KINDS = ['model', 'blend', 'pathway'];

function kindOf({ subject_kind, pathway }: SummaryRow): string {
  if (subject_kind === 'model') return 'model';
  return pathway === BASELINE ? 'blend' : 'pathway';
}

/** The axis leaves out the outer 2 % of each curve, which would stretch it over many empty tenfolds. */
function middleRange(curves: readonly Curve[]): [number, number] {
  const inner = curves.flatMap(({ points }) =>
    points.filter(({ cumulative }) => cumulative > 0.01 && cumulative < 0.999).map(({ value }) => value),
  );
  return [Math.min(...inner), Math.max(...inner)];
}

function tick(value: number): string {
  return significant(value, 1);
}

function cumulative(drawing: Drawing, curves: readonly Curve[], regime: string, id: string): Markup {
  const { plot } = drawing;
  const whole = curves.filter(({ row }) => row.pathway === BASELINE);
  const blends = whole.filter(({ row }) => row.subject_kind === 'blend');
  const models = whole.filter(({ row }) => row.subject_kind !== 'blend');
  const labels = whole.map(({ label }) => label);
  const text = {
    id,
    legend: seriesLegend(labels),
    title: `Share of ${regime} queries that take at most so much energy${blends.length > 0 ? ' (blends dashed)' : ''}`,
    description: whole.map(({ label, row }) => `${label}: half of the queries take at most ${wh(row.p50)}`).join('; '),
  };
  const lines = (curves: readonly Curve[], dashes: string) =>
    plot.lineY(
      curves.flatMap(({ label, points }) => points.map((point) => ({ ...point, label }))),
      { x: 'upper', y: 'cumulative', stroke: 'label', strokeWidth: 1.8, strokeDasharray: dashes, clip: true },
    );
  return figureMarkup(drawing, text, {
    height: 360,
    marginBottom: AXIS_MARGIN,
    marginLeft: 60,
    marginRight: 20,
    x: { type: 'log', label: 'Wh per query', domain: middleRange(whole), grid: true, ticks: 8, tickFormat: tick },
    y: { label: 'share of queries', percent: true, domain: [0, 100], grid: true },
    color: { domain: labels, range: SERIES },
    marks: [plot.ruleY([50], { stroke: MUTED, strokeDasharray: '4 3' }), lines(models, 'none'), lines(blends, '7 3')],
  });
}

function energyTable(curves: readonly Curve[], regime: string): Markup {
  const head = ['', 'median', '95 % CI of median', 'quartiles', 'P5–P95', 'mean (95 % CI)', 'std', 'draws'];
  const rows = curves.map(({ label, row }) => [
    label,
    number(row.p50),
    range(row.p50_ci_low, row.p50_ci_high, 4),
    range(row.p25, row.p75),
    range(row.p05, row.p95),
    `${number(row.mean)} (${range(row.mean_low ?? null, row.mean_high ?? null, 4)})`,
    number(row.std),
    row.n.toLocaleString('en-US'),
  ]);
  return tableMarkup(`Energy of one ${regime} query, Wh`, head, rows);
}

function quartileText({ p25, p50, p75 }: SummaryRow): string {
  return `median ${wh(p50)}, quartiles ${range(p25, p75)} Wh`;
}

function wh(value: number | null): string {
  return `${number(value)} Wh`;
}

function number(value: number | null): string {
  return significant(value ?? Number.NaN);
}

function range(low: number | null, high: number | null, digits = 3): string {
  return rangeText(low ?? Number.NaN, high ?? Number.NaN, digits);
}
