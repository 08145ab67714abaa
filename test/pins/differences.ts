import { columnHashes, everyRow, type PinnedTable } from './expectation.js';
import { type Extras, withoutExtras } from './extras.js';
import { type FoundTable, rowsAt, type Value } from './found-table.js';
import { rowKeys } from './keys.js';

/** What is not as it was: of a column of a table, or of its rows or columns as such. */
export interface Difference {
  readonly table: string;
  /** Name of the column; `rows` and `columns` stand for those themselves. */
  readonly column: string;
  readonly text: string;
}

/** All that differs between what 0.2.0 made and what is made now; nothing where all is as it was. */
export function differences(
  expected: readonly PinnedTable[],
  found: readonly FoundTable[],
  extras: Extras,
): Difference[] {
  const names = new Set([...expected, ...found].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [before, now] = [expected, found].map((tables) => tables.find((table) => table.name === name));
    if (!before) return [{ table: name, column: 'rows', text: 'the table is new: list it in the case that pins it' }];
    if (!now) return [{ table: name, column: 'rows', text: 'the table is gone' }];
    return ofTables(before, withoutExtras(now, extras));
  });
}

/** Differences as people read them, one a line; empty if there are none. */
export function differencesText(found: readonly Difference[]): string {
  return found.map(({ table, column, text }) => `${table}.${column}: ${text}`).join('\n');
}

function ofTables(expected: PinnedTable, found: FoundTable): Difference[] {
  const columns = ofColumns(expected, found);
  if (columns.length > 0) return columns;
  if (!expected.thinned) return ofRows(expected, found);
  const { every, allRows, hashes } = expected.thinned;
  const now = columnHashes(found);
  const moved = Object.keys(hashes).filter((column) => hashes[column] !== now[column]);
  if (moved.length === 0 && allRows === found.rows) return [];
  const whole = moved.map((column) => ({
    table: expected.name,
    column,
    text: `the hash of all ${allRows} rows differs (now ${found.rows}); every ${every}th is compared by value`,
  }));
  return [...whole, ...ofRows(expected, everyRow(found, every))];
}

/** Columns that 0.2.0 had stand first, in their order; what came later is listed. */
function ofColumns(expected: FoundTable, found: FoundTable): Difference[] {
  const [before, now] = [expected, found].map(({ columns }) => [...columns.keys()].join(', '));
  const text = `expected ${before}; found, besides those in extras.json, ${now}`;
  return before === now ? [] : [{ table: expected.name, column: 'columns', text }];
}

function ofRows(expected: FoundTable, found: FoundTable): Difference[] {
  if (sameRows(expected, found)) return [];
  const [before, now] = [rowKeys(expected), rowKeys(found)];
  const [wasAt, isAt] = [before, now].map((keys) => new Map(keys.map((key, i) => [key, i])));
  const common = before.filter((key) => isAt.has(key));
  const missing = before.filter((key) => !isAt.has(key));
  const added = now.filter((key) => !wasAt.has(key));
  const reordered = now.filter((key) => wasAt.has(key)).find((key, i) => key !== common[i]);
  const problem = (text: string) => ({ table: expected.name, column: 'rows', text });
  return [
    ...(missing.length > 0 ? [problem(`${missing.length} of ${before.length} are gone, the first ${missing[0]}`)] : []),
    ...(added.length > 0 ? [problem(`${added.length} are new and not in extras.json, the first ${added[0]}`)] : []),
    ...(reordered === undefined ? [] : [problem(`the order differs, first at ${reordered}`)]),
    ...ofCells(
      rowsAt(
        expected,
        common.map((key) => wasAt.get(key)!),
      ),
      rowsAt(
        found,
        common.map((key) => isAt.get(key)!),
      ),
      common,
    ),
  ];
}

function sameRows(expected: FoundTable, found: FoundTable): boolean {
  if (expected.rows !== found.rows) return false;
  return [...expected.columns].every(([column, values]) => {
    const now = found.columns.get(column)!;
    return values.every((value, i) => Object.is(value, now[i]));
  });
}

/** Column by column, of two tables of the same rows. */
function ofCells(expected: FoundTable, found: FoundTable, keys: readonly string[]): Difference[] {
  return [...expected.columns].flatMap(([column, before]) => {
    const now = found.columns.get(column)!;
    const moved = keys.flatMap((_, i) => (Object.is(before[i], now[i]) ? [] : [i]));
    if (moved.length === 0) return [];
    const [first] = moved;
    const largest = Math.max(...moved.map((i) => relativeChange(before[i], now[i])));
    const where = `${moved.length} of ${keys.length} rows moved, the first at ${keys[first]}`;
    const what = `expected ${shown(before[first])}, found ${shown(now[first])}`;
    return [
      { table: expected.name, column, text: `${where}: ${what}; largest relative change ${largest.toPrecision(3)}` },
    ];
  });
}

/** Infinite where there was no number, or zero, or is none now. */
function relativeChange(before: Value, now: Value): number {
  if (typeof before !== 'number' || typeof now !== 'number') return Number.POSITIVE_INFINITY;
  const change = Math.abs((now - before) / before);
  return Number.isNaN(change) ? Number.POSITIVE_INFINITY : change;
}

function shown(value: Value): string {
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
