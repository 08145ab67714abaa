/** A row of a table that ships: texts by column, empty where the source states nothing. */
export type CatalogueRecord<Column extends string> = Readonly<Record<Column, string>>;

/** The rows of a shipped text: one a line, fields separated by bars. */
export function catalogueRecords<Column extends string>(
  columns: readonly Column[],
  text: string,
): CatalogueRecord<Column>[] {
  return text.split('\n').map((line) => recordOf(columns, line));
}

/** The row whose first field is `name`; the others are not read. */
export function catalogueRecord<Column extends string>(
  columns: readonly Column[],
  text: string,
  name: string,
): CatalogueRecord<Column> | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${name}|`));
  return line === undefined ? undefined : recordOf(columns, line);
}

function recordOf<Column extends string>(columns: readonly Column[], line: string): CatalogueRecord<Column> {
  const fields = line.split('|');
  return Object.fromEntries(columns.map((column, i) => [column, fields[i]])) as Record<Column, string>;
}

/** A figure of a row; undefined where the source states none. */
export function figure<Column extends string>(record: CatalogueRecord<Column>, column: Column): number | undefined {
  return record[column] === '' ? undefined : Number(record[column]);
}

/** What a name leads to, or the names that are nearest to it. */
export type LookedUp<Found> = { readonly found: Found } | { readonly unknown: UnknownName };

/** A name that leads to nothing. */
export interface UnknownName {
  /** As aliases.csv knows it, if it does: then it is the table that has no row of it. */
  readonly canonical_name?: string;
  /** Names of the table that are nearest, the nearest first. */
  readonly nearest: readonly string[];
}
