import { readFile } from 'node:fs/promises';
import { type FoundTable, rowsAt, type Value } from './found-table.js';

/** What tables have had since 0.2.0 besides what they had then; all else is pinned. Its file is `extras.json`. */
export interface Extras {
  /** By table: the columns that came last, in their order. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Kinds of rows, each by values that all of them have, e.g. a metric, and no row of 0.2.0. */
  readonly rows: readonly { readonly table: string; readonly where: Readonly<Record<string, Value>> }[];
}

/** The list of what may be there besides what 0.2.0 had. */
export async function readExtras(): Promise<Extras> {
  return JSON.parse(await readFile(new URL('./extras.json', import.meta.url), 'utf8'));
}

/** A table without what is listed. */
export function withoutExtras(table: FoundTable, extras: Extras): FoundTable {
  const kinds = extras.rows.filter((kind) => kind.table === table.name);
  const isExtra = (row: number) =>
    kinds.some(({ where }) =>
      Object.entries(where).every(([column, value]) => Object.is(table.columns.get(column)?.[row], value)),
    );
  const kept =
    kinds.length === 0
      ? table
      : rowsAt(
          table,
          indices(table.rows).filter((row) => !isExtra(row)),
        );
  const later = new Set(extras.columns[table.name]);
  return { ...kept, columns: new Map([...kept.columns].filter(([column]) => !later.has(column))) };
}

function indices(rows: number): number[] {
  return Array.from({ length: rows }, (_, i) => i);
}
