import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { type FoundTable, rowsAt, type Value } from './found-table.js';

/** A table as 0.2.0 makes it: all of its rows, or some of them and a hash of each whole column. */
export interface PinnedTable extends FoundTable {
  /** Present where only every so many rows, from the first, are kept. */
  readonly thinned?: Thinned;
}

interface Thinned {
  readonly every: number;
  readonly allRows: number;
  /** SHA-256 of all values by column, see `columnHash`. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** Single draws are random digits, about a megabyte a run, which nothing compresses: of them every so many are kept. */
const THINNED: Readonly<Record<string, number>> = { samples: 1021 };

/** A table as it goes into an expectation. */
export function pinned(table: FoundTable): PinnedTable {
  const every = THINNED[table.name];
  if (every === undefined) return table;
  return { ...everyRow(table, every), thinned: { every, allRows: table.rows, hashes: columnHashes(table) } };
}

/** Every so many rows, from the first. */
export function everyRow(table: FoundTable, every: number): FoundTable {
  return rowsAt(
    table,
    Array.from({ length: Math.ceil(table.rows / every) }, (_, i) => i * every),
  );
}

/** Of each column: equal exactly where all values are the same by `Object.is`. */
export function columnHashes({ columns }: FoundTable): Record<string, string> {
  return Object.fromEntries([...columns].map(([name, values]) => [name, columnHash(values)]));
}

function columnHash(values: readonly Value[]): string {
  return createHash('sha256').update(bytesOf(values)).digest('hex');
}

/** Numbers alone by their bits, as fast as can be; NaN has several, so it is written. */
function bytesOf(values: readonly Value[]): Float64Array | string {
  if (values.every(isNumber)) return Float64Array.from(values);
  return values.map((value) => (Object.is(value, -0) ? '-0' : `${typeof value} ${value}`)).join('\n');
}

function isNumber(value: Value): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}

/** As a file holds a table: each distinct value once, columns as steps between their numbers in that list. */
interface Stored {
  readonly name: string;
  readonly rows: number;
  readonly values: readonly (Value | readonly [string])[];
  readonly columns: Readonly<Record<string, readonly number[]>>;
  readonly thinned?: Thinned;
}

const FOLDER = new URL('./expected/', import.meta.url);

const fileOf = (name: string) => new URL(`${name}.json.br`, FOLDER);

/** Reads what is expected of a case. @throws Error if no such case was ever written */
export async function readExpectation(name: string): Promise<PinnedTable[]> {
  const bytes = await readFile(fileOf(name));
  const stored: Stored[] = JSON.parse(brotliDecompressSync(bytes).toString());
  return stored.map(unpacked);
}

/** Writes what is expected of a case from now on. */
export async function writeExpectation(name: string, tables: readonly PinnedTable[]): Promise<void> {
  const text = JSON.stringify(tables.map(packed));
  const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
  await writeFile(fileOf(name), brotliCompressSync(text, { params }));
}

function packed({ name, rows, columns, thinned }: PinnedTable): Stored {
  const known = new Map<Value, number>();
  const negativeZero = Symbol('-0') as unknown as number;
  const numberOf = (value: Value) => {
    // A map takes -0 for 0.
    const key = Object.is(value, -0) ? negativeZero : value;
    if (!known.has(key)) known.set(key, known.size);
    return known.get(key)!;
  };
  const steps = (values: readonly Value[]) => {
    const numbers = values.map(numberOf);
    return numbers.map((number, i) => number - (i === 0 ? 0 : numbers[i - 1]));
  };
  const stored = Object.fromEntries([...columns].map(([column, values]) => [column, steps(values)]));
  const values = [...known.keys()].map((value) => (value === negativeZero ? (['-0'] as const) : storable(value)));
  return { name, rows, values, columns: stored, ...(thinned && { thinned }) };
}

/** JSON has no NaN and no infinities. */
function storable(value: Value): Value | readonly [string] {
  return typeof value === 'number' && !Number.isFinite(value) ? [String(value)] : value;
}

function unpacked({ name, rows, values, columns, thinned }: Stored): PinnedTable {
  const list = values.map((value) => (Array.isArray(value) ? Number(value[0]) : (value as Value)));
  const read = Object.entries(columns).map(([column, steps]) => {
    let number = 0;
    const cells = steps.map((step) => {
      number += step;
      return list[number];
    });
    return [column, cells] as const;
  });
  return { name, rows, columns: new Map(read), ...(thinned && { thinned }) };
}
