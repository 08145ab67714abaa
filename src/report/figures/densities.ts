import { rangeText, significant } from '../../format.js';
import { BASELINE } from '../../model/pathway.js';
import type { SummaryRow } from '../../tables/schema.js';
import { type Drawing, figureMarkup, SERIES, seriesLegend } from '../drawing.js';
import type { Markup } from '../html.js';
import { namedRows } from '../layout.js';
import { dataOf } from '../table-texts.js';
import { type Curve, middleRange } from './curves.js';

/** Densities with quartiles and medians of every energy of one regime. */
export function densityFigure(drawing: Drawing, curves: readonly Curve[], regime: string, id: string): Markup {
  const { plot } = drawing;
  const energies = curves.map(({ row }) => row);
  const kinds = KINDS.filter((kind) => energies.some((row) => kindOf(row) === kind));
  const text = {
    id,
    title: densityTitle(curves, regime),
    subtitle: 'Density of energy on a logarithmic axis, Wh per query; bar: quartiles; dot and number: median.',
    description: curves.map(({ label, row }) => `${label}: ${quartileText(row)}`).join('; '),
    ...(kinds.length > 1 && { legend: seriesLegend(KINDS) }),
    data: dataOf(energies, COLUMNS),
  };
  const names = curves.map(({ label }) => label);
  const quartiles = curves.map(({ label, row }) => ({ label, ...row }));
  return figureMarkup(drawing, text, (layout) => {
    const rows = namedRows(drawing, layout, names, { channel: 'fy', rowHeight: 34 });
    return {
      height: rows.height + 75,
      ...{ marginTop: 30, marginLeft: rows.marginLeft, marginRight: 60, marginBottom: 45 },
      x: {
        ...{ type: 'log', label: 'Wh per query', domain: middleRange(curves), clamp: true, grid: true },
        ...{ ticks: layout.name === 'wide' ? 6 : 4, tickFormat: tick },
      },
      y: { axis: null, domain: [-0.5, 0.5] },
      fy: { ...rows.axis, domain: names, padding: rows.padding },
      color: { domain: KINDS, range: SERIES.slice(0, 3), legend: false },
      marks: [
        plot.areaY(outlines(curves), {
          ...{ x: 'value', y1: (p) => -p.height, y2: 'height', fy: 'label' },
          ...{ fill: 'kind', fillOpacity: 0.45, clip: true },
        }),
        plot.ruleY(quartiles, {
          ...{ x1: 'p25', x2: 'p75', y: 0, fy: 'label' },
          ...{ stroke: 'currentColor', strokeWidth: 5, strokeOpacity: 0.55 },
        }),
        plot.dot(quartiles, {
          ...{ x: 'p50', y: 0, fy: 'label', r: 4.5 },
          ...{ fill: 'var(--paper)', stroke: 'currentColor', strokeWidth: 2 },
        }),
        plot.text(quartiles, {
          ...{ frameAnchor: 'right', fy: 'label', dx: 52, textAnchor: 'end', fill: 'currentColor' },
          text: (d) => significant(d.p50),
        }),
        ...rows.marks,
      ],
    };
  });
}

const COLUMNS = [
  ...(['regime', 'subject_kind', 'subject', 'pathway', 'trim', 'metric', 'unit', 'boundary'] as const),
  ...(['n', 'mean', 'std', 'p05', 'p25', 'p50', 'p75', 'p95', 'p50_ci_low', 'p50_ci_high'] as const),
];

const KINDS = ['model', 'blend', 'pathway'];

function kindOf({ subject_kind, pathway }: SummaryRow): string {
  if (subject_kind === 'model') return 'model';
  return pathway === BASELINE ? 'blend' : 'pathway';
}

/** Who takes most and who least; of one subject, what half of the queries take. */
function densityTitle(curves: readonly Curve[], regime: string): string {
  const models = curves.filter(({ row }) => row.subject_kind === 'model');
  const ranked = [...models].sort((a, b) => Number(b.row.p50) - Number(a.row.p50));
  const [most, least] = [ranked[0] ?? curves[0], ranked[ranked.length - 1] ?? curves[0]];
  const median = ({ row }: Curve) => `${significant(row.p50 ?? Number.NaN)} Wh`;
  return most === least
    ? `Half of the ${regime} queries to ${most.label} take ${quartiles(most.row)} Wh`
    : `A ${regime} query takes most to ${most.label}, ${median(most)} in the median, and least to ${least.label}, ${median(least)}`;
}

/** Both sides of each curve's middle line. */
function outlines(curves: readonly Curve[]) {
  const highest = Math.max(...curves.flatMap(({ points }) => points.map(({ density }) => density)));
  return curves.flatMap(({ label, row, points }) =>
    points.map((point) => ({ ...point, label, height: (0.48 * point.density) / highest, kind: kindOf(row) })),
  );
}

/** A number on an axis. */
export function tick(value: number): string {
  return significant(value, 1);
}

function quartileText(row: SummaryRow): string {
  return `median ${significant(row.p50 ?? Number.NaN)} Wh, quartiles ${quartiles(row)} Wh`;
}

function quartiles({ p25, p75 }: SummaryRow): string {
  return rangeText(p25 ?? Number.NaN, p75 ?? Number.NaN);
}
