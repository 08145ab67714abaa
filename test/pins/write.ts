import { openPool } from '../../dist/index.js';
import { KERNELS, PRECISE_RUNS, RUNS, SWEEP_RUNS, WRITTEN } from './cases.js';
import { differences, differencesText } from './differences.js';
import { type PinnedTable, pinned, readExpectation, writeExpectation } from './expectation.js';
import { type Extras, readExtras, withoutExtras } from './extras.js';
import type { FoundTable } from './found-table.js';
import { JOB_CASES, THREADLESS_CASES } from './job-cases.js';

/**
 * Makes what the present build computes in the calling thread the expectation of every case, and says what moved; see write.mjs.
 *
 * @param part only cases with this in their names
 */
export async function write(part: string, say: (line: string) => void): Promise<void> {
  const extras = await readExtras();
  const rewrite = async (files: readonly string[], found: readonly FoundTable[]) => {
    const line = await rewritten(files, found, extras);
    if (line !== undefined) say(line);
  };
  for (const kernel of KERNELS) {
    const pool = await openPool(0, undefined, kernel);
    const cases = [...RUNS, ...PRECISE_RUNS, ...WRITTEN, ...SWEEP_RUNS].filter((one) => one.kernel === kernel);
    for (const { name, files, compute } of cases) if (name.includes(part)) await rewrite(files, await compute(pool));
  }
  for (const { name, compute } of [...JOB_CASES, ...THREADLESS_CASES]) {
    if (name.includes(part)) await rewrite([name], await compute(0));
  }
}

/** Writes the first of a case's files unless all is as expected. @returns what moved */
async function rewritten(
  [own, ...others]: readonly string[],
  found: readonly FoundTable[],
  extras: Extras,
): Promise<string | undefined> {
  const elsewhere = new Set((await Promise.all(others.map(readExpectation))).flat().map(({ name }) => name));
  const ours = found.filter(({ name }) => !elsewhere.has(name));
  const before = await readExpectation(own).catch(absent);
  const moved = before && differences(before, ours, extras);
  if (moved?.length === 0) return undefined;
  const tables = ours.map((table) => pinned(withoutExtras(table, extras)));
  await writeExpectation(own, tables);
  return moved ? `${own}\n  ${differencesText(moved).replaceAll('\n', '\n  ')}` : `${own} is new`;
}

function absent(error: NodeJS.ErrnoException): PinnedTable[] | undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
