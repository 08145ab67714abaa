// Results that are none, damaged, newer than this tokenjoule, or have nowhere to go: each command says what is wrong, ends with 2
// and leaves the folder as it was. A full disk and a reader of other people's files no test here sees: tests run as root.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenjouleQuickly } from '../command-line.js';
import { runInto, small } from '../folders.js';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tokenjoule-bad-'));
  const good = await runInto(root, await small({ name: 'good' }));
  await mkdir(join(root, 'empty'));
  await cp(good, join(root, 'cut'), { recursive: true });
  await truncate(join(root, 'cut/summary.arrow'), 5000);
  await cp(good, join(root, 'newer'), { recursive: true });
  const file = join(root, 'newer/summary.arrow');
  const table = tableFromIPC(await readFile(file));
  table.schema.metadata.set('tokenjoule.format_version', '99');
  await writeFile(file, tableToIPC(table, 'file'));
  await mkdir(join(root, 'occupied'));
  await cp(good, join(root, 'occupied'), { recursive: true });
  await mkdir(join(root, 'occupied/report.html'));
  await writeFile(join(root, 'file'), 'no folder');
});

afterAll(() => rm(root, { recursive: true, force: true }));

const everything = async () => (await readdir(root, { recursive: true })).sort();

const CASES: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['report on a folder without tables', ['report', 'empty'], /^empty: holds no tables .*; give the folder of one run/],
  [
    'convert of a folder without tables',
    ['convert', 'empty', '--to', 'csv'],
    /^empty: holds no tables .*; give a folder/,
  ],
  ['query of a folder without tables', ['query', 'select 1', 'empty'], /^empty: holds no tables .*; give a folder/],
  [
    'compare with a folder without tables',
    ['compare', 'empty', 'good'],
    /^tokenjoule compare: good is a run's folder and empty is not; name two of runs, or two that hold them/,
  ],
  [
    'report on a truncated table',
    ['report', 'cut'],
    /^cut\/summary\.arrow: is cut short; copy it again or repeat the run/,
  ],
  ['convert of a truncated table', ['convert', 'cut', '--to', 'parquet,csv'], /^cut\/summary\.arrow: is cut short/],
  ['convert of a truncated table to a folder', ['convert', 'cut', '--to', 'parquet', '--out', 'lake'], /is cut short/],
  [
    'query of a truncated table',
    ['query', 'select count(*) from summary', 'cut'],
    /^cut\/summary\.arrow: is cut short/,
  ],
  ['compare with a truncated table', ['compare', 'good', 'cut'], /^cut\/summary\.arrow: is cut short/],
  [
    'report on a newer table',
    ['report', 'newer'],
    /summary\.arrow: was written by a newer tokenjoule \(format 99\).*: upgrade/,
  ],
  ['convert of a newer table', ['convert', 'newer', '--to', 'parquet'], /written by a newer tokenjoule/],
  ['query of a newer table', ['query', 'select 1 from summary', 'newer'], /written by a newer tokenjoule/],
  ['compare with a newer table', ['compare', 'newer', 'good'], /written by a newer tokenjoule/],
  ['an error in SQL', ['query', 'selec 1', 'good'], /^tokenjoule query: Parser Error: syntax error at or near "selec"/],
  ['a column that is not there', ['query', 'select nope from summary', 'good'], /Binder Error: .*"nope" not found/],
  [
    'report where a folder is in the way',
    ['report', 'occupied'],
    /^occupied: holds a folder where a result file should go/,
  ],
  ['convert into a file', ['convert', 'good', '--to', 'parquet', '--out', 'file'], /is a file, not a folder/],
];

describe('bad results', { timeout: 60_000 }, () => {
  test.each(CASES)('%s: a message, exit 2, nothing written', async (_, args, message) => {
    const before = await everything();
    const { status, stdout, stderr } = await tokenjouleQuickly(args, { cwd: root });
    expect(stderr).toMatch(message);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(await everything()).toEqual(before);
  });
});
