// Prints docs/api.md from the declarations that the build makes of the docstrings: node scripts/api-reference.mjs > docs/api.md
// Fails where a name that users can import has no docstring.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const VALUES = new Map(Object.entries(await import('../dist/index.js')));
const DIST = new URL('../dist/', import.meta.url).pathname;
const ENTRIES = [
  { entry: 'browser', title: 'In a browser, or anywhere', from: 'tokenjoule/browser' },
  { entry: 'index', title: 'With Node besides', from: 'tokenjoule' },
];

/** Names that an entry exports, with the declaration file of each. */
async function exportsOf(entry) {
  const text = await readFile(join(DIST, `${entry}.d.ts`), 'utf8');
  return [...text.matchAll(/export (?:type )?\{([^}]*)\} from '([^']+)\.js'/g)].flatMap(([, names, from]) =>
    names.split(',').flatMap((written) => {
      const [name, alias = name] = written
        .trim()
        .replace(/^type /, '')
        .split(' as ');
      return name ? [{ name, alias, file: join(DIST, dirname(entry), `${from}.d.ts`) }] : [];
    }),
  );
}

/** A name's docstring and its declaration, as written. */
async function declarationOf({ name, alias, file }) {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const pattern = new RegExp(`^export (declare )?(abstract )?(function|interface|type|class|const) ${name}\\b`);
  const starts = lines.flatMap((line, i) => (pattern.test(line) ? [i] : []));
  if (starts.length === 0) throw new Error(`${file} does not declare ${name}`);
  const doc = docAbove(lines, starts[0]);
  if (!doc) throw new Error(`${name} of ${file} has no docstring, and users can import it`);
  return { alias, doc, code: starts.map((start) => publicPart(codeFrom(lines, start))).join('\n') };
}

function docAbove(lines, start) {
  if (!lines[start - 1]?.trimEnd().endsWith('*/')) return undefined;
  let first = start - 1;
  while (!lines[first].startsWith('/**')) first--;
  return lines
    .slice(first, start)
    .map((line) => line.replace(/^\/\*\* ?|^ \*\/|^ \* ?/, '').replace(/ ?\*\/$/, ''))
    .join('\n')
    .trim();
}

/** A declaration ends with its first line that is not indented and closes it. */
function codeFrom(lines, start) {
  const length = lines.slice(start).findIndex((line, i) => (i === 0 || !/^\s/.test(line)) && /(;|^\})$/.test(line));
  return lines.slice(start, start + length + 1).join('\n');
}

function publicPart(code) {
  return code
    .replace(/(?: {4}\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)? {4}(?:private .*|#private);\n/g, '')
    .replace(/^export (declare )?/, '');
}

/** Tags become a list; the rest is Markdown already. */
function prose(doc) {
  const [text, ...tags] = doc.split(/^@|\n@/);
  const items = tags.map((tag) => {
    const [, kind, rest] = tag.replace(/\s*\n\s*/g, ' ').match(/^(\w+) ?(.*)$/);
    if (kind !== 'param') return `- *${kind}* ${rest}`;
    const [, name, meaning] = rest.match(/^(\S+) ?(.*)$/);
    return `- \`${name}\` ${meaning}`;
  });
  return [text.trim(), items.join('\n')].filter(Boolean).join('\n\n');
}

/** A table's columns say more than their type; everything else is shown as it is declared. */
function body(alias, code) {
  const value = VALUES.get(alias);
  if (value?.columns) return columnsTable(value.columns);
  if (Array.isArray(value) && value.every(({ columns }) => columns))
    return value.map(({ name }) => `\`${name}\``).join(', ');
  return `\`\`\`ts\n${code}\n\`\`\``;
}

function columnsTable(columns) {
  const rows = columns.map(({ name, type, unit, meaning }) => `| \`${name}\` | ${type} | ${unit} | ${meaning} |`);
  return ['| column | type | unit | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

function section({ alias, doc, code }) {
  return `### ${alias}\n\n${prose(doc)}\n\n${body(alias, code)}\n`;
}

const chapters = [];
for (const { entry, title, from } of ENTRIES) {
  const declarations = [];
  for (const one of await exportsOf(entry)) declarations.push(await declarationOf(one));
  declarations.sort((a, b) => (a.alias.toLowerCase() < b.alias.toLowerCase() ? -1 : 1));
  const links = declarations.map(({ alias }) => `[${alias}](#${alias.toLowerCase()})`).join(', ');
  chapters.push(`## ${title}\n\n\`import { … } from '${from}'\`: ${links}\n\n${declarations.map(section).join('\n')}`);
}
process.stdout.write(`# Library reference

Generated from the docstrings by \`scripts/api-reference.mjs\`; do not edit. \`tokenjoule\` exports everything here;
\`tokenjoule/browser\` the first part, which needs no Node.

${chapters.join('\n')}`);
