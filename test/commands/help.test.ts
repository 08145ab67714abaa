// The help text against the flags that commands read. Cannot see whether a flag's sentence is true.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { EXAMPLES } from '../../src/commands/examples.js';
import { ANALYZE_FLAGS, EXPLORE_FLAGS, ONE_RUN_FLAGS, WORKER_FLAGS } from '../../src/commands/flags.js';
import { HELP } from '../../src/commands/help.js';
import { helpOf } from '../../src/commands/help-of.js';
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

test('a command has its own help, short, with its own flags and the way to all others', async () => {
  const { stdout, status } = await tokenjoule(['sweep', '--help']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ {2}tokenjoule sweep FILE/);
  expect(stdout).toContain('--over KEY=VALUES');
  expect(stdout).not.toContain('--second-order');
  expect(stdout).toContain('All commands: tokenjoule --help');
  expect(stdout.split('\n').length).toBeLessThan(25);
});

test('every command that the help lists has help of its own, no flag of which is lost', () => {
  const commands = [...HELP.matchAll(/^ {2}tokenjoule (\w+)/gm)].map(([, name]) => name);
  expect(commands.length).toBeGreaterThan(14);
  for (const command of commands) expect(helpOf(command)).toMatch(new RegExp(`^ {2}tokenjoule ${command} `));
  const own = commands.map(helpOf).join('\n');
  // --version is no command's flag.
  const flags = [...HELP.matchAll(/--[a-z][\w-]+/g)].map(([flag]) => flag).filter((flag) => flag !== '--version');
  for (const flag of flags) expect(own, flag).toContain(flag);
  expect(helpOf('nonsense')).toBe(HELP);
});

test('every command shows two examples of itself, with flags that its help names', () => {
  const commands = [...HELP.matchAll(/^ {2}tokenjoule (\w+)/gm)].map(([, name]) => name);
  expect(Object.keys(EXAMPLES).sort()).toEqual(commands.sort());
  for (const [command, examples] of Object.entries(EXAMPLES)) {
    for (const example of examples) {
      expect(example).toMatch(new RegExp(`^tokenjoule ${command}\\b`));
      expect(helpOf(command)).toContain(example);
      for (const [flag] of example.matchAll(/--[a-z][\w-]+/g)) expect(HELP).toContain(flag);
    }
  }
});
