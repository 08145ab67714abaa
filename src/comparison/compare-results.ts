import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.js';
import { besideStandard, type QuantileName, quantileNameOf } from '../sketch/quantile-name.js';
import { finiteOrNull } from '../tables/finite.js';
import { ofFirstFormula } from '../tables/first-formula.js';
import { isPlainEnergy } from '../tables/plain-energies.js';
import { type ReadTable, readRowsOf, readTable, rowsWith } from '../tables/read.js';
import { FLEET, type FleetRow, SUMMARY, type SummaryRow } from '../tables/schema.js';
import type { CompareRow } from '../tables/studies.js';
import type { Comparison } from './compare.js';
import { dayRows } from './day-rows.js';
import { NOT_KNOWN } from './known-changes.js';
import type { Estimate } from './paired-sums.js';

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
  /** Days of the fleet, where the run has one. */
  readonly days?: readonly FleetRow[];
}

async function readSummary(folder: string): Promise<Summary> {
  const file = join(folder, `${SUMMARY.name}.arrow`);
  const table = await readTable(file);
  const quantiles = besideStandard(table.columns.flatMap(({ name }) => quantileNameOf(name) ?? []));
  const names = await readdir(folder);
  const days = names.includes(`${FLEET.name}.arrow`)
    ? await readRowsOf(join(folder, `${FLEET.name}.arrow`), FLEET)
    : [];
  return { rows: rowsWith(file, table, SUMMARY), quantiles, metadata: table.metadata, days };
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
  const none = Object.fromEntries(quantiles.map((name) => [name, null]));
  const days = daysOf(a, b).map((row) => ({ ...row, ...none }));
  return { compare: [...compare, ...days], attribution: [], quantiles, notes: notesOf(a, b, compare) };
}

/** Days without improvements by the first formula of each; ends of intervals as those of medians. */
function daysOf({ days: inA = [], rows }: Summary, { days: inB = [] }: Summary): CompareRow[] {
  const plain = (days: readonly FleetRow[]) =>
    days.filter(({ improvement, formula }) => improvement === 'none' && formula === days[0].formula);
  return plain(inA).flatMap((a) => {
    const b = plain(inB).find(({ mix }) => mix === a.mix);
    if (b === undefined) return [];
    const estimate = (combine: Combine): Estimate => ({
      value: combine(Number(b.gwh_per_day), Number(a.gwh_per_day)),
      low: combine(Number(b.gwh_low), Number(a.gwh_high)),
      high: combine(Number(b.gwh_high), Number(a.gwh_low)),
    });
    const day = {
      mix: a.mix,
      ratio: estimate((of, to) => of / to),
      gwh: estimate((of, less) => of - less),
      n: Number(rows[0]?.n ?? 0),
    };
    const names = { scenario_a: a.scenario, scenario_b: b.scenario };
    return dayRows(names, day, { formula: formulaText(a.formula, b.formula), paired: 'no' });
  });
}

function formulaText(a: string, b: string): string {
  return a === b || a === '' ? b : `${a} to ${b}`;
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
    formula: formulaText(a.formula, b.formula),
    ...{ mean_low: null, mean_high: null, ...NOT_KNOWN },
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
