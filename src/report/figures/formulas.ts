import { percent, rangeText, significant } from '../../format.js';
import type { FormulaShare } from '../../result/formula-variance.js';
import type { SummaryRow } from '../../tables/schema.js';
import { ACCENT, type Drawing, figureMarkup } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';

/** Median energy by each formula over the same draws, a figure for each regime; nothing where there is one formula. */
export function formulasFigure(drawing: Drawing, { formulas, formulaShares }: RunData, id: string): Markup {
  const regimes = [...new Set(formulas.map(({ regime }) => regime))];
  if (regimes.length === 0) return NOTHING;
  return html`${regimes.map((regime, i) =>
    regimeMarkup(
      drawing,
      regime,
      formulas.filter((row) => row.regime === regime && row.p50 !== null),
      formulaShares.filter((one) => one.regime === regime),
      `${id}-${i}`,
    ),
  )}`;
}

function regimeMarkup(
  drawing: Drawing,
  regime: string,
  energies: readonly SummaryRow[],
  shares: readonly FormulaShare[],
  id: string,
): Markup {
  const rows = energies.map((row) => ({ ...row, label: `${row.subject}, ${row.formula}` }));
  const { plot } = drawing;
  const medians = rows.map(({ p50 }) => p50 ?? Number.NaN);
  const span = Math.max(...medians) / Math.min(...medians);
  const text = {
    id,
    title: `One ${regime} query by each formula: medians differ by up to ${significant(span, 2)} times (bar: quartiles)`,
    description: rows.map(({ label, p50 }) => `${label}: ${significant(p50 ?? Number.NaN)} Wh`).join('; '),
  };
  const drawn = figureMarkup(drawing, text, {
    height: rows.length * 24 + 60,
    marginLeft: 270,
    marginBottom: 45,
    x: { label: 'Wh per query', type: 'log', grid: true },
    y: { label: null, domain: rows.map(({ label }) => label) },
    marks: [
      plot.ruleY(rows, { x1: 'p25', x2: 'p75', y: 'label', stroke: ACCENT, strokeWidth: 4, strokeOpacity: 0.5 }),
      plot.dot(rows, { x: 'p50', y: 'label', r: 4, fill: ACCENT }),
    ],
  });
  const cells = rows.map(({ subject, formula, boundary, p25, p50, p75 }) => [
    subject,
    formula,
    boundary,
    significant(p50 ?? Number.NaN),
    rangeText(p25 ?? Number.NaN, p75 ?? Number.NaN),
  ]);
  const head = ['', 'formula', 'boundary', 'median, Wh', 'quartiles, Wh'];
  const between = shares.map(({ subject, share }) => `${subject} ${percent(share)}`).join(', ');
  const said = html`<p>Of the variance of ln energy, what lies between the formulas, each as likely as the others: ${between}.</p>`;
  return html`${drawn}${shares.length > 0 ? said : NOTHING}${tableMarkup(`Energies of one ${regime} query by formula`, head, cells)}`;
}
