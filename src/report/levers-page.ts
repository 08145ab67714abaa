import { rangeText, significant } from '../format.js';
import { PAPER_PATHWAYS } from '../levers/paper-pathways.js';
import type { LeverStudy } from '../levers/rank-levers.js';
import type { LeverRow } from '../tables/levers.js';
import { openDrawing } from './drawing.js';
import { leversFigure } from './figures/levers.js';
import { html, type Markup, trusted } from './html.js';
import { STYLE } from './style.js';

/** No script, no font, no image, as of the report. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** What could be changed and what each change saves as one page that needs nothing else; a figure for each subject. */
export async function leversPage({ scenario, rows, left_out, combined, not_combined }: LeverStudy): Promise<string> {
  const drawing = await openDrawing();
  const figures = subjectsOf(rows).map((own, i) => {
    const [{ regime, subject }] = own;
    const energies = own.filter(({ metric }) => metric === 'energy');
    const title = regime === '' ? `Fleet, ${subject}` : `${regime}, ${subject}`;
    return html`<h2>${title}</h2>${leversFigure(drawing, energies, `levers-${i}`)}${tableOf(own)}`;
  });
  const reasons = [...left_out, ...not_combined].map(({ lever, because }) => html`<li>${lever}: ${because}</li>`);
  const paper = PAPER_PATHWAYS.map(({ name, p05, p95 }) => `${name} ${rangeText(p05, p95, 2)}`).join(', ');
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" content="light dark">
<title>Levers of ${scenario}</title><style>${trusted(STYLE)}</style></head>
<body><main><p class="small">tokenjoule levers</p><h1>What could be changed in ${scenario}</h1>
<p>Each change alone over the same draws, and together what combines${combined.length > 0 ? `: ${combined.join(', ')}` : ''}. The paper's pathways divide energy by ${paper} (P5–P95); they are improvements to come, not settings.</p>
${figures}
<h2>What is not here, or not together</h2><ul>${reasons}</ul>
</main></body></html>
`.markup;
}

function subjectsOf(rows: readonly LeverRow[]): LeverRow[][] {
  const keyOf = ({ subject_kind, regime, subject }: LeverRow) => JSON.stringify([subject_kind, regime, subject]);
  return [...new Set(rows.map(keyOf))].map((key) => rows.filter((row) => keyOf(row) === key));
}

function tableOf(rows: readonly LeverRow[]): Markup {
  const head = ['', 'of', 'saved', 'unit', 'share', 'Monte Carlo 95 %', 'of the fleet', 'keys', 'values', 'source'];
  return html`<div class="wide"><table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(rowMarkup)}</tbody></table></div>`;
}

function rowMarkup(row: LeverRow): Markup {
  const { lever, metric, saved, unit, share, share_low, share_high, saved_per_day, unit_per_day } = row;
  const number = (value: number | null, scale = 1) => significant((value ?? Number.NaN) * scale);
  const interval = rangeText((share_low ?? Number.NaN) * 100, (share_high ?? Number.NaN) * 100);
  const perDay = saved_per_day === null ? '–' : `${number(saved_per_day)} ${unit_per_day}`;
  return html`<tr><th scope="row">${lever}</th><td class="text">${metric}</td><td>${number(saved)}</td><td class="text">${unit}</td><td>${number(share, 100)} %</td>
<td>${interval} %</td><td>${perDay}</td><td class="text">${row.settings}</td><td class="text">${row.basis}</td><td class="text">${row.source}</td></tr>
`;
}
