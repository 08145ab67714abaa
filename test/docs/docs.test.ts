// The documentation's commands, run by the built command line in a folder of their own; pandas and R where they are installed
// (.ci/run installs them). Whether its prose is true no test sees, nor what pyarrow, R's arrow and Polars make of the tables.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import * as library from 'tokenjoule';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { needs, pythonWithPandas } from '../needs.js';

const run = promisify(execFile);

test('the scenario reference is what the schema says today', needs('minutes'), async () => {
  const { stdout } = await run('node', ['scripts/scenario-reference.mjs']);
  expect(await readFile('docs/scenario-reference.md', 'utf8')).toBe(stdout);
});

test(
  'the library reference is what the docstrings say today, and every name that users import has one',
  needs('minutes'),
  async () => {
    const { stdout } = await run('node', ['scripts/api-reference.mjs']);
    expect(await readFile('docs/api.md', 'utf8')).toBe(stdout);
    const headings = [...stdout.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(headings).toEqual(expect.arrayContaining(Object.keys(library)));
  },
);

describe('the how-to', { timeout: 300_000, ...needs('bash') }, () => {
  const cli = resolve('dist/cli.cjs');
  let folder: string;
  const blocks = async (language: string, page = 'docs/how-to.md') =>
    [...(await readFile(page, 'utf8')).matchAll(/```(\w+)\n(.*?)```/gs)]
      .filter(([, name]) => name === language)
      .map(([, , text]) => text);
  const inFolder = (command: string, args: readonly string[]) => run(command, [...args], { cwd: folder });
  const shell = (line: string) => inFolder('bash', ['-ec', line]);
  /** As users have it on their path; few samples, for what counts here is that it runs. */
  const quickly = (line: string) =>
    line.replaceAll('npx tokenjoule', `node "${cli}"`).replace(/ run (\S+)/, ' run $1 --samples 500');

  const runAll = async (block: string) => {
    for (const command of block.trim().split('\n')) await shell(command.replace(/^tokenjoule /, `node "${cli}" `));
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tokenjoule-how-to-'));
    await cp('scenarios', join(folder, 'scenarios'), { recursive: true });
    // What the blocks in other languages read: a later run of the page writes other formats there.
    const load = (await blocks('sh')).find((block) => block.includes('--format arrow,parquet,csv'))!;
    await runAll(load);
  }, 300_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('has SQL that DuckDB runs', async () => {
    const statements = (await blocks('sql')).flatMap((block) => block.trim().split(';\n'));
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    for (const statement of statements) {
      const reader = await connection.runAndReadAll(
        statement.replaceAll("'output/", `'${folder}/output/`).replaceAll("'lake/", `'${folder}/lake/`),
      );
      expect(reader.getRows().length).toBeGreaterThan(1);
    }
    expect(statements).toHaveLength(2);
    connection.closeSync();
  });

  test('has Python that pandas runs', needs('bash', 'pandas', 'minutes'), async () => {
    const [block, ...more] = await blocks('python');
    const { stdout } = await inFolder(pythonWithPandas()!, ['-c', block]);
    expect(stdout).toContain('frontier');
    expect(more).toEqual([]);
  });

  test('has R that runs', needs('bash', 'r'), async () => {
    const [block, ...more] = await blocks('r');
    const { stdout } = await inFolder('Rscript', ['-e', block]);
    expect(stdout).toContain('frontier');
    expect(more).toEqual([]);
  });

  test(
    'has a cron line that makes a folder for the day, and tables of all nights',
    needs('bash', 'minutes'),
    async () => {
      const [block] = await blocks('cron');
      const [, command] = block.trim().match(/^30 2 \* \* \* cd \/srv\/energy && (.*)$/)!;
      // What cron itself does to a line: an escaped percent sign is one.
      await shell(quickly(command.replaceAll('\\%', '%')));
      const [day] = await readdir(join(folder, 'nightly'));
      expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(await readdir(join(folder, 'lake/summary', `date=${day}`))).toContain('run=oviedo-2026');
    },
  );

  test('has a CI job whose steps run, and expectations that a scenario takes', needs('minutes'), async () => {
    const [job, expectations] = (await blocks('yaml')).map((block) => ({ text: block, data: parse(block) }));
    const steps: { run?: string }[] = job.data.jobs.energy.steps;
    const commands = steps.flatMap(({ run }) => run ?? []);
    expect(commands).toHaveLength(3);
    for (const command of commands) await shell(quickly(command));
    const scenario = await readFile(join(folder, 'scenarios/oviedo-2026.yaml'), 'utf8');
    await writeFile(join(folder, 'scenarios/expecting.yaml'), `${scenario}\n${expectations.text}`);
    await shell(quickly('npx tokenjoule run scenarios/expecting.yaml --quiet --out expecting'));
  });

  test('has a program that prints the blend’s median and quartiles', needs('minutes'), async () => {
    const file = resolve('test/docs/.program.mjs');
    await writeFile(file, (await blocks('js'))[0]);
    const { stdout } = await run(process.execPath, [file]).finally(() => rm(file));
    expect(stdout).toMatch(/^0\.\d\d Wh\/query \(0\.\d\d–0\.\d\d\)\n$/);
  });

  test(
    'begins with commands that run, as the page on machines has them, and they leave what they speak of',
    needs('minutes'),
    async () => {
      const [first] = await blocks('sh');
      const machines = await blocks('sh', 'docs/machines.md');
      expect(machines.length).toBeGreaterThan(1);
      for (const block of [first, ...machines]) await runAll(block);
      expect(await readdir(join(folder, 'output/oviedo-2026'))).toContain('report.html');
    },
  );

  test('and the page on the explorer have other commands, which run', needs('bash', 'minutes'), async () => {
    const others = [...(await blocks('sh')).slice(1), ...(await blocks('sh', 'docs/explorer.md'))];
    expect(others.length).toBeGreaterThan(6);
    for (const block of others) await runAll(block);
  });
});

test('the methodology names the constants that the scenario has', async () => {
  const [page, scenario] = await Promise.all(
    ['docs/methodology.md', 'scenarios/oviedo-2026.yaml'].map((file) => readFile(file, 'utf8')),
  );
  const numbers = [...scenario.matchAll(/p5: ([\d.]+), p95: ([\d.]+)/g)].map(([, p5, p95]) => `${p5}–${p95}`);
  expect(numbers.length).toBeGreaterThan(4);
  for (const range of numbers) expect(page).toContain(range);
});

test('no page names a file that is not there', async () => {
  const pages = (await readdir('docs')).filter((name) => name.endsWith('.md'));
  const links = (await Promise.all(pages.map((page) => readFile(join('docs', page), 'utf8')))).flatMap((text) =>
    [...text.replace(/`[^`]*`/g, '').matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path]) =>
      join('docs', path),
    ),
  );
  expect(links.length).toBeGreaterThan(20);
  const there = await Promise.all(
    links.map((path) =>
      stat(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  expect(links.filter((_, i) => !there[i])).toEqual([]);
});
