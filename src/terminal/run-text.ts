import { alignedLines, duration, percent, rangeText, rate, significant } from '../format.js';
import { BASELINE, LINE_OF_SIGHT } from '../model/pathway.js';
import { printableLine } from '../printable.js';
import { integrates } from '../random/sampler.js';
import { mostlyOffData } from '../result/off-data.js';
import { shownTrim } from '../result/shown-trim.js';
import type { RunReport } from '../run/run.js';
import type { Published, PublishedEnergy, ResolvedScenario } from '../scenario/resolved.js';
import type { QuantileName } from '../sketch/quantile-name.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import type { HistogramRow, SummaryRow } from '../tables/schema.js';
import { counted } from '../words.js';
import { type Palette, PLAIN } from './color.js';
import { fittingLines } from './fitting-lines.js';
import { fleetImpactLines } from './fleet-impact-lines.js';
import { fleetLines } from './fleet-lines.js';
import { formulaLines } from './formula-lines.js';
import { impactLines } from './impact-lines.js';
import { knownLines } from './known-text.js';
import { loadLines } from './load-lines.js';
import { managementLines } from './management-lines.js';
import { meanLines } from './mean-lines.js';
import { poolLines } from './pool-lines.js';
import { serviceLevelLines } from './service-level-lines.js';
import { type SparkScale, sparkline, sparkScale } from './sparkline.js';
import { titleOf } from './title.js';

/**
 * The results of one scenario for a reader at a terminal, beside the published figures it states.
 *
 * @param metric what the first tables are of: energy, or an impact
 * @param width of the terminal, columns: densities give way, then published figures
 */
export function runText(
  whole: RunReport,
  palette: Palette = PLAIN,
  metric: string = 'energy',
  width = Number.POSITIVE_INFINITY,
): string {
  const report = { ...whole, tables: ofFirst(whole.tables) };
  const { scenario, folder, files, seconds } = report;
  const each = drawnOf(report);
  const draws = each * scenario.models.length * scenario.regimes.length;
  return [
    titleOf(scenario),
    each === 0
      ? `integrated, no draws${samplerText(scenario)}`
      : `${counted(each, 'sample')} per model and regime, seed "${scenario.seed}"${samplerText(scenario)}`,
    ...bannerLines(report).map(palette.note),
    ...scenario.regimes.flatMap(({ name }) => [
      '',
      ...headed(regimeLines(report, name, metric, width), palette),
      ...notesBeside(report, name).map((note) => `  ${palette.note('note')}: ${printableLine(note)}`),
    ]),
    ...headed(
      meanLines(
        report.tables.summary,
        scenario.regimes.map(({ name }) => name),
        metric,
      ),
      palette,
    ),
    ...scenario.regimes.flatMap(({ name }) => headed(formulaLines(whole.tables, name), palette)),
    ...scenario.regimes.flatMap(({ name }) =>
      headed(impactLines(report.tables.summary, name, scenario.impact?.basis), palette),
    ),
    ...headed(poolLines(scenario), palette),
    ...headed(managementLines(scenario.power_management), palette),
    ...headed(nonProductionLines(report), palette),
    ...headed(fleetLines(report), palette),
    ...headed(fleetImpactLines(scenario, report.tables.summary), palette),
    ...headed(loadLines(scenario.load, report.tables.load), palette),
    ...headed(serviceLevelLines(report.tables.service_level), palette),
    ...headed(knownLines(whole), palette),
    ...otherNotes(report).map((note, i) => `${i === 0 ? '\n' : ''}${palette.note('note')}: ${printableLine(note)}`),
    '',
    `${paceText(draws, seconds)}; ${counted(files.length, 'file')} in ${folder}`,
  ].join('\n');
}

/** Above all numbers, where most draws lie off what they rest on. */
function bannerLines({ scenario, tables }: RunReport): string[] {
  const off = mostlyOffData(tables.summary);
  if (off.length === 0) return [];
  const services = scenario.models.length * scenario.regimes.length;
  const most = percent(Math.max(...off.map(({ share }) => share)));
  const of = `${off.length} of ${counted(services, 'model in a regime', 'models in regimes')}`;
  return ['', `Most draws lie outside the throughput data, for ${of} (up to ${most}): their numbers are extrapolated`];
}

function paceText(draws: number, seconds: number): string {
  if (draws === 0) return `integrated in ${duration(seconds)}`;
  return `${counted(draws, 'draw')} in ${duration(seconds)} (${rate(draws / seconds)})`;
}

/** Draws of each model in each regime; 0 where all was integrated. */
function drawnOf({ scenario, tables }: RunReport): number {
  const drawsNone = integrates(scenario.sampler) && tables.summary.every(({ n }) => n === 0);
  return drawsNone ? 0 : scenario.samples;
}

/** Rows of the first formula, which the others stand beside. */
function ofFirst({ summary, histogram, fleet, ...others }: RunReport['tables']): RunReport['tables'] {
  return {
    ...others,
    summary: ofFirstFormula(summary),
    histogram: ofFirstFormula(histogram),
    fleet: fleet.filter(({ formula }) => formula === fleet[0].formula),
  };
}

/** Notes that touch the numbers of one regime: its own, and those on the fits of models, which every regime uses. */
function notesBeside({ scenario, notes }: RunReport, regime: string): string[] {
  const names = [regime, ...scenario.models.map(({ name }) => name)];
  return notes.filter((note) => names.some((name) => note.startsWith(`${name}: `)));
}

function otherNotes(report: RunReport): string[] {
  const beside = new Set(report.scenario.regimes.flatMap(({ name }) => notesBeside(report, name)));
  return report.notes.filter((note) => !beside.has(note));
}

function samplerText({ sampler }: ResolvedScenario): string {
  return sampler === undefined ? '' : `, sampler ${sampler}`;
}

function regimeLines({ scenario, tables }: RunReport, regime: string, metric: string, width: number): string[] {
  const published = metric === 'energy' ? scenario.published : undefined;
  const energies = tables.summary.filter((row) => row.regime === regime && row.metric === metric);
  const unit = energies[0]?.unit.replace('/query', '') ?? '';
  const models = energies.filter((row) => row.subject_kind === 'model' && row.pathway === BASELINE);
  const blends = energies.filter((row) => row.subject_kind === 'blend' && row.pathway === BASELINE);
  const pathways = energies.filter(
    (row) => row.subject_kind === 'blend' && isPathway(row) && row.trim === shownTrim(scenario),
  );
  const shown = [...models, ...blends, ...pathways];
  const { quantiles = [] } = scenario;
  const cells = energyCells(tables.histogram, sparkScale(shown), published, quantiles);
  const others = quantiles.map((name) => name.toUpperCase());
  const rows = [
    [
      regime,
      `median ${unit}`,
      'quartiles',
      ...others,
      'density, log scale'.padEnd(24),
      ...(published ? ['published'] : []),
    ],
    ...models.map((row) => cells(`  ${row.subject}`, row)),
    ...blends.map((row) => cells(`  ${row.subject}, ${trimText(row)}`, row)),
    ...pathways.map((row) => cells(`  ${row.subject}, ${row.pathway} ${reductionText(row, blends)}`, row)),
  ];
  const density = FIRST_OTHER + others.length;
  return fittingLines(rows, width, published ? [density, density + 1] : [density]);
}

/** Place of the first column after the quartiles: what is asked for, then what a narrow terminal does without. */
const FIRST_OTHER = 3;

/** The first line that is not blank as a heading. */
function headed(lines: readonly string[], { heading }: Palette): string[] {
  const first = lines.findIndex((line) => line !== '');
  return lines.map((line, i) => (i === first ? heading(line) : line));
}

function isPathway({ pathway }: SummaryRow): boolean {
  return pathway !== BASELINE && pathway !== LINE_OF_SIGHT;
}

function trimText({ trim }: SummaryRow): string {
  return trim === 'none' ? 'untrimmed' : 'trimmed P14–P86';
}

function energyCells(
  bins: readonly HistogramRow[],
  scale: SparkScale | undefined,
  published: Published | undefined,
  quantiles: readonly QuantileName[],
) {
  return (label: string, row: SummaryRow): string[] => {
    const { p25, p50, p75 } = row;
    if (p25 === null || p50 === null || p75 === null) return [label, '–', '–', ...quantiles.map(() => '–'), '', ''];
    const density = scale
      ? sparkline(
          bins.filter((bin) => isAbout(bin, row)),
          scale,
        )
      : '';
    const others = quantiles.map((name) => significant(row[name] ?? Number.NaN));
    return [label, significant(p50), rangeText(p25, p75), ...others, density, publishedText(row, published)];
  };
}

function isAbout(bin: HistogramRow, { regime, subject_kind, subject, pathway, trim, metric }: SummaryRow): boolean {
  if (bin.metric !== metric || bin.regime !== regime || bin.subject !== subject) return false;
  return bin.subject_kind === subject_kind && bin.pathway === pathway && bin.trim === trim;
}

function publishedText(row: SummaryRow, published: Published | undefined): string {
  const energy = published?.energy.find(
    ({ regime, subject, pathway, trim }) =>
      regime === row.regime && subject === row.subject && pathway === row.pathway && trim === row.trim,
  );
  if (energy) return asPublished(energy);
  const reduction = published?.reductions.find(({ pathway }) => pathway === row.pathway);
  return reduction ? `÷ ${reduction.low}–${reduction.high}` : '';
}

/** Published figures with equally many decimals, as papers print them: YAML reads 0.60 as 0.6. */
function asPublished({ p25, p50, p75 }: PublishedEnergy): string {
  const figures = [p25, p50, p75].filter((figure) => figure !== undefined);
  const decimals = Math.max(...figures.map((figure) => `${figure}`.split('.')[1]?.length ?? 0));
  const text = (figure: number) => figure.toFixed(decimals);
  return p25 === undefined || p75 === undefined ? text(p50) : `${text(p50)} (${text(p25)}–${text(p75)})`;
}

/** The baseline's median over the pathway's, both trimmed alike. */
function reductionText(row: SummaryRow, blends: readonly SummaryRow[]): string {
  const baseline = blends.find(({ subject, trim }) => subject === row.subject && trim === row.trim);
  return `÷ ${significant((baseline?.p50 ?? Number.NaN) / (row.p50 ?? Number.NaN), 2)}`;
}

function nonProductionLines({ scenario, tables }: RunReport): string[] {
  const ratios = tables.summary.filter(({ metric }) => metric === 'energy_ratio');
  if (ratios.length === 0) return [];
  const claim = scenario.published?.overstatement;
  return [
    '',
    ...alignedLines([
      ['non-production over production, paired', 'median ×', 'quartiles', ...(claim ? ['published'] : [])],
      ...ratios.map(({ regime, subject, pathway, p25, p50, p75 }) => [
        `  ${regime}, ${subject}, ${pathway}`,
        significant(p50 ?? Number.NaN),
        rangeText(p25 ?? Number.NaN, p75 ?? Number.NaN),
        ...(claim ? [`${claim.low}–${claim.high}`] : []),
      ]),
    ]),
  ];
}
