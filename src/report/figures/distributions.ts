import { rangeText, significant } from '../../format.js';
import type { Drawing } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { cumulativeFigure } from './cumulative.js';
import { type Curve, curvesOf } from './curves.js';
import { densityFigure } from './densities.js';

/** Densities with quartiles and cumulative curves of every energy of one regime, and the table of both. */
export function distributionFigures(drawing: Drawing, run: RunData, regime: string, id: string): Markup {
  const curves = curvesOf(run, regime);
  if (curves.length === 0) return NOTHING;
  // Where the run left histogram.arrow out, there is nothing to draw.
  if (curves.every(({ points }) => points.length === 0)) return energyTable(curves, regime);
  return html`${densityFigure(drawing, curves, regime, `${id}-density`)}${energyTable(curves, regime)}${cumulativeFigure(drawing, curves, regime, `${id}-cumulative`)}`;
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
  const columns = ['p50', 'p50_ci_low', 'p50_ci_high', 'p25', 'p75', 'p05', 'p95', 'mean', 'std', 'n'] as const;
  const data = {
    columns: ['subject', ...columns],
    rows: curves.map(({ label, row }) => [label, ...columns.map((name) => row[name])]),
  };
  return tableMarkup(`Energy of one ${regime} query, Wh`, head, rows, data);
}

function number(value: number | null): string {
  return significant(value ?? Number.NaN);
}

function range(low: number | null, high: number | null, digits = 3): string {
  return rangeText(low ?? Number.NaN, high ?? Number.NaN, digits);
}
