// Written tables, read back by apache-arrow and by readTable. Both stand on the library that wrote them, and no other reader
// of Arrow files (pyarrow, DuckDB, flechette) is installed here: what apache-arrow gets wrong both ways stays unseen.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dictionary, tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTable } from '../../src/tables/read.js';
import { FLEET, type FleetRow, SUMMARY, TABLES } from '../../src/tables/schema.js';
import { encodeTable } from '../../src/tables/write.js';
import { needs, tries } from '../needs.js';
import { someRows } from './rows.js';

const METADATA = { 'tokenjoule.version': '0.1.0', 'tokenjoule.seed': 'α "0"', 'tokenjoule.scenario_hash': 'c0ffee' };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tables-write-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function readBack(bytes: Uint8Array) {
  const file = join(folder, 'table.arrow');
  await writeFile(file, bytes);
  return readTable(file);
}

describe.each(TABLES)('the table $name', (table) => {
  test.each([0, 1, 7, 64, 1000])('comes back whole with %i rows', async (n) => {
    const rows = someRows(table, n);
    const read = await readBack(await encodeTable(table, rows, METADATA));
    expect(read.rows).toEqual(rows);
    expect(read.columns).toEqual(table.columns.map(({ name, type, unit, meaning }) => ({ name, type, unit, meaning })));
  });

  test('says what it is, and carries what the caller says of its origin', async () => {
    const read = await readBack(await encodeTable(table, someRows(table, 3), METADATA));
    expect(read.name).toBe(table.name);
    expect(read.formatVersion).toBe(2);
    expect(read.metadata).toEqual({
      ...METADATA,
      'tokenjoule.format_version': '2',
      'tokenjoule.table': table.name,
    });
  });

  test('has the same bytes for the same rows, whatever was written in between', async () => {
    const first = await encodeTable(table, someRows(table, 50), METADATA);
    for (const other of TABLES) await encodeTable(other, someRows(other, 9), {});
    expect(Buffer.compare(await encodeTable(table, someRows(table, 50), { ...METADATA }), first)).toBe(0);
  });

  test('has Arrow types that follow from its columns, one batch, and unit and meaning on each field', async () => {
    const arrow = tableFromIPC(await encodeTable(table, someRows(table, 50), METADATA));
    const names = { text: 'Dictionary<Int32, Utf8>', float: 'Float64', count: 'Int64' };
    expect(arrow.batches.length).toBe(1);
    expect(arrow.schema.fields.map(({ name, type }) => [name, String(type)])).toEqual(
      table.columns.map(({ name, type }) => [name, names[type]]),
    );
    expect(arrow.schema.fields.map(({ metadata }) => Object.fromEntries(metadata))).toEqual(
      table.columns.map(({ unit, meaning }) => ({ unit, meaning })),
    );
    expect(arrow.schema.fields.map(({ nullable }) => nullable)).toEqual(table.columns.map((c) => c.type === 'float'));
  });
});

test('dictionaries hold each text once, in order of first appearance, under the id of their column', async () => {
  const mixes = ['b', 'a', 'b', 'c', 'a'];
  const rows = mixes.map((mix) => ({ ...fleetRow(), mix }));
  const column = tableFromIPC(await encodeTable(FLEET, rows, {})).getChildAt(1)!;
  const { dictionary, values, length } = column.data[0];
  expect([...dictionary!]).toEqual(['b', 'a', 'c']);
  expect([...values.subarray(0, length)]).toEqual([0, 1, 0, 2, 1]);
  expect((column.type as Dictionary).id).toBe(1);
});

test('nulls are nulls to Arrow, not numbers', async () => {
  const rows = [1, null, 3, null].map((gwh_low) => ({ ...fleetRow(), gwh_low }));
  const table = tableFromIPC(await encodeTable(FLEET, rows, {}));
  expect(table.getChild('gwh_low')!.nullCount).toBe(2);
  expect(table.getChild('gwh_high')!.nullCount).toBe(0);
  expect([...table.getChild('gwh_low')!]).toEqual([1, null, 3, null]);
});

test('the caller cannot overwrite what the contract says of the table', async () => {
  const bytes = await encodeTable(FLEET, [], { 'tokenjoule.table': 'other', 'tokenjoule.format_version': '9' });
  expect(await readBack(bytes)).toMatchObject({ name: 'fleet', formatVersion: 2 });
});

test('any text and any number come back as they went in', needs('minutes'), async () => {
  const float = fc.option(fc.double());
  const row: fc.Arbitrary<FleetRow> = fc.record({
    scenario: fc.string({ unit: 'grapheme' }),
    mix: fc.string({ unit: 'binary' }),
    improvement: fc.constantFrom('none', 'line-of-sight', '__proto__', 'constructor'),
    queries_per_day: float,
    gwh_per_day: float,
    gwh_low: float,
    gwh_high: float,
    beta: float,
    formula: fc.string(),
    boundary: fc.string(),
  });
  const property = fc.asyncProperty(fc.array(row, { maxLength: 70 }), async (rows) => {
    expect((await readBack(await encodeTable(FLEET, rows, {}))).rows).toEqual(rows);
  });
  await fc.assert(property, { seed: 20241, numRuns: tries(50, 200) });
});

test.each([0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('a count of %d is refused', async (n) => {
  const rows = [{ ...someRows(SUMMARY, 1)[0], n }];
  await expect(encodeTable(SUMMARY, rows, {})).rejects.toThrow(
    new RangeError(`column n counts in safe integers, not ${n}`),
  );
});

test.each([
  [{ mix: 7 }, 'column mix takes text, not 7'],
  [{ mix: null }, 'column mix takes text, not null'],
  [{ beta: undefined }, 'column beta takes float, not undefined'],
  [{ beta: '1' }, 'column beta takes float, not 1'],
])('a row with %j is refused', async (wrong, message) => {
  const rows = [{ ...fleetRow(), ...wrong } as unknown as FleetRow];
  await expect(encodeTable(FLEET, rows, {})).rejects.toThrow(new TypeError(message));
});

function fleetRow(): FleetRow {
  return {
    scenario: 'oviedo-2026',
    mix: 'traditional',
    improvement: 'none',
    queries_per_day: 1e9,
    gwh_per_day: 0.7,
    gwh_low: 0.4,
    gwh_high: 1.2,
    beta: 1.3256,
    formula: 'oviedo',
    boundary: 'facility',
  };
}
