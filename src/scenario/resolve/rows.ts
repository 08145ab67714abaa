import type { ThroughputRow } from '../../model/throughput/throughput.js';
import { counted, listText } from '../../words.js';
import type { DatasetRow } from '../dataset/dataset.js';
import type { Measurements } from '../dataset/measurements.js';
import { DEFAULT_QUANTIZATION } from '../sections/measurements.js';

/** A row that a fit can take. */
export type FittingRow = DatasetRow & ThroughputRow;

/** Rows with numeric lengths. Source: Oviedo et al., authors' code, `to_numeric(errors='coerce')`. */
export function usableRows(name: string, quantizations: readonly string[], measured: Measurements): FittingRow[] {
  return measured.rowsOf(name, quantizations).filter(hasLengths);
}

function hasLengths(row: DatasetRow): row is FittingRow {
  return row.input_tokens !== undefined && row.output_tokens !== undefined;
}

/** Why a model that the dataset has cannot be fitted, and what would help. @param fewest rows that a fit needs */
export function leftOutBecause(
  name: string,
  quantizations: readonly string[],
  fewest: number,
  measured: Measurements,
): string {
  const quantization = quantizations.join(' or ');
  const rows = measured.rowsOf(name, quantizations);
  const remedy = `${fewest} needed; add rows, or state its tps under models`;
  if (rows.length === 0) return `${otherQuantizations(name, measured)}; ${quantizationText(quantization, measured)}`;
  const usable = counted(rows.filter(hasLengths).length, `${quantization} row`);
  const without = rows.length - rows.filter(hasLengths).length;
  const blank = without === 0 ? '' : ` and ${without} without`;
  return `${usable} with numeric lengths${blank} in ${measured.file}, ${remedy}`;
}

/** Why no model at all can be fitted. */
export function noneBecause(quantizations: readonly string[], fewest: number, measured: Measurements): string {
  const quantization = quantizations.join(' or ');
  const needed = `${fewest} ${quantization} ${fewest === 1 ? 'row' : 'rows'} with numeric lengths`;
  const there = measured.rows.length === 0 ? 'no rows' : `rows of ${listText(measured.quantizations)}`;
  return `no model has ${needed}; ${measured.file} has ${there}; ${quantizationText(quantization, measured)}`;
}

/** How many rows are in no fit, by cause; undefined where all are in one. */
export function unusedRows(
  quantizations: (model: string) => readonly string[],
  used: ReadonlySet<DatasetRow>,
  measured: Measurements,
): string | undefined {
  const fitted = new Set([...used].map(({ model }) => model));
  const causes = new Map<string, number>();
  for (const row of measured.rows) {
    const cause = used.has(row) ? undefined : causeOf(row, quantizations(row.model), fitted);
    if (cause !== undefined) causes.set(cause, (causes.get(cause) ?? 0) + 1);
  }
  if (causes.size === 0) return undefined;
  const all = [...causes.values()].reduce((sum, rows) => sum + rows, 0);
  const list = listText([...causes].map(([cause, rows]) => `${rows} ${cause}`));
  return `${all} of ${measured.rows.length} rows of ${measured.file} are in no fit: ${list}`;
}

function causeOf(row: DatasetRow, quantizations: readonly string[], fitted: ReadonlySet<string>): string {
  if (!quantizations.includes(row.quantization))
    return `of ${row.quantization} where throughput.quantization is ${quantizations.join(' or ')}`;
  if (!hasLengths(row)) return 'without numeric lengths';
  return fitted.has(row.model) ? 'of other hardware' : 'of models that are not fitted';
}

/** `4 rows in data.csv, all MXFP4`, `6 rows in data.csv, 4 FP16 and 2 INT4` */
function otherQuantizations(name: string, measured: Measurements): string {
  const own = measured.rows.filter(({ model }) => model === name);
  const by = new Map<string, number>();
  for (const { quantization } of own) by.set(quantization, (by.get(quantization) ?? 0) + 1);
  const parts = [...by].map(([quantization, rows]) =>
    by.size === 1 ? `all ${quantization}` : `${rows} ${quantization}`,
  );
  return `${counted(own.length, 'row')} in ${measured.file}, ${listText(parts)}`;
}

function quantizationText(quantization: string, { quantizations }: Measurements): string {
  const other = quantizations.find((one) => one.toLowerCase() === quantization.toLowerCase() && one !== quantization);
  const hint = other === undefined ? '' : `; did you mean ${other}?`;
  const origin = quantization === DEFAULT_QUANTIZATION ? ' (the default)' : '';
  return `throughput.quantization is ${quantization}${origin}${hint}`;
}
