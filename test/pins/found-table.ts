/** What a table holds in one cell; numbers are compared by `Object.is`. */
export type Value = string | number | null;

/** A table as the present build makes it: its columns in their order, each with one value for each row. */
export interface FoundTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, readonly Value[]>;
}

/** A table from its rows. @param columns names in the order of the contract; a cell that a row lacks is null */
export function fromRows(name: string, columns: readonly string[], rows: readonly object[]): FoundTable {
  const records = rows as readonly Readonly<Record<string, Value | undefined>>[];
  return {
    name,
    rows: rows.length,
    columns: new Map(columns.map((column) => [column, records.map((row) => row[column] ?? null)])),
  };
}

/** The rows of a table at these indices, in this order. */
export function rowsAt({ name, columns }: FoundTable, indices: readonly number[]): FoundTable {
  const chosen = [...columns].map(([column, values]) => [column, indices.map((i) => values[i])] as const);
  return { name, rows: indices.length, columns: new Map(chosen) };
}
