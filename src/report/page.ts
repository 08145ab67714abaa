import { InputError } from '../errors.js';
import { shownTrim } from '../result/shown-trim.js';
import { besideEnergy } from './beside-energy.js';
import { type Drawing, openDrawing } from './drawing.js';
import { regimesOf } from './energies.js';
import { distributionFigures } from './figures/distributions.js';
import { fleetFigure } from './figures/fleet.js';
import { formulasFigure } from './figures/formulas.js';
import { publishedFigure } from './figures/published.js';
import { sensitivityFigures } from './figures/sensitivity.js';
import { sweepFigures } from './figures/sweep.js';
import { throughputFigure } from './figures/throughput.js';
import { html, type Markup, NOTHING, trusted } from './html.js';
import type { PublishedEstimate } from './published-estimates.js';
import type { RunData, SweepData } from './run-data.js';
import { assumptions, headline, notes, reproduction } from './sections.js';
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

function runMarkup(drawing: Drawing, run: RunData, estimates: readonly PublishedEstimate[], id: string): Markup {
  const { name, description, samples, seed } = run.manifest.scenario;
  return html`<article id="${id}">
<h1>${name}</h1><p>${description} <span class="small">${samples.toLocaleString('en-US')} samples per model and regime, seed “${seed}”.</span></p>
${headline(run)}
${regimesOf(run).map((regime, i) => html`<h2>Energy of one query: ${regime}</h2>${distributionFigures(drawing, run, regime, `${id}-regime-${i}`)}`)}
${section('Beside energy', besideEnergy(run))}
${section('What other formulas say', formulasFigure(drawing, run, `${id}-formulas`))}
${section('Energy of the fleet', fleetFigure(drawing, run, `${id}-fleet`))}
${section('What the result depends on', sensitivityFigures(drawing, run, `${id}-sensitivity`))}
${section('Swept values', run.sweep ? sweepFigures(drawing, run.sweep, shownTrim(run.manifest.scenario), `${id}-sweep`) : NOTHING)}
${section('Throughput', throughputFigure(drawing, run, `${id}-throughput`))}
${section('Beside the estimates of others', publishedFigure(drawing, run, estimates, `${id}-published`))}
${section('What to know before using these numbers', notes(run))}
${section('Assumptions and sources', assumptions(run))}
${section('Cite and reproduce', reproduction(run))}
</article>
`;
}

/** A heading with what stands under it; nothing where there is nothing. */
function section(title: string, content: Markup): Markup {
  return content.markup === '' ? NOTHING : html`<h2>${title}</h2>${content}`;
}
