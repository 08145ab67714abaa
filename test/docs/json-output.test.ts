// docs/json-output.md against what the commands print. What a field means no test sees; `status` needs a cluster and is not on that page.
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TABLES } from 'tokenjoule';
import { describe, expect, test } from 'vitest';
import { LEVERS_TABLE } from '../../src/tables/levers.js';
import { tokenjouleQuickly } from '../command-line.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { NESTED_SCENARIO } from '../worlds/scenario-text.js';

/** Standard output, whatever the exit status. */
async function printed(folder: string, args: readonly string[]): Promise<unknown> {
  const { stdout, stderr } = await tokenjouleQuickly(args, { cwd: folder });
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`no JSON: ${stdout.slice(0, 200)} ${stderr}`);
  }
}

/** Every leaf's path with the types it has, e.g. `runs[].seconds`: number. */
function leavesOf(value: unknown, path = '', leaves = new Map<string, Set<string>>()) {
  if (Array.isArray(value)) for (const item of value) leavesOf(item, `${path}[]`, leaves);
  else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) leavesOf(item, path === '' ? key : `${path}.${key}`, leaves);
  } else {
    const types = leaves.get(path) ?? new Set();
    leaves.set(path, types.add(value === null ? 'null' : typeof value));
  }
  return leaves;
}

const TYPES: Readonly<Record<string, readonly string[]>> = {
  text: ['string'],
  number: ['number'],
  'true or false': ['boolean'],
  'number or null': ['number', 'null'],
  'number or text': ['number', 'string'],
};

interface Field {
  readonly path: string;
  readonly type: string;
  readonly optional: boolean;
}

async function sectionOf(command: string): Promise<Field[]> {
  const page = await readFile('docs/json-output.md', 'utf8');
  const section = page.split(/^## /m).find((text) => text.startsWith(`${command}\n`))!;
  return [...section.matchAll(/^\| `(.+?)` \| (.+?)(, optional)? \| .+ \|$/gm)].map(([, path, type, optional]) => ({
    path,
    type,
    optional: optional !== undefined,
  }));
}

/** Rows of a table as the fields of its columns. */
function fieldsOf(field: Field, ofRun: readonly Field[]): Field[] {
  const table = field.type.match(/^rows? of (\w+)$/)?.[1];
  if (field.type === 'as of run') {
    const own = ofRun.filter(({ path }) => path.startsWith('runs[].expectations[]'));
    return own.map((one) => ({ ...one, path: one.path.replace('runs[].expectations[]', field.path) }));
  }
  if (table === undefined) return [field];
  return [...TABLES, LEVERS_TABLE]
    .find(({ name }) => name === table)!
    .columns.map(({ name, type }) => ({
      path: `${field.path}.${name}`,
      type: type === 'text' ? 'text' : type === 'count' ? 'number' : 'number or null',
      optional: field.optional,
    }));
}

async function expectAsDocumented(command: string, documents: readonly unknown[]): Promise<void> {
  const ofRun = await sectionOf('run');
  const fields = (await sectionOf(command))
    .flatMap((field) => fieldsOf(field, ofRun))
    .flatMap((field) => fieldsOf(field, ofRun));
  const leaves = leavesOf(documents[0]);
  for (const more of documents.slice(1)) leavesOf(more, '', leaves);
  const objects = fields.filter(({ type }) => type === 'object').map(({ path }) => path);
  const found = [...leaves.keys()].filter((path) => !objects.some((object) => path.startsWith(object)));
  const expected = fields.filter(({ type }) => type !== 'object');
  expect(found.sort()).toEqual(expected.map(({ path }) => path).sort());
  for (const { path, type } of expected)
    expect(TYPES[type], `${path}: ${type}`).toEqual(expect.arrayContaining([...leaves.get(path)!]));
}

/** Expectations of every kind, and a file that is no scenario. */
async function prepared(folder: string): Promise<void> {
  await cp('scenarios', join(folder, 'scenarios'), { recursive: true });
  await writeFile(join(folder, 'broken.yaml'), 'version: 1\n');
  await writeFile(join(folder, 'nested.yaml'), NESTED_SCENARIO);
  for (const name of ['oviedo-2026', 'sweep-pue-utilization']) {
    const text = await readFile(join(folder, `scenarios/${name}.yaml`), 'utf8');
    const expectations = `
expect:
  energy.p50:
    - { within: [0.30, 0.32], regime: traditional, subject: frontier, trim: p14-p86 }
    - { ratio_to: ../output/${name}, below: 1.05, regime: traditional, subject: frontier }
`;
    await writeFile(join(folder, `scenarios/expecting-${name}.yaml`), text + expectations);
  }
}

describe('the documented fields of --json are those that are printed', { timeout: 240_000 }, () => {
  test('by run, block, sweep, analyze, compare, levers, check and query', needs('minutes'), async () => {
    await inTemporaryFolder(async (folder) => {
      await prepared(folder);
      const json = (line: string) => printed(folder, [...line.split(' '), '--json', '--quiet']);
      const few = '--samples 500';
      const run = await json(`run scenarios/oviedo-2026.yaml ${few}`);
      await expectAsDocumented('run', [run, await json(`run scenarios/expecting-oviedo-2026.yaml broken.yaml ${few}`)]);
      await expectAsDocumented('run --block', [await json(`run scenarios/oviedo-2026.yaml ${few} --block 0`)]);
      await expectAsDocumented('sweep', [
        await json(`sweep scenarios/sweep-pue-utilization.yaml ${few}`),
        await json(`sweep scenarios/expecting-sweep-pue-utilization.yaml broken.yaml ${few}`),
        // With a fleet, and worlds.
        await json(`sweep nested.yaml --over pue=1.1,1.3 ${few}`),
      ]);
      await expectAsDocumented('analyze', [
        await json('analyze scenarios/oviedo-2026.yaml --samples 64 --resamples 10'),
        await json('analyze scenarios/oviedo-2026.yaml --method tornado --samples 64'),
      ]);
      await expectAsDocumented('compare', [
        await json(`compare scenarios/oviedo-2025.yaml scenarios/oviedo-2026.yaml ${few}`),
        // Of other regimes, which is noted.
        await json(`compare scenarios/oviedo-2026.yaml scenarios/input-length.yaml ${few}`),
      ]);
      await expectAsDocumented('levers', [
        await json(`levers scenarios/azure-week.yaml ${few}`),
        await json(`levers scenarios/oviedo-2026.yaml ${few}`),
      ]);
      await expectAsDocumented('check', [await json('check scenarios/oviedo-2026.yaml')]);
      const rows = await printed(folder, [
        'query',
        "select run, p50 from summary where metric = 'energy' limit 2",
        'output',
        '--json',
      ]);
      expect([...leavesOf(rows).keys()]).toEqual(['[].run', '[].p50']);
    });
  });
});
