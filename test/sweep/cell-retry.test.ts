// Threads that throw, exit or ask for more memory than there is in a cell of a sweep, for real. Cannot see a thread that hangs.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { sweepFromText } from '../../src/scenario/sweep-from-text.js';
import { runSweep } from '../../src/sweep/run-sweep.js';
import { openPool } from '../../src/workers/open-pool.js';
import { inTemporaryFolder } from '../folders.js';
import { needs } from '../needs.js';
import { smallSource } from '../small-run.js';

vi.setConfig({ testTimeout: 60_000 });

const [BUILT, FAULTY] = ['../../dist/threads/thread.cjs', './fixtures/faulty-cells.cjs'].map(
  (path) => new URL(path, import.meta.url),
);
const FAILING = 3000;
const text = `${smallSource().text}sweep: { over: { samples: [2000, ${FAILING}, 4000, 5000] } }\n`;
const sweep = await sweepFromText(text, 's.yaml', async (_, refuse) => refuse('no dataset here'));

afterEach(() => vi.unstubAllEnvs());

async function swept(out: string, workerFile: URL): Promise<Buffer> {
  const pool = await openPool(2, workerFile);
  try {
    await runSweep(pool, sweep, { out, cells: join(out, 'cells'), now: () => new Date(0) });
  } finally {
    await pool.close();
  }
  return readFile(join(out, 'small', 'sweep.arrow'));
}

/** What the thread is to do; `times` is how often a cell fails before it does not. */
function failing(fault: string, times: number, folder: string, block?: number): void {
  vi.stubEnv('FAULT', JSON.stringify({ fault, times, samples: FAILING, count: join(folder, 'count'), block }));
}

const undisturbed = await inTemporaryFolder((folder) => swept(folder, BUILT));

test.each([
  ['throw', 1],
  ['exit', 1],
  ['memory', 1],
  ['exit', 2],
])(
  'a cell whose thread fails (%s, %i times) costs a retry and not a bit of the table',
  needs('minutes'),
  (fault, times) =>
    inTemporaryFolder(async (folder) => {
      failing(fault, times, folder);
      expect((await swept(folder, FAULTY)).equals(undisturbed)).toBe(true);
      expect((await stat(join(folder, 'count'))).size).toBe(times);
    }),
);

test(
  'a cell that always fails is named with its block, the others are kept, and a later sweep goes on from them',
  needs('minutes'),
  () =>
    inTemporaryFolder(async (folder) => {
      failing('exit', 1000, folder, 1);
      await expect(swept(folder, FAULTY)).rejects.toThrow(
        `cell 1 (${FAILING}) failed: block 1 of pass 1 (samples 1024 to 2047) failed, and failed again alone: odd block; ` +
          'run again to go on with the other cells',
      );
      expect(await readdir(join(folder, 'small')).catch(() => [])).toEqual([]);
      const kept = await readdir(join(folder, 'cells'), { recursive: true, withFileTypes: true });
      expect(kept.filter((entry) => entry.isFile()).length).toBeGreaterThan(0);
      expect((await swept(folder, BUILT)).equals(undisturbed)).toBe(true);
    }),
);
