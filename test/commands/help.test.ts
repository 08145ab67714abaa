// The help text against the flags that commands read. Cannot see whether a flag's sentence is true.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ANALYZE_FLAGS, EXPLORE_FLAGS, ONE_RUN_FLAGS, WORKER_FLAGS } from '../../src/commands/flags.js';
import { HELP } from '../../src/commands/help.js';
import { tokenjoule } from '../command-line.js';

/** What the help says of a kernel is what `auto` stands for. */
const IN_WORDS = ['kernel'];

const flags = Object.entries({ ...ONE_RUN_FLAGS, ...ANALYZE_FLAGS, ...WORKER_FLAGS, ...EXPLORE_FLAGS });

test.each(flags.map(([name]) => name))('the help names --%s', (name) => {
  expect(HELP).toMatch(new RegExp(`--${name}\\b`));
});

test('the help states every default', () => {
  const stated = flags.flatMap(([name, flag]) =>
    'default' in flag && !IN_WORDS.includes(name) ? [[name, flag.default]] : [],
  );
  expect(stated.length).toBeGreaterThan(7);
  for (const [name, value] of stated) {
    expect(HELP, `--${name}`).toMatch(new RegExp(`--${name} [^\\n]*(?:\\n {27}[^\\n]*)*\\(default: ${value}[;)]`));
  }
});

test('tokenjoule alone tells its version and its help', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(await tokenjoule(['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  expect((await tokenjoule(['--help'])).stdout).toMatch(/^tokenjoule: Monte Carlo/);
  expect((await tokenjoule([])).stdout).toMatch(/^tokenjoule: Monte Carlo/);
});
