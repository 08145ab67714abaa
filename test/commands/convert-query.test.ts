// The commands convert and query over folders of runs. That DuckDB can be missing is seen through a loader that fails.
import { cp, readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { convertCommand } from '../../src/commands/convert.js';
import { parseFormats } from '../../src/commands/formats.js';
import { queryCommand } from '../../src/commands/query.js';
import { InputError } from '../../src/errors.js';
import { openDuckDB } from '../../src/query/open-duckdb.js';
import { inTemporaryFolder, runInto, small } from '../folders.js';
import { recording } from '../surroundings.js';

async function query(sql: string, ...paths: string[]) {
  const around = recording();
  await queryCommand(['--json', sql, ...paths], around);
  return JSON.parse(around.written.join(''));
}

const twoRuns = <T>(use: (out: string) => Promise<T>) =>
  inTemporaryFolder(async (out) => {
    await runInto(out, await small({ name: 'first' }), true);
    await runInto(out, await small({ name: "sec'ond".replace("'", '-') }), true);
    return use(out);
  });

describe('convert', () => {
  test('writes tables beside themselves, twice with the same bytes', async () => {
    await twoRuns(async (out) => {
      const convert = () => convertCommand([out, '--to', 'parquet,csv', '-q'], recording());
      await convert();
      const first = await readFile(join(out, 'first', 'summary.parquet'));
      await convert();
      expect((await readFile(join(out, 'first', 'summary.parquet'))).equals(first)).toBe(true);
      expect(await readdir(join(out, 'sec-ond'))).toEqual(expect.arrayContaining(['samples.parquet', 'samples.csv']));
    });
  });

  test('with --out lays tables out in partitions by run', async () => {
    await twoRuns(async (out) => {
      const lake = join(out, 'lake');
      await convertCommand([out, '--to', 'parquet', '--out', lake, '-q'], recording());
      expect(await readdir(join(lake, 'summary'))).toEqual(['run=first', 'run=sec-ond']);
      expect(await readdir(join(lake, 'summary', 'run=first'))).toEqual(['summary.parquet']);
    });
  });

  test('writes nothing if one table is cut short', async () => {
    await twoRuns(async (out) => {
      await truncate(join(out, 'sec-ond', 'summary.arrow'), 1000);
      const converting = convertCommand([out, '--to', 'parquet'], recording());
      await expect(converting).rejects.toThrow(/summary\.arrow: is cut short/);
      expect((await readdir(join(out, 'first'))).filter((name) => name.endsWith('.parquet'))).toEqual([]);
    });
  });

  test('refuses a format that it does not know', () => {
    expect(() => parseFormats('run', '--format', 'arrow,xlsx')).toThrow(
      '--format takes arrow, parquet, csv, comma-separated; found "xlsx"',
    );
  });

  test('refuses a folder without tables', async () => {
    await inTemporaryFolder(async (folder) => {
      await expect(convertCommand([folder, '--to', 'csv'], recording())).rejects.toThrow(/holds no tables/);
    });
  });
});

describe('query', () => {
  test('sees the tables of all runs under their files’ names, with the run', async () => {
    await twoRuns(async (out) => {
      const rows = await query("select run, n from summary where metric = 'energy' order by run", out);
      expect(rows).toEqual([
        { run: 'first', n: 500 },
        { run: 'sec-ond', n: 500 },
      ]);
    });
  });

  test('finds what the samples hold', async () => {
    await twoRuns(async (out) => {
      expect(await query('select run, count(*) as draws from samples group by run order by run', out)).toEqual([
        { run: 'first', draws: 500 },
        { run: 'sec-ond', draws: 500 },
      ]);
    });
  });

  test('takes one run’s folder, whose name may have an apostrophe', async () => {
    await twoRuns(async (out) => {
      const folder = join(out, "o'clock");
      await cp(join(out, 'first'), folder, { recursive: true });
      expect(await query('select distinct run from fleet union all select distinct run from inputs', folder)).toEqual([
        { run: "o'clock" },
      ]);
    });
  });

  test('prints aligned text with the number of rows', async () => {
    await twoRuns(async (out) => {
      const around = recording();
      await queryCommand(["select run, 1.5 as x from summary where metric = 'energy' order by run", out], around);
      expect(around.written.join('')).toBe('run          x\nfirst    1.500\nsec-ond  1.500\n(2 rows)\n');
    });
  });

  test('refuses wrong SQL with DuckDB’s message', async () => {
    await twoRuns(async (out) => {
      await expect(query('select nothing_such from summary', out)).rejects.toThrow(InputError);
      await expect(query('selec 1', out)).rejects.toThrow(/Parser Error: syntax error at or near "selec"/);
    });
  });

  test('says how to install DuckDB where it is absent', async () => {
    const absent = () => Promise.reject(new Error('Cannot find package'));
    await expect(openDuckDB(absent)).rejects.toThrow(/npm install @duckdb\/node-api/);
  });
});
