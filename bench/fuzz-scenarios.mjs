// Scenarios changed at random, four changes at most, from those that ship and some small ones: each is resolved (sweeps to their
// cells) or refused with words for its writer, within a second; of those that are resolved some are drawn, 500 samples each, and
// every quantile is a number or null.
//   npm run build && node bench/fuzz-scenarios.mjs [seconds] [seed] [folder for findings]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkLimits } from '../dist/plan/limits.js';
import { tablesOf } from '../dist/result/rows/tables.js';
import { scenarioFromText } from '../dist/scenario/from-text.js';
import { sweepFromText } from '../dist/scenario/sweep-from-text.js';
import { simulateHere } from '../dist/simulate/simulate.js';
import { fuzz } from './fuzz/fuzz.mjs';
import { mutated, pick } from './fuzz/mutations.mjs';
import { findingOf } from './fuzz/outcome.mjs';

const SEEDS = ['../scenarios/', '../test/hostile/seeds/', '../test/pins/', '../test/cases/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
/** Tables that scenarios name; larger ones take most of the time and show nothing else. */
const TABLES = tablesOfFolders(['../scenarios/data/', '../test/cases/datasets/'], 20_000);
// Errors of a parser that are caught and told in other words need no deep stack.
Error.stackTraceLimit = 4;
const LIMITS = { samples: 1e12, outputs: 200 };
const DRAWN_SHARE = 0.1;

const written = SEEDS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => withoutComments(readFileSync(join(folder, name), 'utf8'))),
);
const texts = [];
for (const text of written) if (!(await findingOf(() => answerTo(text), text)).refused) texts.push(text);

const findings = await fuzz('scenario', process.argv.slice(2), async (random) => {
  const input = mutated(pick(texts, random), random, texts);
  const draws = !isSweep(input) && random() < DRAWN_SHARE;
  const read = await findingOf(() => answerTo(input), input);
  const late = draws && !read.refused ? await findingOf(() => drawn(input), input, strangeNumbers) : read;
  return { ...late, input, extension: '.yaml', finding: read.finding ?? late.finding };
});
process.exitCode = findings === 0 ? 0 : 1;

/** Changes of comments change nothing. */
function withoutComments(text) {
  return text.replaceAll(/^\s*#.*\n/gm, '');
}

async function dataset(name, refuse) {
  return TABLES.get(name.split(/[/\\]/).at(-1)) ?? refuse('no such file');
}

function tablesOfFolders(folders, mostBytes) {
  const files = folders.flatMap((path) => {
    const folder = fileURLToPath(new URL(path, import.meta.url));
    return readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  });
  return new Map(files.filter(({ bytes }) => bytes.length < mostBytes).map((file) => [file.name, file]));
}

function isSweep(text) {
  return /^sweep:/m.test(text);
}

function answerTo(text) {
  return isSweep(text) ? sweep(text) : resolve(text);
}

function resolve(text) {
  return scenarioFromText(text, 's.yaml', dataset);
}

/** Few cells: many would be asked for by the number alone. */
function sweep(text) {
  return sweepFromText(text, 's.yaml', dataset, {}, 20);
}

async function drawn(text) {
  const { precision: _, sampler: __, ...scenario } = { ...(await resolve(text)), samples: 500 };
  checkLimits('s.yaml', scenario, LIMITS);
  return tablesOf(await simulateHere(scenario, { kernel: 'reference' }));
}

/** In loops: a fuzzer spends a tenth of its time here. */
function strangeNumbers(tables) {
  for (const table in tables)
    for (const row of tables[table])
      for (const column in row) {
        const value = row[column];
        if (typeof value === 'number' && !Number.isFinite(value))
          return `a number that is none: ${table} ${column} ${value}`;
      }
  return undefined;
}
