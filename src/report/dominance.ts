import { percent } from '../format.js';
import type { HistogramRow, InputsRow, SummaryRow } from '../tables/schema.js';
import type { SensitivityRow } from '../tables/studies.js';
import type { RunData } from './run-data.js';

/** A part of the variance of ln energy. */
export interface Share {
  readonly source: string;
  readonly share: number;
}

/** Standard deviations from P5 to P95 of a normal distribution. */
const P5_TO_P95 = 2 * 1.6448536269514722;

/** Inputs that only ever multiply the energy of these formulas, so that their variances of ln add up with the others'. */
const FACTORS = ['power_utilization', 'pue'] as const;
const PRODUCTS: readonly (string | undefined)[] = [undefined, 'oviedo', 'request-cost'];

/** What makes queries differ, as the table of an analysis says it, else as far as the run's own tables do. */
export function betweenQueries(run: RunData, row: SummaryRow): Share[] {
  const analysed = ofAnalysis(run.sensitivity ?? [], row);
  if (analysed.length > 0) return analysed;
  const factors = factorsOf(run, row.regime).map(({ source, variance }) => ({ source, variance }));
  return parts(lnVariance(run.histogram, row), factors, 'lengths and throughput');
}

/** What keeps an energy from being known, of a run with worlds: shares of what is not of single queries. */
export function unknown({ variance }: RunData, { regime, subject, pathway, formula }: SummaryRow): Share[] {
  const shared = variance.filter(
    (row) =>
      row.metric === 'energy' &&
      row.source !== 'queries' &&
      row.regime === regime &&
      row.subject === subject &&
      row.pathway === pathway &&
      row.formula === formula,
  );
  const total = shared.reduce((sum, { share }) => sum + Number(share), 0);
  return total > 0 ? most(shared.map(({ source, share }) => ({ source, share: Number(share) / total }))) : [];
}

const SAME = ['regime', 'subject_kind', 'subject', 'pathway', 'trim'] as const;

/** `output_tokens 71 %, pue 4 %` */
export function sharesText(shares: readonly Share[]): string {
  return shares.map(({ source, share }) => `${source} ${percent(share)}`).join(', ');
}

/** Whether the folder holds an analysis of these energies; its total effects count what inputs do together once for each. */
export function isAnalysed(run: RunData, row: SummaryRow): boolean {
  return ofAnalysis(run.sensitivity ?? [], row).length > 0;
}

function ofAnalysis(rows: readonly SensitivityRow[], { regime, subject }: SummaryRow): Share[] {
  const own = rows.filter((row) => row.regime === regime && row.subject === subject && row.output.startsWith('energy'));
  const shares = own
    .map(({ parameter, st, shapley }) => ({ source: parameter, share: shapley ?? st ?? Number.NaN }))
    .filter(({ source }) => source !== 'dummy');
  return most(shares);
}

/** The largest, and of them those that are worth a word. */
function most(shares: readonly Share[]): Share[] {
  return shares
    .filter(({ share }) => share >= LEAST)
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST);
}

const LEAST = 0.005;
const MOST = 4;

interface Factor {
  readonly source: string;
  /** Of ln of the input. */
  readonly variance: number;
}

function factorsOf({ inputs, manifest: { scenario } }: RunData, regime: string): Factor[] {
  if (!PRODUCTS.includes(scenario.formulas?.[0])) return [];
  const correlated = scenario.correlation?.variables ?? [];
  return FACTORS.flatMap((variable) => {
    const row = inputs.find((one) => one.regime === regime && one.variable === variable);
    const isFree = row !== undefined && !correlated.includes(variable) && !isCoupled(row);
    return isFree ? [{ source: variable, variance: spread(Number(row.p05), Number(row.p95)) }] : [];
  });
}

function isCoupled({ distribution }: InputsRow): boolean {
  return distribution.startsWith('coupled');
}

/** Variance of ln of what lies between these P5 and P95. */
function spread(low: number, high: number): number {
  return (Math.log(high / low) / P5_TO_P95) ** 2;
}

/** Factors' shares of a variance, and what is left of it. */
function parts(total: number, factors: readonly Factor[], rest: string): Share[] {
  if (!(total > 0) || factors.length === 0) return [];
  const shares = factors.map(({ source, variance }) => ({ source, share: variance / total }));
  const left = 1 - shares.reduce((sum, { share }) => sum + share, 0);
  return most([{ source: rest, share: Math.max(0, left) }, ...shares]);
}

/** Variance of ln energy over the draws above 0, at the middles of the bins. */
function lnVariance(histogram: readonly HistogramRow[], row: SummaryRow): number {
  const own = histogram.flatMap((bin) => {
    const isOwn = bin.metric === 'energy' && SAME.every((name) => bin[name] === row[name]);
    return isOwn && Number(bin.bin_low) > 0 ? [{ ln: middle(bin), count: bin.count }] : [];
  });
  const n = own.reduce((sum, { count }) => sum + count, 0);
  const mean = own.reduce((sum, { ln, count }) => sum + ln * count, 0) / n;
  return own.reduce((sum, { ln, count }) => sum + (ln - mean) ** 2 * count, 0) / n;
}

function middle({ bin_low, bin_high }: HistogramRow): number {
  return Math.log(Number(bin_low) * Number(bin_high)) / 2;
}
