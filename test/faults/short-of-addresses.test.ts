// Commands in a process that may not reserve the addresses that WebAssembly wants (`ulimit -v`). Needs a shell that limits them and a
// Node that starts within 4 GB; says so where there is none. Cannot see a machine whose memory is really used up.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { noMemoryError } from '../../src/workers/no-memory.js';
import { CLI } from '../command-line.js';
import { SMALL } from '../commands/small-scenario.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';

vi.setConfig({ testTimeout: 120_000 });

function limited(cwd: string, ...args: readonly string[]): Promise<{ status: unknown; stderr: string }> {
  const shell = ['-c', 'ulimit -v 4000000 && exec "$@"', 'sh', process.execPath, ...args];
  return new Promise((done) => {
    execFile('sh', shell, { cwd }, (error, _, stderr) => done({ status: error?.code ?? 0, stderr }));
  });
}

const REFUSED =
  'the WebAssembly kernel cannot have its memory: each thread reserves 10 GB of addresses, and uses few of them; ' +
  'this process may not (ulimit -v), or the machine has none left. Raise the limit (ulimit -v unlimited), or run with --kernel reference';

test.each(['0', '2'])(
  'run and sweep say what is missing, and the way out works, with %s workers',
  needs('minutes'),
  (workers, context?) =>
    inTemporaryFolder(async (root) => {
      void context;
      await writeFile(join(root, 's.yaml'), SMALL);
      const { status } = await limited(root, '-e', '0');
      if (status !== 0) return;
      const flags = ['-q', '-j', workers, '-n', '300000'];
      for (const command of [
        ['run', 's.yaml'],
        ['sweep', 's.yaml', '--over', 'pue=1.1,1.2'],
      ]) {
        expect(await limited(root, CLI, ...command, ...flags)).toEqual({ status: 1, stderr: `${REFUSED}\n` });
        expect(await limited(root, CLI, ...command, ...flags, '--kernel', 'reference')).toEqual({
          status: 0,
          stderr: '',
        });
      }
    }),
);

test('what a thread that gets none is told as well', () => {
  expect(noMemoryError(new RangeError('WebAssembly.Memory(): could not allocate memory'))?.message).toBe(REFUSED);
  expect(noMemoryError(new Error('something else'))).toBeUndefined();
});
