// Datasets changed at random, four changes at most, some of their bytes too: each is read, or refused with words for its writer,
// within a second. Of those that are read, no row has vanished without a word: rows read and rows of the file are as many, and every
// length that has a digit in it is a number.
//   npm run build && node bench/fuzz-tables.mjs [seconds] [seed] [folder for findings]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDataset } from '../dist/scenario/dataset/parse-dataset.js';
import { fuzz } from './fuzz/fuzz.mjs';
import { mutated, pick } from './fuzz/mutations.mjs';
import { findingOf } from './fuzz/outcome.mjs';

const FOLDERS = ['../scenarios/data/', '../test/cases/datasets/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
const DAMAGED_SHARE = 0.2;
const MOST_LINES = 40;

const texts = FOLDERS.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .map((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, MOST_LINES).join('\n')),
);

const findings = await fuzz('table', process.argv.slice(2), async (random) => {
  const text = mutated(pick(texts, random), random, texts);
  const bytes = new TextEncoder().encode(text);
  const input = random() < DAMAGED_SHARE ? damaged(bytes, random) : bytes;
  const outcome = await findingOf(
    () => parseDataset('d.csv', { name: 'd.csv', bytes: input }),
    text,
    (dataset) => vanished(dataset, new TextDecoder().decode(input)),
  );
  return { input, extension: '.csv', ...outcome };
});
process.exitCode = findings === 0 ? 0 : 1;

function damaged(bytes, random) {
  const copy = Uint8Array.from(bytes);
  if (copy.length > 0) copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
  return copy;
}

/** Quotes may hold line ends; such files are left to the reader. */
function vanished({ rows }, text) {
  if (text.includes('"')) return undefined;
  const lines = text.split(/\r\n|\n|\r/).filter((line) => /[^\s,\ufeff]/.test(line)).length - 1;
  return rows.length === lines ? undefined : `${lines} lines, ${rows.length} rows`;
}
