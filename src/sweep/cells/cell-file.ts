import { createHash } from 'node:crypto';
import { SUMMARY, type SummaryRow } from '../../tables/schema.js';

type Value = string | number | null;

/** Everything but the scenario's name, which is no part of what a cell's key stands for. */
const COLUMNS = SUMMARY.columns.map(({ name }) => name).filter((name) => name !== 'scenario');
const KNOWN: ReadonlySet<string> = new Set(['scenario', ...COLUMNS]);

/** A cell's rows as the text of its file: the key, the hash of the rest, and the rows, a line each. */
export function encodeCell(key: string, rows: readonly SummaryRow[]): string {
  const body = JSON.stringify(rows.map(valuesOf));
  return `tokenjoule-cell ${key} ${sha256(body)}\n${body}\n`;
}

/** What every summary has by its place, then each quantile that the scenario asks for as its name and its value. */
function valuesOf(row: SummaryRow): Value[] {
  return [
    ...COLUMNS.map((column) => row[column]),
    ...Object.entries(row)
      .filter(([name]) => !KNOWN.has(name))
      .flat(),
  ];
}

/** The rows of a cell's file under a scenario's name; undefined if the file is damaged or not that of the key. */
export function decodeCell(key: string, text: string, scenario: string): SummaryRow[] | undefined {
  const [head, body, end] = text.split('\n');
  if (end !== '' || head !== `tokenjoule-cell ${key} ${sha256(body)}`) return undefined;
  const rows = JSON.parse(body) as Value[][];
  return rows.map((values) => rowOf(scenario, values));
}

/** The hash vouches for the columns: the file was written by `encodeCell`, for the same format version. */
function rowOf(scenario: string, values: readonly Value[]): SummaryRow {
  const row: Record<string, Value> = { scenario };
  for (let i = 0; i < COLUMNS.length; i++) row[COLUMNS[i]] = values[i];
  for (let i = COLUMNS.length; i < values.length; i += 2) row[String(values[i])] = values[i + 1];
  return row as SummaryRow;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
