import { distributionText } from '../distributions/text.js';
import { count, percent, rangeText, significant } from '../format.js';
import { energyRatio, type PhaseEffect } from '../model/power-management/managed-phase.js';
import { managedPhases, type PowerManagement } from '../model/power-management/power-management.js';
import type { Manifest } from '../result/manifest.js';
import type { SweepManifest } from '../sweep/sweep-manifest.js';
import type { InputsRow, SummaryRow } from '../tables/schema.js';
import { headlineRows, regimesOf } from './energies.js';
import { html, type Markup } from './html.js';
import type { RunData, SweepData } from './run-data.js';
import { tableMarkup } from './table.js';

/** The result in words: what one query of each regime takes. */
export function headline(run: RunData): Markup {
  return html`${regimesOf(run).flatMap((regime) => headlineRows(run, regime).map((row) => sentence(row, regime)))}`;
}

function sentence({ subject_kind, subject, mean, p25, p50, p75, trim }: SummaryRow, regime: string): Markup {
  const of = subject_kind === 'blend' ? `the ${subject} blend` : subject;
  const trimmed = trim === 'none' ? '' : ', of the draws between each model’s P14 and P86 as published';
  const quartiles = rangeText(p25 ?? Number.NaN, p75 ?? Number.NaN);
  return html`<p class="headline">One <em>${regime}</em> query to ${of} takes <strong>${significant(p50 ?? Number.NaN)} Wh</strong> in the median and ${significant(mean ?? Number.NaN)} Wh in the mean; half of the queries take ${quartiles} Wh (interquartile range${trimmed}).</p>
`;
}

/** What a reader of the numbers must know: the run's own notes. */
export function notes({ manifest }: RunData): Markup {
  if (manifest.notes.length === 0)
    return html`<p>No draw left physical bounds, and none the range of the throughput data by much.</p>`;
  return html`<ul>${manifest.notes.map((note) => html`<li>${withCode(note)}</li>`)}</ul>
`;
}

/** What stands between backticks as code. */
function withCode(words: string): Markup[] {
  return words.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

/** Every input as it was drawn, with the shares outside what is physically possible. */
export function assumptions({ inputs, manifest: { scenario } }: RunData): Markup {
  const { dataset, fleet, power_management, published } = scenario;
  const head = [
    'variable',
    'regime',
    'distribution',
    'median',
    'P5–P95',
    'unit',
    'below bound',
    'above bound',
    'truncated',
  ];
  const pathways = scenario.pathways.map(({ name, multipliers }) => [
    name,
    multipliers.map((multiplier) => `${multiplier.name}: ${distributionText(multiplier.distribution)}`).join(' · '),
  ]);
  return html`<p>Energy in Wh is PUE · node power (kW) · power utilisation · (output tokens + prefill weight · input tokens) / throughput (tok/s) · 1000/3600.</p>
${tableMarkup('Inputs as drawn', head, inputs.map(inputCells))}
${pathways.length > 0 ? tableMarkup('Pathways: energy is divided by', ['pathway', 'multiplier'], pathways) : html``}
<ul>${dataset ? html`<li>Throughput: ${dataset.file}, ${dataset.rows} rows, of them those of ${dataset.quantization}; SHA-256 <code>${dataset.sha256}</code></li>` : html``}
${fleet ? html`<li>Fleet: ${count(fleet.queries_per_day)} queries a day of the blend ${fleet.blend}, scaling factor β = ${significant(fleet.beta, 5)}${published ? ', in the paper for uneven node use, interconnect and orchestration' : ', as the scenario states it'}</li>` : html``}
${power_management ? html`<li>${managementText(power_management)}</li>` : html``}
${published ? html`<li>Published figures to compare with: ${published.source}</li>` : html``}
<li>The method is that of Oviedo et al., Energy Use of AI Inference: Efficiency Pathways and Test-Time Compute, arXiv 2509.20241 (2025; Joule, 2026). Each constant’s source stands beside it in the scenario file.</li></ul>
`;
}

function managementText(management: PowerManagement): string {
  const { prefill, decode } = managedPhases(management);
  const effect = (name: string, phase: PhaseEffect) =>
    `${name} at ${percent(phase.speed)} of its speed and ${percent(energyRatio(phase))} of its energy`;
  const lever = 'clock' in management ? `clock locked at ${management.clock}` : `power capped at ${management.cap}`;
  return `Power management: ${lever}, ${effect('prefill', prefill)}, ${effect('decode', decode)}`;
}

function inputCells(row: InputsRow): string[] {
  const { variable, regime, distribution, p05, p50, p95, unit, share_below, share_above, removed_mass } = row;
  const share = (value: number | null) => (value ? percent(value) : '–');
  return [
    variable,
    regime,
    distribution,
    significant(p50 ?? Number.NaN),
    rangeText(p05 ?? Number.NaN, p95 ?? Number.NaN),
    unit,
    share(share_below),
    share(share_above),
    share(removed_mass),
  ];
}

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

function cited({ scenario, engine_version, scenario_hash }: Manifest | SweepManifest): Markup {
  return html`<p>Cite the paper for the method (Oviedo et al., arXiv 2509.20241) and this software for the numbers: <em>tokenjoule ${engine_version}, scenario ${scenario.name}, seed “${scenario.seed}”, ${count(scenario.samples)} samples, scenario hash ${scenario_hash.slice(0, 12)}</em>.</p>`;
}

function filesMarkup({ scenario, files }: Manifest | SweepManifest): Markup {
  const rows = files.map(({ name, bytes, sha256 }) => [name, count(bytes), sha256]);
  return html`${tableMarkup('Files and their SHA-256', ['file', 'bytes', 'SHA-256'], rows)}
<details><summary>Resolved scenario</summary><pre>${JSON.stringify(scenario, null, 1)}</pre></details>
`;
}
