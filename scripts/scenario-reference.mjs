// Prints docs/scenario-reference.md from the schema that the checks are made of: node scripts/scenario-reference.mjs > docs/scenario-reference.md
import { scenarioJsonSchema } from '../dist/index.js';
import { SECTIONS } from './scenario-examples.mjs';

const schema = scenarioJsonSchema();

function typeOf(node) {
  if (node.const !== undefined) return `\`${JSON.stringify(node.const)}\``;
  if (node.enum) return node.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (node.$ref) return 'number or distribution';
  const several = node.anyOf ?? node.oneOf;
  if (several) return [...new Set(several.map(typeOf))].join(' or ');
  if (Array.isArray(node.type)) return node.type.join(' or ');
  return `${node.type ?? 'any'}${limits(node)}`;
}

function limits({ minimum, maximum, exclusiveMinimum, maxLength, minLength, pattern }) {
  const parts = [
    minimum !== undefined && `from ${minimum}`,
    exclusiveMinimum !== undefined && `above ${exclusiveMinimum}`,
    maximum !== undefined && `to ${maximum}`,
    minLength && `${minLength} characters or more`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    pattern && `of the pattern \`${pattern}\``,
  ].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** Keys of a mapping and of what is below it, as dotted paths; \`<name>\` stands for names of one's own. */
function* keys(node, path, required = []) {
  for (const alternative of [node, ...(node.anyOf ?? []), ...(node.oneOf ?? [])]) {
    for (const [key, value] of Object.entries(alternative.properties ?? {})) {
      const needed = (alternative.required ?? required).includes(key);
      yield { path: [...path, key].join('.'), value, needed };
      yield* keys(value, [...path, key]);
    }
    if (alternative.additionalProperties) yield* keys(alternative.additionalProperties, [...path, '<name>']);
    if (alternative.items) yield* keys(alternative.items, [...path.slice(0, -1), `${path.at(-1)}[]`]);
  }
}

function cell(text) {
  return String(text).replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

function row({ path, value, needed }) {
  const otherwise = value.default === undefined ? '' : `\`${JSON.stringify(value.default)}\``;
  return `| \`${path}\` | ${cell(typeOf(value))} | ${needed ? 'yes' : ''} | ${otherwise} | ${cell(value.description ?? '')} |`;
}

const seen = new Set();
const rows = [...keys(schema, [])].filter(({ path }) => !seen.has(path) && seen.add(path));
const sectionOf = ({ path }) => SECTIONS.findIndex(({ keys: own }) => own.includes(path.split(/[.[]/)[0]));
const named = SECTIONS.map((section, i) => ({ ...section, rows: rows.filter((one) => sectionOf(one) === i) }));
const others = rows.filter((one) => sectionOf(one) === -1);

const TABLE = '| key | takes | needed | default | meaning |\n|---|---|---|---|---|';

function section({ title, example, rows: own }) {
  const code = example === undefined ? '' : `\`\`\`yaml\n${example}\n\`\`\`\n\n`;
  return `## ${title}\n\n${code}${TABLE}\n${own.map(row).join('\n')}\n`;
}

const all = others.length === 0 ? named : [...named, { title: 'Further keys', rows: others }];
process.stdout.write(`# Scenario reference

Generated from the schema by \`scripts/scenario-reference.mjs\`; do not edit. \`tokenjoule schema\` prints the schema itself, for
editors. \`<name>\` stands for a name of your own; "number or distribution" for a number or one of the [distributions](distributions.md).
Each section begins with an example that a test checks; what regimes and models may state for themselves stands under their keys.

${all
  .filter(({ rows: own }) => own.length > 0)
  .map(section)
  .join('\n')}`);
