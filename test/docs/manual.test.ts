// The manual: every command of the tutorial, every block of the recipes, every line of the table of distributions, every scenario of the
// gallery, and an example for each section of the scenario reference, run. Whether the prose helps no test sees, nor Excel and Power BI.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { needs, pythonWithPandas } from '../needs.js';

const run = promisify(execFile);
const cli = resolve('dist/cli.cjs');

async function blocks(page: string, language: string): Promise<string[]> {
  const text = await readFile(page, 'utf8');
  return [...text.matchAll(/```(\w+)\n(.*?)```/gs)].filter(([, name]) => name === language).map(([, , block]) => block);
}

describe('the manual', { timeout: 300_000, ...needs('bash') }, () => {
  let folder: string;
  const shell = (block: string) =>
    run('bash', ['-ec', block.replaceAll(/^tokenjoule /gm, `node "${cli}" `)], { cwd: folder });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tokenjoule-manual-'));
    await cp('scenarios', join(folder, 'scenarios'), { recursive: true });
    await shell((await blocks('docs/recipes.md', 'sh'))[0]);
  }, 300_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test(
    'has a tutorial whose commands run in order, from own rows to a report that says what is known',
    needs('minutes'),
    async () => {
      const [yaml] = await blocks('docs/tutorial.md', 'yaml');
      const [rows, traffic, ...others] = await blocks('docs/tutorial.md', 'sh');
      for (const block of [rows, traffic]) await shell(block);
      await writeFile(join(folder, 'mine/fleet.yaml'), yaml);
      for (const block of others) await shell(block);
      const page = await readFile(join(folder, 'output/my-fleet/report.html'), 'utf8');
      expect(page).toMatch(/40,000,000 queries a day take <strong>[\d.,]+ [MG]Wh a day<\/strong> \(all, known to/);
      expect(await readdir(join(folder, 'output'))).toContain('report.html');
    },
  );

  test('has recipes in SQL that DuckDB runs', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const statements = (await blocks('docs/recipes.md', 'sql')).flatMap((block) => block.trim().split(';\n'));
    expect(statements).toHaveLength(2);
    for (const statement of statements) {
      const reader = await connection.runAndReadAll(statement.replaceAll("'output/", `'${folder}/output/`));
      expect(reader.getRows().length).toBeGreaterThan(3);
    }
    connection.closeSync();
  });

  test('has recipes in Python that pandas runs', needs('bash', 'pandas', 'minutes'), async () => {
    const [block] = await blocks('docs/recipes.md', 'python');
    expect((await run(pythonWithPandas()!, ['-c', block], { cwd: folder })).stdout).toContain('frontier');
  });

  test('has recipes in R that run', needs('bash', 'r'), async () => {
    const [block] = await blocks('docs/recipes.md', 'r');
    expect((await run('Rscript', ['-e', block], { cwd: folder })).stdout).toContain('frontier');
  });

  test('has a gallery whose scenarios are there and hold', needs('minutes'), async () => {
    const text = await readFile('docs/gallery.md', 'utf8');
    const files = [...text.matchAll(/scenarios\/[\w/.-]+\.yaml/g)].map(([file]) => file);
    expect(files.length).toBeGreaterThan(5);
    await run(process.execPath, [cli, 'check', ...files]);
  });
});

const BASE = {
  version: 1,
  name: 'line',
  models: { m: { tps: 1000 } },
  node_power_kw: 10,
  pue: 1.2,
  power_utilization: 0.6,
  input_tokens: 500,
  output_tokens: 300,
  regimes: { one: {} },
};

describe('the table of distributions', async () => {
  const text = await readFile('docs/distributions.md', 'utf8');
  const lines = [...text.matchAll(/^\| `(\w+)` \| `([^`]+)` \| !\[\w+\]\(([^)]+)\)/gm)].map(
    ([, family, line, picture]) => ({ family, line, picture }),
  );

  test('has every family that a scenario may write', async () => {
    const { familyNames } = await import('../../src/distributions/index.js');
    expect(lines.map(({ family }) => family).sort()).toEqual([...familyNames].sort());
  });

  test.each(lines)('has for $family a line that a scenario takes, and a picture', async ({ line, picture }) => {
    const needed = line.startsWith('concurrency') ? { models: COSTS } : {};
    const scenario = JSON.stringify({ ...BASE, ...needed, ...parse(`{ ${line} }`) });
    const resolved = await scenarioFromText(scenario, 'line.json', async (_, refuse) => refuse('no dataset here'));
    expect(resolved.regimes).toHaveLength(1);
    expect(await readFile(join('docs', picture), 'utf8')).toMatch(/<path fill="#0b62b0" d="M/);
  });
});

const COSTS = { m: { node_seconds: { per_input_token: 1e-4, per_output_token: 1e-4 } } };

describe('the scenario reference', async () => {
  const script = resolve('scripts/scenario-examples.mjs');
  const { SECTIONS } = (await import(script)) as {
    SECTIONS: { title: string; keys: string[]; example: string }[];
  };

  test.each(SECTIONS)('has for “$title” an example that a scenario takes', async ({ keys, example }) => {
    const stated = parse(example);
    expect(Object.keys(stated).some((key) => keys.includes(key))).toBe(true);
    const scenario = JSON.stringify({ ...BASE, ...stated });
    const resolved = await scenarioFromText(scenario, 'example.json', async (_, refuse) => refuse('no dataset here'));
    expect(resolved.models.length).toBeGreaterThan(0);
  });

  test('has every key of the schema, once', needs('minutes'), async () => {
    const { scenarioJsonSchema } = await import('../../src/scenario/json-schema.js');
    const { properties } = scenarioJsonSchema() as { properties: object };
    const { stdout } = await run(process.execPath, ['scripts/scenario-reference.mjs']);
    for (const key of Object.keys(properties)) expect(stdout.split(`\n| \`${key}\` |`), key).toHaveLength(2);
  });
});
