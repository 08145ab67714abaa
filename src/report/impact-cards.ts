import { rangeText, significant } from '../format.js';
import { IMPACTS } from '../model/impact/index.js';
import { BASELINE } from '../model/pathway.js';
import type { SummaryRow } from '../tables/schema.js';
import type { UncertaintyRow } from '../tables/worlds.js';
import { html, type Markup } from './html.js';

/** What a query causes beside energy, a card for each impact of each subject: its median, its spread, and what it is known to. */
export function impactCards(rows: readonly SummaryRow[], uncertainty: readonly UncertaintyRow[]): Markup {
  const own = rows.filter(
    ({ metric, pathway, trim }) =>
      pathway === BASELINE && trim === 'none' && (metric === 'energy' || IMPACTS.some((one) => one.metric === metric)),
  );
  const cards = own.map((row) => {
    const known = knownOf(row, uncertainty);
    return html`<li><span class="small">${row.metric} of ${row.subject}</span><strong>${significant(row.p50 ?? Number.NaN)} ${unitOf(row)}</strong>
<span>half of the queries ${rangeText(Number(row.p25), Number(row.p75))}; mean ${significant(row.mean ?? Number.NaN)}</span>
<span>${known}</span></li>`;
  });
  return html`<ul class="cards">${cards}</ul>
`;
}

function knownOf(row: SummaryRow, uncertainty: readonly UncertaintyRow[]): string {
  const found = uncertainty.find((one) => one.statistic === 'p50' && NAMES.every((name) => one[name] === row[name]));
  return found === undefined
    ? 'known to: not asked for'
    : `median known to ${rangeText(Number(found.p05), Number(found.p95), 2)}`;
}

const NAMES = ['regime', 'subject_kind', 'subject', 'pathway', 'trim', 'metric'] as const;

/** The unit of what one query causes. */
export function unitOf({ unit }: Pick<SummaryRow, 'unit'>): string {
  return unit.replace('/query', '');
}
