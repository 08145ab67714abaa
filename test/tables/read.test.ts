// What readTable says of files that it cannot read. Damage inside a column's bytes goes unseen: Arrow files carry no checksum
// (the manifest's hashes do). Permission to read cannot be tested as root.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import { readArrow, readTable } from '../../src/tables/read.js';
import { FLEET } from '../../src/tables/schema.js';
import { encodeTable } from '../../src/tables/write.js';
import { someRows } from './rows.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tables-read-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function problemsOf(file: string) {
  const error = await readTable(file).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).problems;
}

async function messageFor(bytes: Uint8Array | string): Promise<string> {
  const file = join(folder, 'x.arrow');
  await writeFile(file, bytes);
  const [problem, ...others] = await problemsOf(file);
  expect([problem.file, problem.key, others]).toEqual([file, '', []]);
  return problem.message;
}

const fleet = () => encodeTable(FLEET, someRows(FLEET, 20), {});

test('a missing file is named', async () => {
  const file = join(folder, 'none.arrow');
  expect(await problemsOf(file)).toEqual([{ file, key: '', message: 'does not exist; check the path' }]);
});

test('a path through a file is named', async () => {
  await writeFile(join(folder, 'plain'), '');
  expect(await problemsOf(join(folder, 'plain', 'x.arrow'))).toMatchObject([
    { message: /^no such file: a part of its path is a file, not a directory; give a table/ },
  ]);
});

test('a folder is told from a file', async () => {
  const file = join(folder, 'results');
  await mkdir(file);
  expect(await problemsOf(file)).toEqual([
    { file, key: '', message: 'is a folder; give one of the .arrow files in it' },
  ]);
});

test.each(['', 'ARROW', 'scenario,regime\n', 'PAR1'])('%j is not an Arrow file', async (text) => {
  expect(await messageFor(text)).toBe(
    'is not an Arrow IPC file; give a table that tokenjoule wrote, e.g. summary.arrow',
  );
});

test('a file cut short anywhere is told from a damaged one', async () => {
  const bytes = await fleet();
  for (const end of [6, 8, 11, 100, bytes.length - 7, bytes.length - 1]) {
    expect(await messageFor(bytes.subarray(0, end))).toBe('is cut short; copy it again or repeat the run');
  }
});

test('a damaged footer is reported with the cause', async () => {
  const bytes = Buffer.from(await fleet());
  bytes.fill(0xff, bytes.length - 200, bytes.length - 12);
  expect(await messageFor(bytes)).toMatch(/^is damaged \(.+\); copy it again or repeat the run$/);
});

test("another program's Arrow file is recognised", async () => {
  const bytes = tableToIPC(tableFromArrays({ a: [1, 2] }), 'file');
  expect(await messageFor(bytes)).toBe('is an Arrow file, but not one that tokenjoule wrote');
});

test('a newer format is not guessed at', async () => {
  const table = await readArrow(await written(await fleet()));
  table.schema.metadata.set('tokenjoule.format_version', '3');
  expect(await messageFor(tableToIPC(table, 'file'))).toBe(
    'was written by a newer tokenjoule (format 3); this one reads up to 2: upgrade',
  );
});

test('readArrow gives the Arrow table', async () => {
  const table = await readArrow(await written(await fleet()));
  expect([table.numRows, table.numCols]).toEqual([20, FLEET.columns.length]);
});

async function written(bytes: Uint8Array): Promise<string> {
  const file = join(folder, 'good.arrow');
  await writeFile(file, bytes);
  return file;
}
