import { significant } from '../../format.js';
import { BASELINE } from '../../model/pathway.js';
import { type Drawing, figureMarkup, MUTED, SERIES, seriesLegend } from '../drawing.js';
import type { Markup } from '../html.js';
import { type Curve, middleRange } from './curves.js';
import { tick } from './densities.js';

/** From so many curves on, names at the curves would lie over each other. */
const MOST_LABELLED = 5;

/** The share of queries that take at most so much, as they are served today. */
export function cumulativeFigure(drawing: Drawing, curves: readonly Curve[], regime: string, id: string): Markup {
  const { plot } = drawing;
  const whole = curves.filter(({ row, points }) => row.pathway === BASELINE && points.length > 0);
  const labels = whole.map(({ label }) => label);
  const blends = whole.filter(({ row }) => row.subject_kind === 'blend');
  const [told] = blends.length > 0 ? blends : whole;
  const labelled = whole.length <= MOST_LABELLED;
  const text = {
    id,
    title: `One in twenty ${regime} queries to ${told.label} takes more than ${significant(told.row.p95 ?? Number.NaN)} Wh`,
    subtitle: `Share of ${regime} queries that take at most so much energy${blends.length > 0 ? '; blends are dashed' : ''}.`,
    description: whole.map(({ label, row }) => `${label}: half of the queries take at most ${wh(row.p50)}`).join('; '),
    ...(!labelled && { legend: seriesLegend(labels) }),
    data: {
      columns: ['regime', 'subject', 'wh_per_query', 'share_of_queries'],
      rows: whole.flatMap(({ label, points }) => points.map((p) => [regime, label, p.upper, p.cumulative])),
    },
  };
  const lines = (kind: 'blend' | 'model', dashes: string) =>
    plot.lineY(
      whole
        .filter(({ row }) => row.subject_kind === kind)
        .flatMap(({ label, points }) => points.map((point) => ({ ...point, label }))),
      { x: 'upper', y: 'cumulative', stroke: 'label', strokeWidth: 1.8, strokeDasharray: dashes, clip: true },
    );
  return figureMarkup(drawing, text, (layout) => ({
    height: 360,
    ...{ marginTop: 30, marginBottom: 45, marginLeft: layout.name === 'wide' ? 60 : 46, marginRight: 20 },
    x: {
      ...{ type: 'log', label: 'Wh per query', domain: middleRange(whole), grid: true, tickFormat: tick },
      ticks: layout.name === 'wide' ? 6 : 4,
    },
    y: { label: 'share of queries, %', percent: true, domain: [0, 100], grid: true },
    color: { domain: labels, range: SERIES },
    marks: [
      plot.ruleY([50], { stroke: MUTED, strokeDasharray: '4 3' }),
      lines('model', 'none'),
      lines('blend', '7 3'),
      plot.text(labelled ? namesOnLines(whole) : [], {
        ...{ x: 'upper', y: 'cumulative', text: 'label', fill: 'label', textAnchor: 'middle' },
        ...{ stroke: 'var(--paper)', strokeWidth: 5, fontWeight: 600 },
      }),
    ],
  }));
}

/** Each name on its curve, at a height of its own, the least energy highest: names are no wider than the way between the heights. */
function namesOnLines(curves: readonly Curve[]) {
  const ranked = [...curves].sort((a, b) => Number(a.row.p50) - Number(b.row.p50));
  return ranked.flatMap(({ label, points }, i) => {
    const level = 0.8 - (0.6 * i) / Math.max(1, ranked.length - 1);
    const point = points.find(({ cumulative }) => cumulative >= level);
    return point === undefined ? [] : [{ ...point, label }];
  });
}

function wh(value: number | null): string {
  return `${significant(value ?? Number.NaN)} Wh`;
}
