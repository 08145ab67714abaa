import { rangeText, significant } from '../format.js';
import { IMPACTS } from '../model/impact/index.js';
import { perOutputToken, sharesOfParts, softwareCarbonIntensity, type TextTable } from '../result/beside-energy.js';
import { regimesOf } from './energies.js';
import { html, type Markup, NOTHING } from './html.js';
import { impactCards, unitOf } from './impact-cards.js';
import type { RunData } from './run-data.js';
import { tableMarkup } from './table.js';
import { dataOf } from './table-texts.js';

/** What queries cause beside energy, where the scenario states anything of it: in words, then all numbers folded under them. */
export function besideEnergy(run: RunData): Markup {
  const { impact } = run.manifest.scenario;
  if (impact === undefined) return NOTHING;
  return html`${regimesOf(run).map((regime) => regimeMarkup(run, regime, impact.basis))}`;
}

function regimeMarkup({ summary, uncertainty }: RunData, regime: string, basis: string | undefined): Markup {
  const all = IMPACTS.flatMap(({ metric, parts }) => [metric, ...parts.map((part) => part.metric)]);
  const own = summary.filter(
    (row) => row.regime === regime && row.trim === 'none' && all.some((one) => one === row.metric),
  );
  const sci = softwareCarbonIntensity(summary, regime, basis);
  const cells = own.map((row) => [
    row.subject,
    row.metric.replace('_', ', '),
    row.pathway,
    `${significant(row.p50 ?? Number.NaN)} ${unitOf(row)}`,
    `${rangeText(row.p25 ?? Number.NaN, row.p75 ?? Number.NaN)}`,
    significant(row.mean ?? Number.NaN),
  ]);
  const head = ['', 'impact', 'pathway', 'median', 'quartiles', 'mean'];
  const shown = summary.filter((row) => row.regime === regime);
  return html`<h3>One ${regime} query</h3>${impactCards(shown, uncertainty)}
${sci === undefined ? NOTHING : html`<p>${sci}.</p>`}
${tableMarkup(`Impacts of one ${regime} query`, head, cells, dataOf(own, COLUMNS))}
${[sharesOfParts(summary, regime), perOutputToken(summary, regime)].map(textTable)}`;
}

const COLUMNS = [
  ...(['regime', 'subject_kind', 'subject', 'pathway', 'metric', 'unit'] as const),
  ...(['p05', 'p25', 'p50', 'p75', 'p95', 'mean'] as const),
];

function textTable(table: TextTable | undefined): Markup {
  return table === undefined ? NOTHING : tableMarkup(table.head[0], table.head, table.rows);
}
