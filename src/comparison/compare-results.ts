import { join } from 'node:path';
import { InputError } from '../errors.js';
import { besideStandard, type QuantileName, quantileNameOf } from '../sketch/quantile-name.js';
import { finiteOrNull } from '../tables/finite.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import { isPlainEnergy } from '../tables/plain-energies.js';
import { type ReadTable, readTable, rowsWith } from '../tables/read.js';
import { SUMMARY, type SummaryRow } from '../tables/schema.js';
import type { CompareRow } from '../tables/studies.js';
import type { Comparison } from './compare.js';

/**
 * Compares the summaries of two result folders (this file needs Node). Their draws are gone, so this is not paired: each number
 * is the ratio or the difference of the two distributions' own.
 *
 * @throws InputError if a summary cannot be read, or the two are of different format versions or units
 */
export async function compareResults(folderA: string, folderB: string): Promise<Comparison> {
  const [a, b] = await Promise.all([folderA, folderB].map(readSummary));
  return compareSummaries(a, b, folderA, folderB);
}

/** A summary, and what its table says of itself. */
export interface Summary {
  readonly rows: readonly SummaryRow[];
  /** Quantiles that its columns have beside the five. */
  readonly quantiles?: readonly QuantileName[];
  readonly metadata: ReadTable['metadata'];
}

async function readSummary(folder: string): Promise<Summary> {
  const file = join(folder, `${SUMMARY.name}.arrow`);
  const table = await readTable(file);
  const quantiles = table.columns.flatMap(({ name }) => quantileNameOf(name) ?? []);
  return { rows: rowsWith(file, table, SUMMARY), quantiles: besideStandard(quantiles), metadata: table.metadata };
}

/** The same from the tables. */
export function compareSummaries(a: Summary, b: Summary, folderA: string, folderB: string): Comparison {
  const ofB = new Map(energyRows(b).map((row) => [keyOf(row), row]));
  const pairs = energyRows(a).flatMap((one) => {
    const other = ofB.get(keyOf(one));
    return other ? [[one, other] as const] : [];
  });
  for (const [one, other] of pairs) requireUnit(one, other, folderA, folderB);
  const quantiles = (a.quantiles ?? []).filter((name) => b.quantiles?.includes(name));
  const compare = pairs.flatMap(([one, other]) => [
    ratioRow(one, other, quantiles),
    differenceRow(one, other, quantiles),
  ]);
  return { compare, attribution: [], quantiles, notes: notesOf(a, b, compare) };
}

/** Energy of models and untrimmed blends without any pathway, by the first formula of each. */
function energyRows({ rows }: Summary): readonly SummaryRow[] {
  return ofFirstFormula(rows).filter(isPlainEnergy);
}

function keyOf({ regime, subject_kind, subject }: SummaryRow): string {
  return JSON.stringify([regime, subject_kind, subject]);
}

function requireUnit(a: SummaryRow, b: SummaryRow, folderA: string, folderB: string): void {
  if (a.unit === b.unit) return;
  const units = `energy of ${a.subject} is in ${a.unit} in ${folderA}, in ${b.unit} in ${folderB}`;
  throw refusal(folderB, `${units}; repeat one of the runs with the other's version`);
}

function refusal(file: string, message: string): InputError {
  return new InputError([{ file, key: '', message }]);
}

const NUMBERS = ['mean', 'p05', 'p25', 'p50', 'p75', 'p95'] as const;

type NumberColumn = QuantileName | (typeof NUMBERS)[number] | 'p50_ci_low' | 'p50_ci_high';

type Combine = (b: number, a: number) => number;

function ratioRow(a: SummaryRow, b: SummaryRow, quantiles: readonly QuantileName[]): CompareRow {
  const ratio: Combine = (of, to) => of / to;
  return rowOf(a, b, 'energy_ratio', '1', ratio, quantiles);
}

function differenceRow(a: SummaryRow, b: SummaryRow, quantiles: readonly QuantileName[]): CompareRow {
  return rowOf(a, b, 'energy_difference', String(a.unit), (of, less) => of - less, quantiles);
}

/** Ends of the interval: B's own end against A's opposite one, which covers more than 95 %. */
function rowOf(
  a: SummaryRow,
  b: SummaryRow,
  quantity: string,
  unit: string,
  combine: Combine,
  quantiles: readonly QuantileName[],
): CompareRow {
  const number = (ofB: NumberColumn, ofA: NumberColumn) => {
    return finiteOrNull(combine(Number(b[ofB] ?? Number.NaN), Number(a[ofA] ?? Number.NaN)));
  };
  const [mean, p05, p25, p50, p75, p95] = NUMBERS.map((name) => number(name, name));
  return {
    scenario_a: String(a.scenario),
    scenario_b: String(b.scenario),
    regime: String(a.regime),
    subject_kind: String(a.subject_kind),
    subject: String(a.subject),
    quantity,
    unit,
    paired: 'no',
    n: Math.min(Number(a.n), Number(b.n)),
    n_dropped: 0,
    ...{ mean, std: null, p05, p25, p50, p75, p95 },
    p50_ci_low: number('p50_ci_low', 'p50_ci_high'),
    p50_ci_high: number('p50_ci_high', 'p50_ci_low'),
    ...Object.fromEntries(quantiles.map((name) => [name, number(name, name)])),
    formula: a.formula === b.formula || a.formula === '' ? b.formula : `${a.formula} to ${b.formula}`,
  };
}

const ENGINE = 'tokenjoule.engine_version';

function notesOf(a: Summary, b: Summary, compare: readonly CompareRow[]): string[] {
  const notes = [
    'not paired: ratios and differences of the two distributions, not of draws; compare scenario files for that',
  ];
  if (compare.length === 0)
    notes.push('the two have no regime with a common model or blend: there is nothing to compare');
  if (a.metadata[ENGINE] !== b.metadata[ENGINE]) {
    notes.push(`A is by tokenjoule ${a.metadata[ENGINE]}, B by ${b.metadata[ENGINE]}`);
  }
  return notes;
}
