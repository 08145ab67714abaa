import { significant } from '../format.js';
import type { Trim } from '../model/blend.js';
import { shownTrim } from '../result/shown-trim.js';
import type { ReadRow } from '../tables/read.js';
import type { Drawing } from './drawing.js';
import { shownRows, sweepFigures, sweptText } from './figures/sweep.js';
import { html, type Markup } from './html.js';
import { sweepReproduction } from './reproduction.js';
import type { SweepData, SweepTable } from './run-data.js';

/** What a page says of a sweep whose scenario has not been run by itself. */
export function sweepArticle(shared: Drawing, data: SweepData, id: string): Markup {
  const { manifest, sweep } = data;
  const { name, description, samples, seed } = manifest.scenario;
  const trim = shownTrim(manifest.scenario);
  const hash = manifest.scenario_hash.slice(0, 12);
  const drawing = {
    ...shared,
    origin: `${name} · tokenjoule ${manifest.engine_version} · seed ${seed} · scenario ${hash}`,
  };
  return html`<article id="${id}">
<h1>${name}</h1><p>${description} <span class="small">${manifest.cells.length} combinations of ${sweep.swept.join(', ')}; ${samples.toLocaleString('en-US')} samples per model, regime and combination, seed “${seed}”.</span></p>
${headlines(sweep, trim)}
<h2>Swept values</h2>${sweepFigures(drawing, sweep, trim, `${id}-sweep`)}
<h2>Cite and reproduce</h2>${sweepReproduction(data)}
</article>
`;
}

/** For each regime and subject, between which medians the combinations lie, and which those are. */
function headlines(sweep: SweepTable, trim: Trim): Markup {
  const groups = new Map<string, ReadRow[]>();
  for (const row of shownRows(sweep, trim)) {
    const key = JSON.stringify([row.regime, row.subject]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return html`${[...groups.values()].map((rows) => between(rows, sweep.swept))}`;
}

function between(rows: readonly ReadRow[], swept: readonly string[]): Markup {
  const ranked = [...rows].sort((a, b) => Number(a.p50) - Number(b.p50));
  const [least, most] = [ranked[0], ranked[ranked.length - 1]];
  const at = (row: ReadRow) => swept.map((name) => `${name} ${sweptText(row[name])}`).join(', ');
  const median = ({ p50 }: ReadRow) => html`<strong>${significant(Number(p50))} Wh</strong>`;
  return html`<p class="headline">One <em>${sweptText(least.regime)}</em> query to ${subjectText(least)} takes in the median from ${median(least)} (${at(least)}) to ${median(most)} (${at(most)}).</p>
`;
}

function subjectText({ subject, subject_kind }: ReadRow): string {
  return subject_kind === 'blend' ? `the ${subject} blend` : sweptText(subject);
}
