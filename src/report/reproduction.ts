import { count } from '../format.js';
import type { Manifest } from '../result/manifest.js';
import type { SweepManifest } from '../sweep/sweep-manifest.js';
import { bibTex } from './bib-tex.js';
import { downloadLink, linkMarkup, linksMarkup } from './downloads.js';
import { html, type Markup } from './html.js';
import type { RunData, SweepData } from './run-data.js';
import { tableMarkup } from './table.js';

/** How to cite this result and how to make it again. */
export function reproduction({ manifest }: RunData): Markup {
  const { scenario, seed, machine, written } = manifest;
  const { samples, sampler } = scenario;
  const said = [
    `--samples ${samples} --seed ${quoted(seed)}`,
    ...(sampler === undefined ? [] : [`--sampler ${sampler}`]),
    ...(written?.set ?? []).map((value) => `--set ${quoted(value)}`),
  ].join(' ');
  return html`${cited(manifest)}
${commands(manifest, `run ${quoted(written?.file ?? 'FILE')} ${said}`, written?.file)}
<p class="small">The tables then have the same bytes, on any number of threads. Made ${manifest.started} on ${machine.cpu} (${machine.platform}, Node ${machine.node}) with ${manifest.workers} worker threads, kernel ${manifest.kernel}.</p>
${filesMarkup(manifest)}
`;
}

/** The same for a sweep. */
export function sweepReproduction({ manifest }: SweepData): Markup {
  const { scenario, machine } = manifest;
  return html`${cited(manifest)}
${commands(manifest, `sweep FILE --samples ${scenario.samples} --seed ${quoted(scenario.seed)}`, undefined)}
<p class="small">The table then has the same bytes, on any number of threads. Made ${manifest.started} on ${machine.cpu} (${machine.platform}, Node ${machine.node}) with ${manifest.workers} worker threads.</p>
${filesMarkup(manifest)}
`;
}

/** What is typed in the folder of the sources, whether or not a registry has that version. */
function commands({ engine_version }: Manifest | SweepManifest, command: string, file: string | undefined): Markup {
  const which = file === undefined ? ' FILE is the scenario file, with what --over and --set said of it.' : '';
  return html`<p>In a checkout of tokenjoule ${engine_version}, with the scenario file and its dataset where they were:${which}</p>
<pre>npm ci &amp;&amp; npm run build
node dist/cli.cjs ${command}</pre>`;
}

/** A word of a shell's command. */
function quoted(word: string): string {
  return /^[\w./=:,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function cited(manifest: Manifest | SweepManifest): Markup {
  const { scenario, engine_version, scenario_hash } = manifest;
  const entries = bibTex(manifest);
  const paper = linkMarkup('arXiv 2509.20241', 'https://arxiv.org/abs/2509.20241');
  return html`<p>Cite the paper for the method (Oviedo et al., ${paper}) and this software for the numbers: <em>tokenjoule ${engine_version}, scenario ${scenario.name}, seed “${scenario.seed}”, ${count(scenario.samples)} samples, scenario hash ${scenario_hash.slice(0, 12)}</em>.</p>
<pre>${entries}</pre>
<p class="small foot">${linksMarkup([downloadLink('BibTeX', `${scenario.name}.bib`, 'application/x-bibtex;charset=utf-8', entries)])}</p>
`;
}

function filesMarkup({ scenario, files }: Manifest | SweepManifest): Markup {
  const rows = files.map(({ name, bytes, sha256 }) => [name, count(bytes), sha256]);
  return html`${tableMarkup('Files and their SHA-256', ['file', 'bytes', 'SHA-256'], rows)}
<details class="long"><summary>Resolved scenario</summary><pre>${JSON.stringify(scenario, null, 1)}</pre></details>
`;
}
