import type { PlotOptions } from '@observablehq/plot';
import { rangeText, significant } from '../../format.js';
import type { HistogramRow, SummaryRow } from '../../tables/schema.js';
import type { UncertaintyRow } from '../../tables/worlds.js';
import { ACCENT, type Drawing, figureMarkup, MUTED } from '../drawing.js';
import { type Markup, NOTHING } from '../html.js';
import { type Layout, namedRows } from '../layout.js';
import { quantileValues, stacked } from '../quantile-dots.js';
import type { RunData } from '../run-data.js';
import { tick } from './densities.js';

/** A result that the answer tells: what queries take, and how well the median of them is known. */
interface Told {
  readonly name: string;
  readonly row: SummaryRow;
  readonly bins: readonly HistogramRow[];
  readonly known: UncertaintyRow | undefined;
}

/** Two lanes that are never mixed: equal dots for queries, and a slab for what is known of their median. */
interface Lane {
  readonly label: string;
  readonly numbers: string;
  readonly told: Told;
  readonly kind: 'queries' | 'known';
}

const SAME = ['regime', 'subject_kind', 'subject', 'pathway', 'trim'] as const;

/** Radius of a dot, px. */
const RADIUS = 4;

/** The figure of the answer; nothing where the run left histogram.arrow out. */
export function answerFigure(drawing: Drawing, run: RunData, rows: readonly SummaryRow[], id: string): Markup {
  const told = rows.map((row) => toldOf(run, row)).filter(({ bins }) => bins.length > 0);
  if (told.length === 0) return NOTHING;
  const hasKnown = told.some(({ known }) => known !== undefined);
  const text = {
    id,
    title: title(told[0]),
    subtitle: `Grey: each dot is an equal share of queries (2 of 100; on a phone 5).${hasKnown ? ' Colour: what the median of all queries is known to, 50 % of worlds dark, 90 % light; line: the median.' : ''} Wh per query, logarithmic.`,
    description: lanesOf(told)
      .map(({ label, numbers }) => `${label}: ${numbers} Wh`)
      .join('; '),
    data: {
      columns: ['regime', 'subject', 'p05', 'p25', 'p50', 'p75', 'p95', 'median_known_p05', 'median_known_p95'],
      rows: told.map(({ row, known }) => [
        ...[row.regime, row.subject, row.p05, row.p25, row.p50, row.p75, row.p95],
        ...[known?.p05 ?? null, known?.p95 ?? null],
      ]),
    },
  };
  return figureMarkup(drawing, text, (layout) => lanesPlot(drawing, layout, told));
}

function toldOf(run: RunData, row: SummaryRow): Told {
  const isOwn = (one: HistogramRow | UncertaintyRow) =>
    one.metric === 'energy' && SAME.every((name) => one[name] === row[name]);
  return {
    name: `${row.regime}, ${row.subject}`,
    row,
    bins: run.histogram.filter(isOwn),
    known: run.uncertainty.find((one) => one.statistic === 'p50' && isOwn(one)),
  };
}

function title({ row, known }: Told): string {
  const spread = Number(row.p95) / Number(row.p05);
  const queries = `${row.regime} queries to ${row.subject} differ by a factor of ${significant(spread, 2)}`;
  if (known === undefined || !(Number(known.p95) > Number(known.p05)))
    return `Nine of ten ${queries} from the least to the most`;
  const factor = Number(known.p95) / Number(known.p05);
  return `Nine of ten ${queries}; their median is known to a factor of ${significant(factor, 2)}`;
}

function lanesOf(told: readonly Told[]): Lane[] {
  return told.flatMap((one) => {
    const { name, row, known } = one;
    const range = (low: number | null, high: number | null) => rangeText(Number(low), Number(high), 2);
    const queries = { label: `${name}: 9 of 10 queries`, numbers: range(row.p05, row.p95), told: one } as const;
    if (known === undefined) return [{ ...queries, kind: 'queries' }];
    const numbers = `${significant(Number(known.p50), 2)}, known to ${range(known.p05, known.p95)}`;
    return [
      { ...queries, kind: 'queries' },
      { label: `${name}: the median`, numbers, told: one, kind: 'known' },
    ];
  });
}

function lanesPlot(drawing: Drawing, layout: Layout, told: readonly Told[]): PlotOptions {
  const { plot } = drawing;
  const isWide = layout.name === 'wide';
  const lanes = lanesOf(told).map((lane) => ({
    ...lane,
    key: isWide ? lane.label : `${lane.numbers} Wh: ${lane.label}`,
  }));
  const shares = isWide ? 50 : 20;
  const values = told.map(({ bins }) => quantileValues(bins, shares));
  const all = [...values.flat(), ...told.flatMap(({ known }) => [known?.p05, known?.p95].filter(isPositive))];
  const range = [Math.min(...all) / 1.08, Math.max(...all) * 1.08] as const;
  const names = lanes.map(({ key }) => key);
  const sketch = namedRows(drawing, layout, names, { channel: 'fy', rowHeight: 10 });
  const marginRight = isWide ? 170 : 12;
  const columns = Math.floor((layout.width - sketch.marginLeft - marginRight) / (2 * RADIUS));
  const dots = lanes.flatMap(({ key, kind, told: one }) =>
    kind === 'known' ? [] : stacked(values[told.indexOf(one)], range, columns).map((dot) => ({ ...dot, key })),
  );
  const levels = 1 + Math.max(...dots.map(({ level }) => level));
  const rowHeight = Math.max(30, levels * 2 * RADIUS + 4);
  const { marginLeft, height, axis, marks, padding } = namedRows(drawing, layout, names, { channel: 'fy', rowHeight });
  const known = lanes.filter(({ kind }) => kind === 'known').map(({ key, told: one }) => ({ key, ...one.known }));
  return {
    height: height + 75,
    ...{ marginTop: 30, marginBottom: 45, marginLeft, marginRight },
    x: {
      ...{ type: 'log', label: 'Wh per query', domain: [...range], grid: true, tickFormat: tick },
      ticks: isWide ? 5 : 4,
    },
    y: { axis: null, domain: [0, levels] },
    fy: { ...axis, domain: names, padding },
    marks: [
      plot.dot(dots, { x: 'value', y: (dot) => dot.level + 0.5, fy: 'key', r: RADIUS - 0.6, fill: MUTED }),
      plot.rect(known, { x1: 'p05', x2: 'p95', fy: 'key', fill: ACCENT, fillOpacity: 0.25, inset: 6 }),
      plot.rect(known, { x1: 'p25', x2: 'p75', fy: 'key', fill: ACCENT, fillOpacity: 0.55, inset: 6 }),
      plot.tickX(known, { x: 'p50', fy: 'key', stroke: 'currentColor', strokeWidth: 2, inset: 4 }),
      plot.text(isWide ? lanes : [], {
        ...{ fy: 'key', frameAnchor: 'right', dx: 10, textAnchor: 'start', text: 'numbers', fill: 'currentColor' },
      }),
      ...marks,
    ],
  };
}

function isPositive(value: number | null | undefined): value is number {
  return typeof value === 'number' && value > 0;
}
