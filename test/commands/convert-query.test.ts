// The commands convert and query over folders of runs. That DuckDB can be missing is seen through a loader that fails.
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { convertCommand } from '../../src/commands/convert.js';
import { parseFormats } from '../../src/commands/formats.js';
import { queryCommand } from '../../src/commands/query.js';
import { InputError } from '../../src/errors.js';
import { openDuckDB } from '../../src/query/open-duckdb.js';
import { inTemporaryFolder, runInto, small } from '../folders.js';
import { needs } from '../needs.js';
import { recording } from '../surroundings.js';

async function query(sql: string, ...paths: string[]) {
  const around = recording();
  await queryCommand(['--json', sql, ...paths], around);
  return JSON.parse(around.written.join(''));
}

let runs: string;
beforeAll(async () => {
  runs = await mkdtemp(join(tmpdir(), 'convert-query-'));
  await runInto(runs, await small({ name: 'first' }), true);
  await runInto(runs, await small({ name: 'sec-ond' }), true);
});
afterAll(() => rm(runs, { recursive: true }));

const twoRuns = <T>(use: (out: string) => Promise<T>) =>
  inTemporaryFolder(async (out) => {
    await cp(runs, out, { recursive: true });
    return use(out);
  });

describe('convert', () => {
  test('writes tables beside themselves, twice with the same bytes', needs('minutes'), async () => {
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

  describe('is held to its tables', () => {
    const forbidden = [
      ["select * from read_text('FILE')", /reads and writes files only with --allow-files/],
      ["select * from 'FILE'", /only with --allow-files/],
      ["copy (select 1) to 'FILE.csv'", /only with --allow-files/],
      ["attach 'FILE.db'", /only with --allow-files/],
      ["export database 'FILE.d'", /only with --allow-files/],
      ['set enable_external_access = true', /the configuration has been locked/],
      ["set allowed_directories = ['/']", /the configuration has been locked/],
      ["set memory_limit = '100GB'", /the configuration has been locked/],
    ] as const;

    test.each(forbidden)('%s', async (sql, message) => {
      await twoRuns(async (out) => {
        const file = join(out, 'outside.csv');
        await writeFile(file, 'a secret');
        const before = await readdir(out, { recursive: true });
        await expect(query(sql.replace('FILE', file), out)).rejects.toThrow(message);
        expect(await readdir(out, { recursive: true })).toEqual(before);
      });
    });

    test.each([[[]], [['--allow-files']]])(
      'no query reaches a network, nor loads an extension (flags: %j)',
      needs('minutes'),
      async (flags) => {
        let asked = 0;
        const server = createServer((_, response) => {
          asked++;
          response.end();
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const { port } = server.address() as AddressInfo;
        const address = `http://127.0.0.1:${port}`;
        await twoRuns(async (out) => {
          for (const sql of [
            `install httpfs from '${address}'`,
            `force install httpfs from '${address}'`,
            `select 1; install httpfs from '${address}'; select 2`,
            'load httpfs',
            `select * from '${address}/x.csv'`,
            `attach '${address}/x.db'`,
          ]) {
            await expect(query(sql, out, ...flags)).rejects.toThrow(InputError);
          }
          await expect(query('install httpfs', out, ...flags)).rejects.toThrow('no extension is installed or loaded');
        });
        server.close();
        expect(asked).toBe(0);
      },
    );

    test('--allow-files lets it read and write them', needs('minutes'), async () => {
      await twoRuns(async (out) => {
        const file = join(out, 'numbers.csv');
        expect(await query(`copy (select 7 as n) to '${file}'`, out, '--allow-files')).toEqual([{ Count: 1 }]);
        expect(await query(`select n from '${file}'`, out, '--allow-files')).toEqual([{ n: 7 }]);
      });
    });

    test(
      'time, memory and rows of an answer are bounded, and the message names the flag',
      needs('minutes'),
      async () => {
        await twoRuns(async (out) => {
          const endless = 'select count(*) from range(1000000000000) a, range(1000) b where a.range % 7 = b.range % 11';
          await expect(query(endless, out, '--max-seconds', '1')).rejects.toThrow(
            'took longer than 1.0 s; --max-seconds allows more',
          );
          await expect(query('select list(range) from range(100000000)', out, '--max-memory', '100MB')).rejects.toThrow(
            /^tokenjoule query: Out of Memory Error: [^\n]*; --max-memory allows more$/,
          );
          await expect(query('select * from range(1000001)', out)).rejects.toThrow('more than 1,000,000 rows');
        });
      },
    );

    test('Ctrl-C ends it at once', async () => {
      await twoRuns(async (out) => {
        const stop = new AbortController();
        setTimeout(() => stop.abort(new Error('Ctrl-C')), 500);
        const endless = 'select count(*) from range(1000000000000) a, range(1000) b where a.range % 7 = b.range % 11';
        await expect(queryCommand([endless, out], { ...recording(), signal: stop.signal })).rejects.toThrow('Ctrl-C');
      });
    });

    test('several statements answer with the last, and each sees what those before it made', async () => {
      await twoRuns(async (out) => {
        const sql = 'create table t as select distinct run from summary; select count(*) as runs from t';
        expect(await query(sql, out)).toEqual([{ runs: 2 }]);
        await expect(query('/* nothing */', out)).rejects.toThrow('the query holds no statement');
      });
    });

    test('a folder for temporary files that is not there is named', async () => {
      await twoRuns(async (out) => {
        vi.stubEnv('TMPDIR', join(out, 'none'));
        await expect(query('select 1', out)).rejects.toThrow(
          `tokenjoule query: the folder for temporary files, ${join(out, 'none')}, cannot be written (ENOENT); set TMPDIR to one that can`,
        );
        vi.unstubAllEnvs();
      });
    });
  });

  test('says how to install DuckDB where it is absent', async () => {
    const failing = (code: string) => () => Promise.reject(Object.assign(new Error('Cannot find package'), { code }));
    await expect(openDuckDB(failing('ERR_MODULE_NOT_FOUND'))).rejects.toThrow(/npm install @duckdb\/node-api/);
    await expect(openDuckDB(failing('EMFILE'))).rejects.toThrow(
      /is installed and cannot be loaded: Cannot find package/,
    );
  });
});
