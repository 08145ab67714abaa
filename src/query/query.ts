import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBDecimalValue, DuckDBResultReader } from '@duckdb/node-api';
import { InputError } from '../errors.js';
import { count, duration } from '../format.js';
import { convertTables } from '../formats/convert.js';
import type { TableFile } from '../formats/find-tables.js';
import { boundingSql, MOST_ROWS, type QueryBounds, quoted } from './bounds.js';
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
 * @returns what the last of several statements answers
 * @throws InputError with DuckDB's message for SQL that it refuses or that is out of bounds, or for a damaged table; the signal's
 * reason, if aborted
 */
export async function queryTables(
  duckdb: DuckDB,
  sql: string,
  tables: readonly TableFile[],
  bounds: QueryBounds,
  signal: AbortSignal,
): Promise<QueryResult> {
  const scratch = await scratchFolder();
  try {
    const named = tablesIn(sql, tables);
    await convertTables(named, PARQUET, join(scratch, 'tables'), signal);
    return await ask(duckdb, sql, new Set(named.map(({ table }) => table)), scratch, bounds, signal);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function scratchFolder(): Promise<string> {
  const folder = tmpdir();
  return mkdtemp(join(folder, 'tokenjoule-query-')).catch(({ code }: NodeJS.ErrnoException) =>
    refuse(`the folder for temporary files, ${folder}, cannot be written (${code}); set TMPDIR to one that can`),
  );
}

/** The tables that a query names; all of them if it names none, as `show tables` does. */
function tablesIn(sql: string, tables: readonly TableFile[]): readonly TableFile[] {
  const words = sql.toLowerCase();
  const named = tables.filter(({ table }) => words.includes(table.toLowerCase()));
  return named.length > 0 ? named : tables;
}

async function ask(
  duckdb: DuckDB,
  sql: string,
  names: ReadonlySet<string>,
  scratch: string,
  bounds: QueryBounds,
  signal: AbortSignal,
): Promise<QueryResult> {
  const noFolder = join(scratch, 'no-extensions');
  await writeFile(noFolder, '');
  const instance = await duckdb.DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  try {
    for (const setting of boundingSql(bounds, scratch, join(noFolder, 'none'))) await connection.run(setting);
    for (const name of names) await connection.run(viewSql(name, join(scratch, 'tables')));
    return await bounded(connection, bounds, signal, () => answer(duckdb, connection, sql));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function viewSql(name: string, folder: string): string {
  const files = quoted(join(folder, name, '*', '*.parquet'));
  const options = 'hive_partitioning = true, hive_types = {run: varchar}, union_by_name = true';
  return `create view "${name.replaceAll('"', '""')}" as select run, * exclude (run) from read_parquet(${files}, ${options})`;
}

/** Between two interruptions of a query that is to end. */
const AGAIN_MS = 100;

/** What `use` gives, unless it takes too long or the signal comes first. */
async function bounded<T>(
  connection: DuckDBConnection,
  { seconds }: QueryBounds,
  signal: AbortSignal,
  use: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  let late = false;
  const interrupt = () => connection.interrupt();
  const timer = setTimeout(() => {
    late = true;
    interrupt();
  }, seconds * 1000);
  // An interruption between two statements is lost on DuckDB, so it is repeated until the query ends.
  const again = setInterval(() => {
    if (late || signal.aborted) interrupt();
  }, AGAIN_MS);
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    return await use();
  } catch (error) {
    signal.throwIfAborted();
    return refuse(late ? `took longer than ${duration(seconds)}; --max-seconds allows more` : told(error as Error));
  } finally {
    clearTimeout(timer);
    clearInterval(again);
    signal.removeEventListener('abort', interrupt);
  }
}

/** DuckDB's own words, with our ways out in the place of its own, which are locked. */
function told({ message }: Error): string {
  const [first] = message.replace(/^Failed to extract statements: /, '').split('\n\nPossible solutions:');
  if (first.startsWith('Out of Memory Error')) return `${first}; --max-memory allows more`;
  if (/operations are disabled by configuration/.test(first)) {
    return `${first}; a query reads and writes files only with --allow-files`;
  }
  return first;
}

async function answer(duckdb: DuckDB, connection: DuckDBConnection, sql: string): Promise<QueryResult> {
  const statements = await connection.extractStatements(sql).catch(noStatement);
  const last = statements.count - 1;
  const prepared = async (i: number) => {
    const statement = await statements.prepare(i);
    if (statement.statementType === duckdb.StatementType.LOAD) throw new Error('no extension is installed or loaded');
    return statement;
  };
  // One after the other: each may need what those before it have made.
  for (let i = 0; i < last; i++) await (await prepared(i)).run();
  return rowsOf(await (await prepared(last)).streamAndReadUntil(MOST_ROWS + 1));
}

/** What DuckDB's Node client says where a text holds blanks and comments alone (1.5). */
const NOTHING_THERE = 'Error in native callback';

function noStatement(error: Error): never {
  throw error.message === NOTHING_THERE ? new Error('the query holds no statement') : error;
}

function rowsOf(reader: DuckDBResultReader): QueryResult {
  if (reader.currentRowCount > MOST_ROWS) {
    throw new Error(`answers with more than ${count(MOST_ROWS)} rows; aggregate, or add a limit`);
  }
  return { columns: reader.deduplicatedColumnNames(), rows: reader.getRows().map((row) => row.map(cellOf)) };
}

function refuse(message: string): never {
  throw new InputError([{ file: 'tokenjoule query', key: '', message }]);
}

function cellOf(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  // Decimals, as SQL's `1.5` is.
  if (typeof value === 'object' && value && 'toDouble' in value) return (value as DuckDBDecimalValue).toDouble();
  return String(value);
}
