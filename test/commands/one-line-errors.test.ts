// What goes wrong around a command, not in its input: each time one line that says what and what next, no stack and no line of the
// bundle, and a status of 1 or 2. Needs a shell, /dev/full and ulimit. Cannot see what a package prints by itself.
import { execFile } from 'node:child_process';
import { mkdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { errorText } from '../../src/commands/error-text.js';
import { RunError } from '../../src/errors.js';
import { CLI } from '../command-line.js';
import { inTemporaryFolder, runInto, small } from '../folders.js';
import { needs, tries } from '../needs.js';
import { SMALL } from './small-scenario.js';

vi.setConfig({ testTimeout: 120_000 });

/** Runs a line of shell in which `tokenjoule` is the built command. */
function shell(line: string, cwd: string): Promise<{ status: number; stdout: string; stderr: string }> {
  const command = `tokenjoule() { ${JSON.stringify(process.execPath)} ${JSON.stringify(CLI)} "$@"; }; ${line}`;
  return new Promise((done) => {
    execFile('sh', ['-c', command], { cwd }, (error, stdout, stderr) =>
      done({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const LONGEST = 400;

function expectOneLine(stderr: string): void {
  expect(stderr.split('\n')).toEqual([expect.any(String), '']);
  expect(stderr).not.toMatch(/^ +at |node:internal|undefined|function/m);
  expect(stderr.length).toBeLessThan(LONGEST);
}

test('a port that is none', () =>
  inTemporaryFolder(async (root) => {
    expect(await shell('tokenjoule explore --port 70000', root)).toEqual({
      status: 2,
      stdout: '',
      stderr: 'tokenjoule explore: --port takes a whole number from 0 to 65535; found "70000"; see tokenjoule --help\n',
    });
  }));

const PRINTING = ['run s.yaml -j 0', '--help', 'check s.yaml', 'run s.yaml -j 0 --json', 'schema'];

test.each(PRINTING.slice(0, tries(3, 5)))('standard output on a full disk: %s', (args) =>
  inTemporaryFolder(async (root) => {
    await writeFile(join(root, 's.yaml'), SMALL);
    const { status, stderr } = await shell(`tokenjoule ${args} > /dev/full`, root);
    const message =
      'standard output cannot be written (its disk is full); what was to be printed is lost, the tables are not\n';
    expect([status, stderr]).toEqual([1, message]);
  }),
);

test('a reader that has seen enough loses nothing', () =>
  inTemporaryFolder(async (root) => {
    const { status, stderr } = await shell('tokenjoule schema | head -1; echo done >&2', root);
    expect([status, stderr]).toEqual([0, 'done\n']);
  }));

const GONE = ['run s.yaml', 'merge x', 'report x', "run '*.yaml'", 'sweep s.yaml --over pue=1,2', 'analyze s.yaml'];

test.each(GONE.slice(0, tries(2, 6)))('a working folder that is gone: %s', needs('minutes'), (args) =>
  inTemporaryFolder(async (root) => {
    const gone = join(root, 'gone');
    await mkdir(gone);
    const there = join(root, 's.yaml');
    await writeFile(there, SMALL);
    const { status, stderr } = await shell(`cd gone && rmdir ${gone} && tokenjoule ${args}`, root);
    expectOneLine(stderr);
    expect([1, 2]).toContain(status);
    const whole = await shell(`mkdir gone && cd gone && rmdir ${gone} && tokenjoule run ${there} -q`, root);
    expect(whole).toEqual({
      status: 1,
      stdout: '',
      stderr: 'the working folder does not exist any more; change into one that does (cd)\n',
    });
    await rmdir(gone).catch(() => {});
  }),
);

describe('a process that may open few files', () => {
  const commands = [
    'run s.yaml -q -j 2 -n 300000',
    "query 'select 1 from summary' good",
    'convert good --to parquet -q',
    'sweep s.yaml -q -j 2 --over pue=1.1,1.2',
    'analyze s.yaml -q -j 2 -m tornado',
    'compare s.yaml s.yaml -q -j 2',
    'report good -q',
  ].slice(0, tries(3, 7));

  test.each(commands)('%s', (args) =>
    inTemporaryFolder(async (root) => {
      await writeFile(join(root, 's.yaml'), SMALL);
      await runInto(root, await small({ name: 'good' }));
      for (const files of [22, 20, 24, 28].slice(0, tries(1, 4))) {
        const { status, stderr } = await shell(`ulimit -n ${files}; tokenjoule ${args}`, root);
        if (status === 0) continue;
        expectOneLine(stderr);
        expect(stderr).toMatch(/ulimit|EMFILE|open/);
        expect([1, 2]).toContain(status);
      }
    }),
  );
});

test('an error that nobody foresaw says so in a line, and its stack on demand', () => {
  const error = new TypeError("Cannot read properties of undefined (reading 'x')\nand more");
  expect(errorText(error, {})).toBe(
    "unforeseen error (TypeError: Cannot read properties of undefined (reading 'x')): that is a fault of tokenjoule; TOKENJOULE_DEBUG=1 shows where, for a report",
  );
  expect(errorText(error, { TOKENJOULE_DEBUG: '1' })).toMatch(/\n +at /);
  expect(errorText('odd', {})).toMatch(/^unforeseen error \(odd\)/);
  expect(errorText(new RunError('as it is'), {})).toBe('as it is');
  const failed = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES', syscall: 'open', path: '/x' });
  expect(errorText(failed, {})).toBe('/x: this user may not do that; look at the permissions');
});
