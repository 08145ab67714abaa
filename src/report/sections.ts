import { distributionText } from '../distributions/text.js';
import { count, percent, rangeText, significant } from '../format.js';
import { energyRatio, type PhaseEffect } from '../model/power-management/managed-phase.js';
import { managedPhases, type PowerManagement } from '../model/power-management/power-management.js';
import { INPUTS, type InputsRow } from '../tables/schema.js';
import { linkMarkup } from './downloads.js';
import { html, type Markup } from './html.js';
import type { RunData } from './run-data.js';
import { tableMarkup } from './table.js';
import { dataOf } from './table-texts.js';

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
${tableMarkup('Inputs as drawn', head, inputs.map(inputCells), dataOf(inputs, INPUT_COLUMNS))}
${pathways.length > 0 ? tableMarkup('Pathways: energy is divided by', ['pathway', 'multiplier'], pathways) : html``}
<ul>${dataset ? html`<li>Throughput: ${dataset.file}, ${dataset.rows} rows, of them those of ${dataset.quantization}; SHA-256 <code>${dataset.sha256}</code></li>` : html``}
${fleet ? html`<li>Fleet: ${count(fleet.queries_per_day)} queries a day of the blend ${fleet.blend}, scaling factor β = ${significant(fleet.beta, 5)}${published ? ', in the paper for uneven node use, interconnect and orchestration' : ', as the scenario states it'}</li>` : html``}
${power_management ? html`<li>${managementText(power_management)}</li>` : html``}
${published ? html`<li>Published figures to compare with: ${published.source}</li>` : html``}
<li>The method is that of Oviedo et al., Energy Use of AI Inference: Efficiency Pathways and Test-Time Compute, ${linkMarkup('arXiv 2509.20241', 'https://arxiv.org/abs/2509.20241')} (2025; Joule, 2026). Each constant’s source stands beside it in the scenario file.</li></ul>
`;
}

const INPUT_COLUMNS = INPUTS.columns.map(({ name }) => name);

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
