// Tables of format 1, which lack what came with format 2. What it cannot see: tables that version 0.2.0 itself wrote, which the
// pins hold by their values.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRowsOf } from '../../src/tables/read.js';
import { FLEET, type FleetRow } from '../../src/tables/schema.js';
import { encodeTable } from '../../src/tables/write.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'format-1-'));
});
afterAll(() => rm(folder, { recursive: true }));

const ROW: FleetRow = {
  ...{ scenario: 's', mix: 'all', improvement: 'none', queries_per_day: 1e9, gwh_per_day: 0.7, gwh_low: 0.6 },
  ...{ gwh_high: 0.8, beta: 1, formula: 'oviedo', boundary: 'facility' },
};

/** The table as format 1 had it: without these columns. */
async function earlier(...without: readonly string[]): Promise<string> {
  const table = tableFromIPC(await encodeTable(FLEET, [ROW], {}));
  const kept = table.select(table.schema.names.filter((name) => !without.includes(String(name))));
  kept.schema.metadata.set('tokenjoule.format_version', '1');
  const file = join(folder, 'fleet.arrow');
  await writeFile(file, tableToIPC(kept, 'file'));
  return file;
}

test('a table of format 1 is read as if its formula and boundary were empty', async () => {
  const file = await earlier('formula', 'boundary');
  expect(await readRowsOf(file, FLEET)).toEqual([{ ...ROW, formula: '', boundary: '' }]);
});

test('a table of format 1 that lacks a column of its own is refused', async () => {
  const file = await earlier('formula', 'boundary', 'beta');
  await expect(readRowsOf(file, FLEET)).rejects.toThrow(
    'fleet.arrow: lacks the column beta (float); repeat the run with this version',
  );
});
