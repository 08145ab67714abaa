// Writes what the tables of scenarios/data say of models, accelerators and names into src/model/catalogue/shipped, for whatever
// looks them up where there is no disk: npm run build && node scripts/catalogue.mjs. With new columns, build, write, build again.
// test/model/catalogue/shipped.test.ts compares the two.
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { HARDWARE_COLUMNS } from '../dist/model/catalogue/hardware.js';
import { MODEL_COLUMNS } from '../dist/model/catalogue/models.js';
import { REGION_COLUMNS } from '../dist/model/catalogue/regions.js';

const LONGEST_LINE = 120;

const read = (file) =>
  parse(readFileSync(new URL(`../scenarios/data/${file}`, import.meta.url), 'utf8'), { columns: true });

const lines = (columns, file) =>
  read(file)
    .map((record) => columns.map((column) => record[column]).join('|'))
    .join('\n');

/** For each canonical name: itself, its family, the other names; what is too long for a line goes on in the next. */
function nameLines(kind) {
  const groups = new Map();
  for (const alias of read('aliases.csv').filter((one) => one.kind === kind)) {
    const { canonical_name, family, name } = alias;
    if (!groups.has(canonical_name)) groups.set(canonical_name, [canonical_name, family]);
    if (name !== canonical_name) groups.get(canonical_name).push(name);
  }
  return [...groups.values()].map(wrapped).join('\n');
}

function wrapped(fields) {
  let line = '';
  return fields.reduce((text, field, i) => {
    const next = `${i === 0 ? '' : '|'}${field}`;
    const breaks = line.length + next.length > LONGEST_LINE;
    line = breaks ? next : line + next;
    return `${text}${breaks ? '\n' : ''}${next}`;
  }, '');
}

const written = (name, about, text) =>
  writeFileSync(
    new URL(`../src/model/catalogue/shipped/${name}.ts`, import.meta.url),
    `/** ${about} Written by scripts/catalogue.mjs, not by hand. */
export const ${name.toUpperCase().replaceAll('-', '_')} = \`${text}\`;
`,
  );

written('shipped-models', 'Rows of scenarios/data/models.csv.', lines(MODEL_COLUMNS, 'models.csv'));
written('shipped-regions', 'Rows of scenarios/data/grid-carbon.csv.', lines(REGION_COLUMNS, 'grid-carbon.csv'));
written('shipped-hardware', 'Rows of scenarios/data/hardware.csv.', lines(HARDWARE_COLUMNS, 'hardware.csv'));
for (const kind of ['model', 'accelerator', 'precision'])
  written(`${kind}-names`, 'Names of scenarios/data/aliases.csv.', nameLines(kind));
