// What is refused as YAML, before anything is known about scenarios. Not seen here: YAML that the package itself misreads.
import { describe, expect, it } from 'vitest';
import { problemsOf, RIGHT, resolveText } from './fixtures.js';

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]', 'b: &b [*a, *a, *a, *a, *a, *a, *a, *a]']
  .concat(['c: &c [*b, *b, *b, *b, *b, *b, *b, *b]', 'd: [*c, *c, *c, *c, *c, *c, *c, *c]'])
  .join('\n');

const BROKEN: readonly [name: string, text: string, problem: string][] = [
  ['a list that is never closed', 'a: [1, 2\nb: 3', 's.yaml:2:1: a list is not closed with ]'],
  ['a mapping that is never closed', 'a: { x: 1\nb: 3', 's.yaml:2:1: a mapping is not closed with }'],
  ['text that is never closed', 'a: "x', 's.yaml:1:6: text is not closed with "'],
  ['a missing colon', 'a: 1\nb', 's.yaml:2:1: expected "key: value"; the colon is missing'],
  ['a missing space', 'a:1\nb: 2', 's.yaml:1:1: expected "key: value"; the colon or the space after it is missing'],
  [
    'a line indented too far',
    'a: 1\n  b: 2',
    's.yaml:1:4: a second "key: value" on one line, or the next line is indented too far; text with ": " needs quotes',
  ],
  ['uneven indentation', 'a:\n  b: 1\n c: 2', 's.yaml:3:1: indented otherwise than the keys before it'],
  ['a tab', 'a:\n\tb: 1', 's.yaml:2:1: indented with a tab; use spaces'],
  ['a stray brace', 'a: 1\n}\n', 's.yaml:2:1: not valid YAML: Unexpected flow-map-end token in YAML stream: "}"'],
  ['two documents', 'a: 1\n---\nb: 2', 's.yaml:2:1: a second document starts here; a file holds one scenario'],
  ['a custom tag', 'a: !python/object x', 's.yaml:1:4: tags (!name) are not allowed'],
  ['a list as key', '? [a]\n: 1', 's.yaml:1:3: a key must be text, not a list or a mapping'],
  ['a repeated key', `${RIGHT}pue: 1.3\n`, 's.yaml:13:1: repeats the key pue of line 5'],
  ['a repeated key further down', 'a: { b: 1, b: 2 }', 's.yaml:1:12: repeats the key b of line 1'],
  ['an empty file', '', 's.yaml: empty; expected a scenario'],
  ['a file of comments', '# only this\n', 's.yaml: empty; expected a scenario'],
  ['an alias without anchor', 'a: *x', 's.yaml:1:4: alias *x stands before its anchor, or has none'],
  ['an alias inside its anchor', 'a: &a [*a]', 's.yaml:1:8: alias *a is part of what it stands for'],
  ['an alias bomb', bomb, 's.yaml:2:8: aliases expand to too much: more than 100 values'],
  [
    'a hundred and one aliases',
    `a: &a 1\n${Array.from({ length: 101 }, (_, i) => `k${i}: *a`).join('\n')}`,
    's.yaml:102:7: aliases expand to too much: more than 100 values',
  ],
  ['deep nesting', `a: ${'['.repeat(60)}${']'.repeat(60)}`, 's.yaml: nested more than 50 levels deep'],
  ['a megabyte of brackets', '['.repeat(2 ** 20), 's.yaml: nested more than 50 levels deep'],
  ['a megabyte of dashes', '- '.repeat(2 ** 19), 's.yaml: nested more than 50 levels deep'],
];

describe('broken YAML', () => {
  it.each(BROKEN)('is refused with its place: %s', async (_, text, problem) => {
    expect(await problemsOf(resolveText(text))).toEqual([problem]);
  });

  it('comes with all its problems at once', async () => {
    expect(await problemsOf(resolveText('a: !x 1\nb: 1\n  c: 1\nd: !y 2\n'))).toEqual([
      's.yaml:1:4: tags (!name) are not allowed',
      's.yaml:2:4: a second "key: value" on one line, or the next line is indented too far; text with ": " needs quotes',
      's.yaml:4:4: tags (!name) are not allowed',
    ]);
  });
});

describe('YAML', () => {
  it('may be JSON, tabs included', async () => {
    const json = {
      version: 1,
      name: 'json',
      models: { A: { tps: 1000, node_power_kw: 10 } },
      pue: 1.2,
      power_utilization: 0.6,
      regimes: { traditional: { input_tokens: 500, output_tokens: { exponential: { median: 300 } } } },
    };
    expect((await resolveText(JSON.stringify(json, null, '\t'))).name).toBe('json');
  });

  it('may begin with a byte order mark and end its lines as Windows does', async () => {
    expect((await resolveText(`\ufeff${RIGHT.replaceAll('\n', '\r\n')}`)).name).toBe('small');
  });

  it('has keys that are text even where they look like numbers', async () => {
    const scenario = await resolveText(
      `${RIGHT}models: { 405: { tps: 100 }, 4.10: { tps: 100 }, true: { tps: 100 } }\n`,
    );
    expect(scenario.models.map(({ name }) => name)).toEqual(['405', '4.10', 'true']);
  });

  it('may share values by anchor and alias', async () => {
    const scenario = await resolveText(
      RIGHT.replace('output_tokens: 300', 'output_tokens: &n 300').replace('5000', '*n'),
    );
    expect(scenario.regimes[1].output_tokens).toEqual(scenario.regimes[0].output_tokens);
  });
});
