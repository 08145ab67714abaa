// What --set, --samples and --seed change, and what they are told when they cannot.
import { describe, expect, it } from 'vitest';
import { pathOfKey, withValue } from '../../src/scenario/set-key.js';
import { problemsOf, RIGHT, resolveText } from './fixtures.js';

const BROKEN: readonly [set: string, ...problems: string[]][] = [
  ['pue=-1', 'pue: must be above 0; found -1'],
  ['pue=', 'pue: expected a number or a distribution such as { lognormal: { p5: 0.4, p95: 0.9 } }; found nothing'],
  ['pue', 'expected key=value'],
  ['=3', 'expected key=value'],
  ['pue={a: [', 'a list is not closed with ]'],
  ['pue={ lognormal: { p5: 3, p95: 2 } }', 'pue.lognormal.p5: p5 (3) must be below p95 (2)'],
  ['smaples=4', 'smaples: unknown key; did you mean samples?'],
  ['regimes.traditionl.pue=1', 'regimes has no traditionl (did you mean traditional?)'],
  ['pue.lognormal.p5=1', 'pue is 1.2, without keys; set it as a whole'],
  ['models.Beta.tps=1', 'the scenario has no models'],
  ['__proto__.polluted=1', 'the scenario has no __proto__'],
  ['regimes.__proto__={ output_tokens: 3 }', 'regimes.__proto__: no regime may have this name'],
  ['regimes.new={}', 'regimes.new: output_tokens is missing: state it here or at the top level'],
];

describe('an override', () => {
  it.each(BROKEN)('is refused under its own name: --set %s', async (set, ...problems) => {
    expect(await problemsOf(resolveText(RIGHT, { set: [set] }))).toEqual(
      problems.map((text) => `--set ${set}: ${text}`),
    );
  });

  it('leaves the problems of the file with the file', async () => {
    const text = RIGHT.replace('pue: 1.2', 'pue: -1');
    expect(await problemsOf(resolveText(text, { set: ['input_tokens=-2'], samples: 0 }))).toEqual([
      's.yaml:5:6: pue: must be above 0; found -1',
      '--samples 0: samples: expected a whole number of at least 1 and at most 1000000000000; found 0',
      '--set input_tokens=-2: input_tokens: must be at least 0; found -2',
    ]);
  });

  it('can mend what is wrong in the file', async () => {
    const text = RIGHT.replace('pue: 1.2', 'pue: -1');
    expect(await problemsOf(resolveText(text, { set: ['pue=1.1'] }))).toEqual([]);
  });

  it('sets numbers and distributions wherever they stand', async () => {
    const set = ['pue={ lognormal: { p5: 1.1, p95: 1.3 } }', 'regimes.traditional.input_tokens=1000'];
    const [traditional, long] = (await resolveText(RIGHT, { set })).regimes;
    expect(traditional.pue.family).toBe('lognormal');
    expect([traditional.input_tokens.parameters, long.input_tokens.parameters]).toEqual([
      { value: 1000 },
      { value: 500 },
    ]);
  });

  it('reaches models whose names hold dots and spaces', async () => {
    const text = `${RIGHT}models: { Alpha 1.5: , Alpha 1: , Beta: }\n`;
    const { models } = await resolveText(text, {
      set: ['models.Alpha 1.5.tps=7', 'models.Alpha 1.tps=8', 'models."New 2.0"={ tps: 9 }'],
    });
    expect(models.map(({ name, throughput }) => [name, throughput.method])).toEqual([
      ['Alpha 1.5', 'given'],
      ['Alpha 1', 'given'],
      ['Beta', 'maximum'],
      ['New 2.0', 'given'],
    ]);
  });

  it('changes one of two places that share a value by alias', async () => {
    const text = RIGHT.replace(
      'traditional:\n    output_tokens: 300',
      'traditional: &t\n    output_tokens: 300',
    ).replace('long:\n    output_tokens: 5000', 'long: *t');
    const { regimes } = await resolveText(text, { set: ['regimes.long.output_tokens=9'] });
    expect(regimes.map(({ output_tokens }) => output_tokens.parameters)).toEqual([{ value: 300 }, { value: 9 }]);
  });

  it('comes in order, the last one winning, and flags after all others', async () => {
    const scenario = await resolveText(RIGHT, { set: ['samples=5', 'samples=6', 'seed=a'], samples: 7, seed: '0' });
    expect([scenario.samples, scenario.seed]).toEqual([7, '0']);
  });

  it('may hold equals signs and exponents', async () => {
    const scenario = await resolveText(RIGHT, { set: ['description=a=b', 'samples=1e3'] });
    expect([scenario.description, scenario.samples]).toEqual(['a=b', 1000]);
  });
});

describe('a dotted key', () => {
  const data = { list: [{ p50: 1 }, { p50: 2 }], 'a.b': { c: 1 }, a: { b: 2 }, nothing: null };
  const pathOf = (key: string) => pathOfKey(key, data, (message) => expect.fail(message));

  it('goes into lists by position', () => {
    expect(pathOf('list[1].p50')).toEqual(['list', 1, 'p50']);
    expect(pathOf('list.0.p50')).toEqual(['list', 0, 'p50']);
  });

  it('takes the longest name that is there', () => {
    expect(pathOf('a.b.c')).toEqual(['a.b', 'c']);
    expect(pathOf('a.b')).toEqual(['a.b']);
    expect(pathOf('a."b"')).toEqual(['a', 'b']);
  });

  it('sets a key below nothing', () => {
    expect(withValue(data, pathOf('nothing.x') ?? [], 1)).toEqual({ ...data, nothing: { x: 1 } });
  });

  it('changes nothing that was given', () => {
    const before = structuredClone(data);
    withValue(data, ['list', 0, 'p50'], 9);
    expect(data).toEqual(before);
  });
});
