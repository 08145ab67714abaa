import type { LeverRow } from '../../tables/levers.js';
import { type Drawing, figureMarkup, MUTED, SERIES, seriesLegend } from '../drawing.js';
import type { Markup } from '../html.js';

const KINDS = ['lever', 'combination', 'pathway'];

/** Height of one bar with its distance to the next, and of the axis. */
const [BAR, AXIS] = [26, 60];

/** Energy that each change saves, as bars with the spread between queries where there is one. */
export function leversFigure(drawing: Drawing, rows: readonly LeverRow[], id: string): Markup {
  const { plot } = drawing;
  const bars = rows.map((row) => ({
    label: row.kind === 'lever' ? row.lever : row.kind === 'combination' ? 'all that combine' : `pathway ${row.lever}`,
    kind: row.kind,
    share: (row.share ?? 0) * 100,
    low: row.share_p05 === null ? null : row.share_p05 * 100,
    high: row.share_p95 === null ? null : row.share_p95 * 100,
  }));
  const labels = bars.map(({ label }) => label);
  const kinds = KINDS.filter((kind) => bars.some((bar) => bar.kind === kind));
  const text = {
    id,
    title: 'Energy saved',
    description: `${bars.map(({ label, share }) => `${label} saves ${share.toFixed(1)} %`).join('; ')}. Lines: P5 to P95 between queries.`,
    legend: seriesLegend(kinds),
  };
  return figureMarkup(drawing, text, {
    height: AXIS + BAR * bars.length,
    marginLeft: 150,
    x: { label: 'energy saved, %', grid: true },
    y: { label: null, domain: labels },
    color: { type: 'ordinal', domain: kinds, range: SERIES },
    marks: [
      plot.barX(bars, { x: 'share', y: 'label', fill: 'kind', fillOpacity: 0.7 }),
      plot.ruleY(
        bars.filter(({ low }) => low !== null),
        { y: 'label', x1: 'low', x2: 'high', stroke: MUTED, strokeWidth: 2 },
      ),
      plot.ruleX([0]),
    ],
  });
}
