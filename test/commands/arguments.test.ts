// What is said of flags that cannot be read. Cannot see what a command does with the values: see its own tests.
import { describe, expect, it } from 'vitest';
import { parseArguments, wholeNumber } from '../../src/commands/arguments.js';
import { InputError } from '../../src/errors.js';

const FLAGS = {
  samples: { type: 'string', short: 'n' },
  set: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'nothing';
}

const parsed = (...args: string[]) => parseArguments('run', args, FLAGS);

describe('flags', () => {
  it.each([
    [['--sampels', '5'], 'unknown flag --sampels; the nearest is --samples'],
    [['--samples'], '--samples needs a value'],
    [['-n'], '--samples needs a value'],
    [
      ['--samples', '--json'],
      '--samples needs a value; found the flag --json (a value that begins with - goes behind =: --samples=--json)',
    ],
    [['--json=x'], '--json takes no value'],
  ])('%j are refused in plain words', (args, message) => {
    expect(refusal(() => parsed(...args))).toBe(`tokenjoule run: ${message}; see tokenjoule --help`);
  });

  it.each([[['-n', '-5']], [['--samples', '-5']], [['--samples=-5']]])('%j have a number below 0 as value', (args) => {
    const { values, positionals } = parsed(...args, 'a.yaml');
    expect([values.samples, positionals]).toEqual(['-5', ['a.yaml']]);
    expect(refusal(() => wholeNumber('run', '--samples', values.samples ?? '', 1))).toBe(
      'tokenjoule run: --samples takes a whole number from 1 on; found "-5"; see tokenjoule --help',
    );
  });

  it.each([
    ['1,000', '; write 1000'],
    ['20k', '; write 20000'],
    ['1.5', ''],
    ['', ''],
    ['many', ''],
  ])('take no %j for a whole number', (text, hint) => {
    expect(refusal(() => wholeNumber('run', '--samples', text, 1))).toBe(
      `tokenjoule run: --samples takes a whole number from 1 on; found ${JSON.stringify(text)}${hint}; see tokenjoule --help`,
    );
  });
});
