// What tables are made of: columns, and the rows that go with them.
/** What a column holds: text, a number that may be missing, or a whole number that is always there. */
export type ColumnType = 'text' | 'float' | 'count';

/** One column. `unit` is `none` for text, `1` for shares and other plain numbers, or `see unit column`. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly unit: string;
  readonly meaning: string;
  /** The version of the format that brought it, where that is not the first: earlier tables lack it. */
  readonly since?: number;
}

/** One table: the file `<name>.arrow`. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

/** A value of each column type, as rows carry it. */
interface Value {
  readonly text: string;
  readonly float: number | null;
  readonly count: number;
}

/** One row of the table `T`. Counts are safe integers; a float is null where there is no such number. */
export type Row<T extends Table> = { readonly [C in T['columns'][number] as C['name']]: Value[C['type']] };

/** A dictionary-encoded text column. */
export function text<const N extends string>(name: N, meaning: string) {
  return { name, type: 'text', unit: 'none', meaning } as const;
}

/** A text column that tables before format 2 lack: they are read as if it held nothing. */
export function laterText<const N extends string>(name: N, meaning: string) {
  return { ...text(name, meaning), since: 2 } as const;
}

/** A Float64 column. */
export function float<const N extends string>(name: N, unit: string, meaning: string) {
  return { name, type: 'float', unit, meaning } as const;
}

/** An Int64 column. */
export function count<const N extends string>(name: N, unit: string, meaning: string) {
  return { name, type: 'count', unit, meaning } as const;
}

/** A Float64 column that tables before format 2 lack: they are read as if it held nothing. */
export function laterFloat<const N extends string>(name: N, unit: string, meaning: string) {
  return { ...float(name, unit, meaning), since: 2 } as const;
}
