import { InputError } from '../errors.js';
import { shownTrim } from '../result/shown-trim.js';
import { answer } from './answer.js';
import { besideEnergy } from './beside-energy.js';
import { type Drawing, openDrawing } from './drawing.js';
import { regimesOf } from './energies.js';
import { distributionFigures } from './figures/distributions.js';
import { fleetFigure } from './figures/fleet.js';
import { formulasFigure } from './figures/formulas.js';
import { publishedFigure } from './figures/published.js';
import { sensitivityFigures } from './figures/sensitivity.js';
import { sessionFigures } from './figures/sessions.js';
import { sweepFigures } from './figures/sweep.js';
import { throughputFigure } from './figures/throughput.js';
import { weekFigures } from './figures/week.js';
import { html, type Markup, NOTHING, trusted } from './html.js';
import type { PublishedEstimate } from './published-estimates.js';
import { reproduction } from './reproduction.js';
import type { RunData, SweepData } from './run-data.js';
import { assumptions, notes } from './sections.js';
import { STYLE } from './style.js';
import { sweepArticle } from './sweep-article.js';

/** No script, no font, no image: the page asks no network for anything, and says so to the browser. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * The whole report of one or more runs or sweeps as one page that needs nothing else.
 *
 * @throws InputError naming a folder whose results contradict each other, so that they cannot be shown
 */
export async function reportPage(
  results: readonly (RunData | SweepData)[],
  estimates: readonly PublishedEstimate[],
): Promise<string> {
  const drawing = await openDrawing();
  const title = `Energy per query: ${results.map(({ manifest }) => manifest.scenario.name).join(', ')}`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" content="light dark">
<title>${title}</title><style>${trusted(STYLE)}</style></head>
<body><main>
<p class="small">tokenjoule report</p>
${results.map((result, i) => shownOrRefused(result.folder, () => resultMarkup(drawing, result, estimates, `run-${i}`)))}
</main></body></html>
`;
  return page.markup;
}

/** Tables and manifests are checked by their columns and keys; that their values fit together only their drawing tells. */
function shownOrRefused(folder: string, show: () => Markup): Markup {
  try {
    return show();
  } catch (error) {
    const message = `holds results that cannot be shown (${(error as Error).message}); repeat the run`;
    throw new InputError([{ file: folder, key: '', message }]);
  }
}

function resultMarkup(
  drawing: Drawing,
  result: RunData | SweepData,
  estimates: readonly PublishedEstimate[],
  id: string,
): Markup {
  return 'summary' in result ? runMarkup(drawing, result, estimates, id) : sweepArticle(drawing, result, id);
}

function runMarkup(shared: Drawing, run: RunData, estimates: readonly PublishedEstimate[], id: string): Markup {
  const { name, description, samples, seed } = run.manifest.scenario;
  const drawing = { ...shared, origin: originOf(run) };
  const sections = sectionsOf(drawing, run, estimates, id).filter(({ content }) => content.markup !== '');
  return html`<article id="${id}">
<h1>${name}</h1><p>${description} <span class="small">${samples.toLocaleString('en-US')} samples per model and regime, seed “${seed}”.</span></p>
${answer(drawing, run, id)}
${contents(sections)}
${sections.map(({ anchor, title, content }) => html`<h2 id="${anchor}">${title}</h2>${content}`)}
</article>
`;
}

/** A part of a page under its heading. */
interface Section {
  readonly anchor: string;
  readonly title: string;
  readonly content: Markup;
}

function sectionsOf(
  drawing: Drawing,
  run: RunData,
  estimates: readonly PublishedEstimate[],
  id: string,
): readonly Section[] {
  const trim = shownTrim(run.manifest.scenario);
  const of = (key: string, title: string, content: Markup) => ({ anchor: `${id}-s-${key}`, title, content });
  return [
    ...regimesOf(run).map((regime, i) =>
      of(
        `energy-${i}`,
        `Energy of one query: ${regime}`,
        distributionFigures(drawing, run, regime, `${id}-regime-${i}`),
      ),
    ),
    of('sessions', 'What a session costs', sessionFigures(drawing, run, `${id}-session`)),
    of('beside', 'Beside energy', besideEnergy(run)),
    of('formulas', 'What other formulas say', formulasFigure(drawing, run, `${id}-formulas`)),
    of('fleet', 'Energy of the fleet', fleetFigure(drawing, run, `${id}-fleet`)),
    of('week', 'Nodes through the hours', weekFigures(drawing, run, `${id}-week`)),
    of('depends', 'What the result depends on', sensitivityFigures(drawing, run, `${id}-sensitivity`)),
    of('sweep', 'Swept values', run.sweep ? sweepFigures(drawing, run.sweep, trim, `${id}-sweep`) : NOTHING),
    of('throughput', 'Throughput', throughputFigure(drawing, run, `${id}-throughput`)),
    of('others', 'Beside the estimates of others', publishedFigure(drawing, run, estimates, `${id}-published`)),
    of('notes', 'What to know before using these numbers', notes(run)),
    of('inputs', 'Assumptions and sources', assumptions(run)),
    of('cite', 'Cite and reproduce', reproduction(run)),
  ];
}

/** Where a figure's numbers come from, for whoever finds it somewhere else. */
function originOf({ manifest, summary }: RunData): string {
  const { scenario, engine_version, scenario_hash, seed } = manifest;
  const [boundary] = summary.flatMap(({ metric, boundary: one }) => (metric === 'energy' && one ? [one] : []));
  const hash = scenario_hash.slice(0, 12);
  return [
    scenario.name,
    ...(boundary ? [`boundary ${boundary}`] : []),
    `tokenjoule ${engine_version}`,
    `seed ${seed}`,
    `scenario ${hash}`,
  ].join(' · ');
}

function contents(sections: readonly Section[]): Markup {
  const items = sections.map(({ anchor, title }) => html`<li><a href="#${anchor}">${title}</a></li>`);
  return html`<nav aria-label="Contents"><ol>${items}</ol></nav>`;
}
