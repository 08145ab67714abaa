// Merge keys of YAML 1.1, which scenarios may use for what regimes share. Cannot see what other readers of YAML make of them.
import { describe, expect, it } from 'vitest';
import { problemsOf, RIGHT, resolveText } from './fixtures.js';

const withRegimes = (regimes: string) => `${RIGHT.slice(0, RIGHT.indexOf('regimes:'))}regimes:\n${regimes}\n`;
const BASE = '  a: &a { output_tokens: 300, pue: 1.3 }';

async function regimes(text: string) {
  const { regimes } = await resolveText(withRegimes(text));
  return regimes.map(({ output_tokens, pue }) =>
    [output_tokens, pue].map((one) => 'parameters' in one && one.parameters),
  );
}

describe('a merge key', () => {
  it.each([
    ['takes over the keys that are not stated', '  b: { <<: *a, pue: 1.1 }', [{ value: 300 }, { value: 1.1 }]],
    ['gives way wherever it stands', '  b: { pue: 1.1, <<: *a }', [{ value: 300 }, { value: 1.1 }]],
    ['takes the first of several', '  b: { <<: [{ pue: 1.4 }, *a] }', [{ value: 300 }, { value: 1.4 }]],
  ])('%s', async (_, b, expected) => {
    expect((await regimes(`${BASE}\n${b}`))[1]).toEqual(expected);
  });

  it.each(['5', '', '[*a, 5]', 'text'])('of %j is refused with what it takes', async (value) => {
    expect(await problemsOf(resolveText(withRegimes(`${BASE}\n  b: { <<: ${value} }`)))).toEqual([
      's.yaml:10:8: << takes a mapping that has an anchor (<<: *name), or a list of such: their keys are taken over',
    ]);
  });

  it('leaves a wrong value at the mapping that takes it over', async () => {
    expect(await problemsOf(resolveText(withRegimes('  a: &a { output_tokens: -1 }\n  b: { <<: *a }')))).toEqual([
      's.yaml:9:26: regimes.a.output_tokens: must be at least 0; found -1',
      's.yaml:10:3: regimes.b.output_tokens: must be at least 0; found -1',
    ]);
  });
});
