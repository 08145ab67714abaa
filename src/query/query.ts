import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBDecimalValue } from '@duckdb/node-api';
import { InputError } from '../errors.js';
import { convertTables } from '../formats/convert.js';
import type { TableFile } from '../formats/find-tables.js';
import type { DuckDB } from './open-duckdb.js';

/** What a query found: column names, and a value for each column and row. Whole numbers are numbers. */
export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Cell = string | number | boolean | null;

const PARQUET: ReadonlySet<'parquet'> = new Set(['parquet']);

/**
 * Asks DuckDB about tables of many runs (this file needs Node). Each table is a view under its file's name, over all runs,
 * with a column `run` before its own. Only tables that the query names are read.
 *
 * @throws InputError with DuckDB's message for SQL that it refuses, or for a damaged table
 */
export async function queryTables(
  duckdb: DuckDB,
  sql: string,
  tables: readonly TableFile[],
  signal: AbortSignal,
): Promise<QueryResult> {
  const scratch = await mkdtemp(join(tmpdir(), 'tokenjoule-query-'));
  try {
    const named = tablesIn(sql, tables);
    await convertTables(named, PARQUET, scratch, signal);
    return await ask(duckdb, sql, new Set(named.map(({ table }) => table)), scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The tables that a query names; all of them if it names none, as `show tables` does. */
function tablesIn(sql: string, tables: readonly TableFile[]): readonly TableFile[] {
  const words = sql.toLowerCase();
  const named = tables.filter(({ table }) => words.includes(table.toLowerCase()));
  return named.length > 0 ? named : tables;
}

async function ask(duckdb: DuckDB, sql: string, names: ReadonlySet<string>, scratch: string): Promise<QueryResult> {
  // No extension is fetched from a network, whatever a query asks for.
  const instance = await duckdb.DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  try {
    for (const name of names) await connection.run(viewSql(name, scratch));
    return await answer(connection, sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function viewSql(name: string, scratch: string): string {
  const files = join(scratch, name, '*', '*.parquet').replaceAll("'", "''");
  const options = 'hive_partitioning = true, hive_types = {run: varchar}, union_by_name = true';
  return `create view "${name.replaceAll('"', '""')}" as select run, * exclude (run) from read_parquet('${files}', ${options})`;
}

async function answer(connection: DuckDBConnection, sql: string): Promise<QueryResult> {
  try {
    const reader = await connection.runAndReadAll(sql);
    return { columns: reader.deduplicatedColumnNames(), rows: reader.getRows().map((row) => row.map(cellOf)) };
  } catch (error) {
    throw new InputError([{ file: 'tokenjoule query', key: '', message: (error as Error).message }]);
  }
}

function cellOf(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  // Decimals, as SQL's `1.5` is.
  if (typeof value === 'object' && value && 'toDouble' in value) return (value as DuckDBDecimalValue).toDouble();
  return String(value);
}
