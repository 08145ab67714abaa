import { rangeText, significant } from '../format.js';
import { IMPACTS } from '../model/impact/index.js';
import { BASELINE } from '../model/pathway.js';
import { perOutputToken, sharesOfParts, softwareCarbonIntensity, type TextTable } from '../result/beside-energy.js';
import type { SummaryRow } from '../tables/schema.js';
import { regimesOf } from './energies.js';
import { html, type Markup, NOTHING } from './html.js';
import type { RunData } from './run-data.js';
import { tableMarkup } from './table.js';

/** What queries cause beside energy, where the scenario states anything of it: in words, then all numbers folded under them. */
export function besideEnergy(run: RunData): Markup {
  const { impact } = run.manifest.scenario;
  if (impact === undefined) return NOTHING;
  return html`${regimesOf(run).map((regime) => regimeMarkup(run.summary, regime, impact.basis))}`;
}

function regimeMarkup(summary: readonly SummaryRow[], regime: string, basis: string | undefined): Markup {
  const impacts: readonly string[] = IMPACTS.map(({ metric }) => metric);
  const all = IMPACTS.flatMap(({ metric, parts }) => [metric, ...parts.map((part) => part.metric)]);
  const own = summary.filter(
    (row) => row.regime === regime && row.trim === 'none' && all.some((one) => one === row.metric),
  );
  const cards = own.filter(({ metric, pathway }) => impacts.includes(metric) && pathway === BASELINE);
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
  return html`${cards.map((row) => sentence(row, regime))}
${sci === undefined ? NOTHING : html`<p>${sci}.</p>`}
${tableMarkup(`Impacts of one ${regime} query`, head, cells)}
${[sharesOfParts(summary, regime), perOutputToken(summary, regime)].map(textTable)}`;
}

function sentence(row: SummaryRow, regime: string): Markup {
  const quartiles = rangeText(row.p25 ?? Number.NaN, row.p75 ?? Number.NaN);
  return html`<p>One <em>${regime}</em> query to ${row.subject}: ${row.metric} <strong>${significant(row.p50 ?? Number.NaN)} ${unitOf(row)}</strong> in the median; half of the queries ${quartiles} ${unitOf(row)}.</p>
`;
}

function unitOf({ unit }: SummaryRow): string {
  return unit.replace('/query', '');
}

function textTable(table: TextTable | undefined): Markup {
  return table === undefined ? NOTHING : tableMarkup(table.head[0], table.head, table.rows);
}
