import { count, percent, rangeText, significant } from '../format.js';
import type { Boundary } from '../model/boundary.js';
import { strictComplaints } from '../result/strict.js';
import type { SummaryRow } from '../tables/schema.js';
import { counted } from '../words.js';
import { betweenQueries, isAnalysed, type Share, sharesText, unknown } from './dominance.js';
import type { Drawing } from './drawing.js';
import { headlineRows, regimesOf } from './energies.js';
import { answerFigure } from './figures/answer.js';
import { energyUnit, gwhOf } from './fleet-unit.js';
import { html, type Markup, NOTHING } from './html.js';
import type { RunData } from './run-data.js';

/** Of a run with more results so many are told first; the others stand in the tables below. */
const MOST_TOLD = 4;

/** What somebody who reads one screen must know: the result with its spreads, what it includes, what dominates it, one figure. */
export function answer(drawing: Drawing, run: RunData, id: string): Markup {
  const all = regimesOf(run).flatMap((regime) => headlineRows(run, regime));
  const rows = all.slice(0, MOST_TOLD);
  if (rows.length === 0) return NOTHING;
  const facts = factsOf(run, rows).filter(([, said]) => said.length > 0);
  const more = all.length - rows.length;
  return html`<section class="answer" aria-label="The answer">
${warning(run)}${fleetSentence(run)}${rows.map(sentence)}
${more > 0 ? html`<p class="small">${counted(more, 'further result')} in the tables below.</p>` : NOTHING}
<dl>${facts.map(([what, said]) => html`<dt>${what}</dt><dd>${said.map((one) => html`<div>${one}</div>`)}</dd>`)}</dl>
${answerFigure(drawing, run, rows, `${id}-answer`)}
</section>
`;
}

/** What stands against the numbers themselves comes before them. */
function warning({ manifest, summary }: RunData): Markup {
  const complaints = strictComplaints(manifest.scenario, summary);
  if (complaints.length === 0) return NOTHING;
  const [first, ...others] = complaints;
  const more = others.length === 0 ? '' : ` And ${counted(others.length, 'more such note')}, below.`;
  return html`<p class="mind" role="note"><strong>Mind:</strong> ${first}.${more}</p>`;
}

const MWH_PER_GWH = 1000;
const HOURS = 24;

function fleetSentence({ fleet: [first], uncertainty }: RunData): Markup {
  if (first === undefined || first.gwh_per_day === null) return NOTHING;
  const { unit, factor } = energyUnit(first.gwh_per_day);
  const row = uncertainty.find(({ subject_kind, subject, pathway, statistic }) => {
    return subject_kind === 'mix' && subject === first.mix && pathway === first.improvement && statistic === 'total';
  });
  const end = (value: number | null) => gwhOf(Number(value), row?.unit ?? '') * factor;
  const known = row === undefined ? '' : `, known to ${rangeText(end(row.p05), end(row.p95))}`;
  const power = `${significant((first.gwh_per_day * MWH_PER_GWH) / HOURS)} MW in the mean`;
  return html`<p class="headline">${count(Number(first.queries_per_day))} queries a day take <strong>${significant(first.gwh_per_day * factor)} ${unit} a day</strong> (${first.mix}${known}): ${power}.</p>
`;
}

function sentence({ regime, subject_kind, subject, mean, p25, p50, p75, trim }: SummaryRow): Markup {
  const of = subject_kind === 'blend' ? `the ${subject} blend` : subject;
  const trimmed = trim === 'none' ? '' : ', of the draws between each model’s P14 and P86 as published';
  const quartiles = rangeText(p25 ?? Number.NaN, p75 ?? Number.NaN);
  return html`<p class="headline">One <em>${regime}</em> query to ${of} takes <strong>${significant(p50 ?? Number.NaN)} Wh</strong> in the median and ${significant(mean ?? Number.NaN)} Wh in the mean; half of the queries take ${quartiles} Wh (interquartile range${trimmed}).</p>
`;
}

type Fact = readonly [what: string, said: readonly string[]];

function factsOf(run: RunData, rows: readonly SummaryRow[]): Fact[] {
  const named = ({ regime, subject }: SummaryRow) => (rows.length === 1 ? '' : `${regime}, ${subject}: `);
  const each = (say: (row: SummaryRow) => string) =>
    rows.flatMap((row) => (say(row) === '' ? [] : [`${named(row)}${say(row)}`]));
  return [
    ['9 of 10 queries', each(({ p05, p95 }) => `${rangeText(Number(p05), Number(p95))} Wh`)],
    ['known to', knownFacts(run, each)],
    ['boundary', [...new Set(rows.map(({ boundary }) => BOUNDARY_WORDS[boundary] ?? boundary))]],
    [
      'between queries',
      each((row) => varianceText(betweenQueries(run, row), isAnalysed(run, row) ? TOTAL_EFFECTS : LN_VARIANCE)),
    ],
    ['of what is not known', each((row) => varianceText(unknown(run, row), SHARED_VARIANCE))],
    ['evidence', evidence(run)],
  ];
}

const NOT_ASKED =
  'not asked for: state uncertainty, and vary: shared at what all queries share; Monte Carlo error alone is no such range';

function knownFacts({ uncertainty }: RunData, each: (say: (row: SummaryRow) => string) => string[]): string[] {
  if (uncertainty.length === 0) return [NOT_ASKED];
  return each((row) => {
    const of = (statistic: string) =>
      uncertainty.find(
        (one) =>
          one.metric === 'energy' &&
          one.statistic === statistic &&
          (['regime', 'subject_kind', 'subject', 'pathway', 'trim'] as const).every((name) => one[name] === row[name]),
      );
    const [median, mean] = [of('p50'), of('mean')];
    if (median === undefined) return '';
    const range = `median ${rangeText(Number(median.p05), Number(median.p95), 2)} Wh`;
    const ofMean = mean === undefined ? '' : `, mean ${rangeText(Number(mean.p05), Number(mean.p95), 2)} Wh`;
    return `${range}${ofMean} (90 % of ${count(median.worlds)} worlds)`;
  });
}

const BOUNDARY_WORDS: Readonly<Record<string, string>> = {
  gpu_board: 'the boards of the accelerators alone; without host, cooling and what else a facility takes',
  node_ac: 'the servers at their plugs; without cooling and what else a facility takes',
  facility: 'the facility: servers and overhead (PUE); without training, network and the user’s device',
  fleet: 'the facility with idle machines; without training, network and the user’s device',
  lifecycle: 'the life cycle',
} satisfies Partial<Record<Boundary, string>>;

const SHARED_VARIANCE = 'of the variance of ln energy that all queries share';
const LN_VARIANCE = 'of the variance of ln energy';
const TOTAL_EFFECTS = 'of the variance of energy, what inputs do together counted for each';

function varianceText(shares: readonly Share[], of: string): string {
  return shares.length === 0 ? '' : `${sharesText(shares)} ${of}`;
}

/** In counts: the rows behind each model's throughput, and how many draws lie beyond them. */
function evidence({ throughput, manifest }: RunData): string[] {
  const own = throughput.filter(({ serving }) => serving === 'production');
  const models = [...new Set(own.map(({ model }) => model))];
  const rows = models.map((model) => {
    const found = own.find((row) => row.model === model);
    return `${model} ${found?.method === 'given' ? 'stated' : counted(found?.rows_used ?? 0, 'row')}`;
  });
  const far = own.filter(({ extrapolated_share }) => Number(extrapolated_share) > 0);
  const most = far.reduce((share, row) => Math.max(share, Number(row.extrapolated_share)), 0);
  const beyond = most > 0 ? `; up to ${percent(most)} of a model’s draws lie beyond them` : '';
  const listed = rows.slice(0, MOST_LISTED).join(', ') + (rows.length > MOST_LISTED ? ', …' : '');
  const { dataset } = manifest.scenario;
  return [`throughput from ${dataset === undefined ? 'the scenario' : dataset.file}: ${listed}${beyond}`];
}

const MOST_LISTED = 6;
