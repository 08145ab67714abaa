// The tables through implementations that are not ours: DuckDB on Parquet and CSV, flechette on Arrow IPC. All are held against
// the rows that apache-arrow, which wrote them, reads. What pandas, Spark and R make of them no test here sees.
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';
import { tableFromIPC } from '@uwdata/flechette';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyzeCommand } from '../../src/commands/analyze.js';
import { compareCommand } from '../../src/commands/compare.js';
import { convertCommand } from '../../src/commands/convert.js';
import { runScenario } from '../../src/run/run.js';
import { readTable } from '../../src/tables/read.js';
import { TABLES } from '../../src/tables/schema.js';
import { openPool } from '../../src/workers/open-pool.js';
import { shipped } from '../folders.js';
import { THREAD_ENTRY } from '../surroundings.js';

let out = '';
let folder = '';

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'tokenjoule-test-'));
  const pool = await openPool(0);
  const options = { out, keepSamples: true, now: () => new Date(0) };
  // With all that brings a table of its own.
  const set = [
    'load={profile: azure-2024-code}',
    'uncertainty={worlds: 20, samples: 1024}',
    'concurrency=64',
    'slo={seconds_per_output_token: 0.05}',
  ];
  const scenario = await shipped('oviedo-2026', { samples: 1500, set });
  folder = (await runScenario(pool, scenario, { ...options, formats: new Set(['arrow', 'parquet', 'csv']) })).folder;
  await addOthers();
});

afterAll(() => rm(out, { recursive: true, force: true }));

async function duckdb(sql: string): Promise<{ types: string[]; names: string[]; rows: DuckDBValue[][] }> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const reader = await connection.runAndReadAll(sql);
  return { types: reader.columnTypes().map(String), names: reader.columnNames(), rows: reader.getRows() };
}

/** The tables that are not a run's, in all formats beside those of the run. */
async function addOthers(): Promise<void> {
  const quiet = { stdout: { write() {} }, stderr: { write() {} }, signal: new AbortController().signal };
  const around = { ...quiet, environment: {}, threadEntry: THREAD_ENTRY, now: () => new Date(0), seconds: () => 0 };
  const [before, after] = ['scenarios/oviedo-2025.yaml', 'scenarios/oviedo-2026.yaml'];
  await analyzeCommand([after, '--method', 'pawn', '-n', '1024', '-o', out], around);
  await compareCommand([before, after, '-n', '1024', '-o', out], around);
  for (const name of ['compare.arrow', 'attribution.arrow'])
    await rename(join(out, 'oviedo-2026-vs-oviedo-2025', name), join(folder, name));
  await convertCommand([folder, '--to', 'parquet,csv'], around);
}

const plain = (value: unknown) => (typeof value === 'bigint' ? Number(value) : value);

describe.each(TABLES.map(({ name }) => name))('%s', (name) => {
  const written = () => readTable(join(folder, `${name}.arrow`));

  test('DuckDB reads the same columns, types and values from Parquet', async () => {
    const { columns, rows } = await written();
    const found = await duckdb(`select * from '${join(folder, `${name}.parquet`)}'`);
    expect(found.names).toEqual(columns.map(({ name }) => name));
    expect(found.types).toEqual(
      columns.map(({ type }) => ({ text: 'VARCHAR', float: 'DOUBLE', count: 'BIGINT' })[type]),
    );
    expect(found.rows.map((row) => row.map(plain))).toEqual(rows.map((row) => Object.values(row)));
  });

  test('DuckDB reads the same values from CSV', async () => {
    const { columns, rows } = await written();
    const types = columns.map(
      ({ name, type }) => `'${name}': '${{ text: 'VARCHAR', float: 'DOUBLE', count: 'BIGINT' }[type]}'`,
    );
    const found = await duckdb(
      `select * from read_csv('${join(folder, `${name}.csv`)}', header = true, columns = {${types}})`,
    );
    expect(found.rows.map((row) => row.map(plain))).toEqual(rows.map((row) => Object.values(row)));
  });

  test('Parquet carries format version, seed, units and meanings in its own metadata', async () => {
    const { columns, metadata } = await written();
    const file = join(folder, `${name}.parquet`);
    const found = await duckdb(`select decode(key), decode(value) from parquet_kv_metadata('${file}')`);
    const values = new Map(found.rows.map(([key, value]) => [String(key), String(value)]));
    const stated = JSON.parse(values.get('tokenjoule')!);
    expect(stated.metadata).toEqual(metadata);
    expect(stated.columns).toEqual(
      Object.fromEntries(columns.map(({ name, unit, meaning }) => [name, { unit, meaning }])),
    );
  });

  test('flechette reads the same values, units and dictionary columns from Arrow', async () => {
    const { columns, rows, metadata } = await written();
    const table = tableFromIPC(await readFile(join(folder, `${name}.arrow`)), { useBigInt: false });
    expect(Object.fromEntries(table.schema.metadata!)).toEqual(metadata);
    const fields = table.schema.fields.map(({ name, type, metadata }) => ({
      name,
      id: type.typeId,
      unit: metadata?.get('unit'),
    }));
    // Arrow's type numbers: dictionary -1, Int 2, Float 3.
    const ids = { text: -1, count: 2, float: 3 };
    expect(fields).toEqual(columns.map(({ name, type, unit }) => ({ name, id: ids[type], unit })));
    expect(table.toArray().map((row) => Object.values(row as object))).toEqual(rows.map((row) => Object.values(row)));
  });

  test('the CSV’s description states each column’s type and unit', async () => {
    const { columns } = await written();
    const stated = JSON.parse(await readFile(join(folder, `${name}.csv-metadata.json`), 'utf8'));
    const units = stated.tableSchema.columns.map((column: Record<string, string>) => [
      column.name,
      column['schema:unitText'],
    ]);
    expect(units).toEqual(columns.map(({ name, unit }) => [name, unit]));
  });
});
