import { percent, rangeText, significant } from '../../format.js';
import type { FormulaShare } from '../../result/formula-variance.js';
import type { SummaryRow } from '../../tables/schema.js';
import { ACCENT, type Drawing, figureMarkup } from '../drawing.js';
import { html, type Markup, NOTHING } from '../html.js';
import { namedRows } from '../layout.js';
import type { RunData } from '../run-data.js';
import { tableMarkup } from '../table.js';
import { dataOf } from '../table-texts.js';
import { tick } from './densities.js';

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

const COLUMNS = [
  'regime',
  'subject',
  'formula',
  'boundary',
  'unit',
  'p05',
  'p25',
  'p50',
  'p75',
  'p95',
  'mean',
] as const;

function regimeMarkup(
  drawing: Drawing,
  regime: string,
  energies: readonly SummaryRow[],
  shares: readonly FormulaShare[],
  id: string,
): Markup {
  const cells = energies.map(({ subject, formula, boundary, p25, p50, p75 }) => [
    subject,
    formula,
    boundary,
    significant(p50 ?? Number.NaN),
    rangeText(p25 ?? Number.NaN, p75 ?? Number.NaN),
  ]);
  const head = ['', 'formula', 'boundary', 'median, Wh', 'quartiles, Wh'];
  const between = shares.map(({ subject, share }) => `${subject} ${percent(share)}`).join(', ');
  const said = html`<p>Of the variance of ln energy, what lies between the formulas, each as likely as the others: ${between}.</p>`;
  const table = tableMarkup(`Energies of one ${regime} query by formula`, head, cells, dataOf(energies, COLUMNS));
  return html`${figure(drawing, regime, energies, id)}${shares.length > 0 ? said : NOTHING}${table}`;
}

function figure(drawing: Drawing, regime: string, energies: readonly SummaryRow[], id: string): Markup {
  const rows = energies.map((row) => ({ ...row, label: `${row.subject}, ${row.formula}` }));
  const { plot } = drawing;
  const text = {
    id,
    title: formulasTitle(energies, regime),
    subtitle: 'Median of each formula over the same draws, Wh per query; bar: quartiles.',
    description: rows.map(({ label, p50 }) => `${label}: ${significant(p50 ?? Number.NaN)} Wh`).join('; '),
    data: dataOf(energies, COLUMNS),
  };
  const names = rows.map(({ label }) => label);
  return figureMarkup(drawing, text, (layout) => {
    const { marginLeft, height, axis, marks } = namedRows(drawing, layout, names, { channel: 'y', rowHeight: 24 });
    return {
      height: height + 60,
      ...{ marginLeft, marginBottom: 45, marginRight: 60 },
      x: { label: 'Wh per query', type: 'log', grid: true, ticks: layout.name === 'wide' ? 6 : 4, tickFormat: tick },
      y: { ...axis, domain: names },
      marks: [
        plot.ruleY(rows, { x1: 'p25', x2: 'p75', y: 'label', stroke: ACCENT, strokeWidth: 4, strokeOpacity: 0.5 }),
        plot.dot(rows, { x: 'p50', y: 'label', r: 4, fill: ACCENT }),
        plot.text(rows, {
          ...{ frameAnchor: 'right', y: 'label', dx: 52, textAnchor: 'end', fill: 'currentColor' },
          text: (d) => significant(d.p50),
        }),
        ...marks,
      ],
    };
  });
}

/** How far apart the formulas are, of the subject that they are furthest apart on. */
function formulasTitle(energies: readonly SummaryRow[], regime: string): string {
  const spans = [...new Set(energies.map(({ subject }) => subject))].map((subject) => {
    const own = energies.filter((row) => row.subject === subject).sort((a, b) => Number(a.p50) - Number(b.p50));
    const [least, most] = [own[0], own[own.length - 1]];
    return { subject, least, most, span: Number(most.p50) / Number(least.p50) };
  });
  const { subject, least, most, span } = spans.reduce((a, b) => (b.span > a.span ? b : a));
  return `For one ${regime} query to ${subject}, ${most.formula} says ${significant(span, 2)} times what ${least.formula} says: ${significant(Number(most.p50))} against ${significant(Number(least.p50))} Wh`;
}
