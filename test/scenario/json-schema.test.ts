// The JSON Schema against the checks it is made with. Not seen here: what editors make of it; sums, names and bounds, which
// JSON Schema cannot say.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.js';
import { edited, RIGHT } from './fixtures.js';
import { accepts } from './json-schema.js';

const schema = scenarioJsonSchema() as Readonly<Record<string, unknown>>;
const shipped = readdirSync('scenarios').filter((file) => file.endsWith('.yaml'));

const BROKEN: readonly [name: string, text: string][] = [
  ['an unknown key', `${RIGHT}smaples: 5\n`],
  ['a missing name', edited('name: small\n', '')],
  ['a quoted number', edited('pue: 1.2', 'pue: "1.2"')],
  ['negative samples', `${RIGHT}samples: -5\n`],
  ['a name with a slash', edited('name: small', 'name: a/b')],
  ['an unknown key of a regime', edited('    output_tokens: 300', '    output_token: 300')],
  ['an unknown distribution', edited('pue: 1.2', 'pue: { lognorml: { p5: 1, p95: 2 } }')],
  ['a coupling without span', edited('power_utilization: 0.6', 'power_utilization: { coupled: { base: 0.4 } }')],
  ['a blend of no models', `${RIGHT}blends: { b: { models: [] } }\n`],
  ['an unknown trim', `${RIGHT}published: { source: x, energy: [{ regime: long, subject: b, trim: p14, p50: 1 }] }\n`],
];

describe('the JSON Schema of a scenario', () => {
  it.each(shipped)('accepts the shipped scenario %s', (file) => {
    expect(accepts(schema, parse(readFileSync(`scenarios/${file}`, 'utf8')))).toBe(true);
  });

  it.each(BROKEN)('rejects %s', (_, text) => {
    expect(accepts(schema, parse(RIGHT))).toBe(true);
    expect(accepts(schema, parse(text))).toBe(false);
  });

  it('describes every key that a scenario may have', () => {
    const undescribed: string[] = [];
    visitProperties(schema, '', (path, property) => {
      if (typeof property.description !== 'string' || property.description === '') undescribed.push(path);
    });
    expect(undescribed).toEqual([]);
  });

  it('is plain JSON and names its draft', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  });
});

type Visit = (path: string, property: Readonly<Record<string, unknown>>) => void;

/** Visits the properties of the scenario's own part; distributions describe themselves. */
function visitProperties(node: unknown, path: string, visit: Visit): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    if (key === '$defs' || key === 'default') continue;
    if (key === 'properties')
      for (const [name, property] of Object.entries(child)) visit(`${path}.${name}`, property as never);
    visitProperties(child, `${path}.${key}`, visit);
  }
}
