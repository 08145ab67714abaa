import { createHash } from 'node:crypto';
import type { Row, Table } from '../../tables/columns.js';

type Value = string | number | null;

/** Everything but the scenario's name, which is no part of what a cell's key stands for. */
function columnsOf({ columns }: Table): string[] {
  return columns.map(({ name }) => name).filter((name) => name !== 'scenario');
}

/** A cell's rows of a table as the text of its file: the key, the hash of the rest, and the rows, a line each. */
export function encodeCell<T extends Table>(table: T, key: string, rows: readonly Row<T>[]): string {
  const columns = columnsOf(table);
  const body = JSON.stringify(rows.map((row) => valuesOf(columns, row)));
  return `tokenjoule-cell ${key} ${sha256(body)}\n${body}\n`;
}

/** What every row of the table has by its place, then each quantile that the scenario asks for as its name and its value. */
function valuesOf(columns: readonly string[], row: Readonly<Record<string, Value>>): Value[] {
  return [
    ...columns.map((column) => row[column]),
    ...Object.entries(row)
      .filter(([name]) => name !== 'scenario' && !columns.includes(name))
      .flat(),
  ];
}

/** The rows of a cell's file under a scenario's name; undefined if the file is damaged or not that of the key. */
export function decodeCell<T extends Table>(
  table: T,
  key: string,
  text: string,
  scenario: string,
): Row<T>[] | undefined {
  const [head, body, end] = text.split('\n');
  if (end !== '' || head !== `tokenjoule-cell ${key} ${sha256(body)}`) return undefined;
  const rows = JSON.parse(body) as Value[][];
  const columns = columnsOf(table);
  return rows.map((values) => rowOf<T>(columns, scenario, values));
}

/** The hash vouches for the columns: the file was written by `encodeCell`, for the same format version. */
function rowOf<T extends Table>(columns: readonly string[], scenario: string, values: readonly Value[]): Row<T> {
  const row: Record<string, Value> = { scenario };
  for (let i = 0; i < columns.length; i++) row[columns[i]] = values[i];
  for (let i = columns.length; i < values.length; i += 2) row[String(values[i])] = values[i + 1];
  return row as Row<T>;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
