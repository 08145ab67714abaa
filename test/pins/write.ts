// Bundled and run by write.mjs, which says what it is for.
import { openPool, type Pool } from '../../dist/index.js';
import { KERNELS, type PoolCase, RUNS, SWEEP_RUNS, WRITTEN } from './cases.js';
import { differences, differencesText } from './differences.js';
import { type PinnedTable, pinned, readExpectation, writeExpectation } from './expectation.js';
import { type Extras, readExtras, withoutExtras } from './extras.js';
import type { FoundTable } from './found-table.js';

const [wanted = ''] = process.argv.slice(2);
const extras = await readExtras();
for (const kernel of KERNELS) {
  const pool = await openPool(0, undefined, kernel);
  for (const one of [...RUNS, ...WRITTEN, ...SWEEP_RUNS]) {
    if (one.kernel === kernel && one.name.includes(wanted)) await rewrite(one, pool, extras);
  }
  await pool.close();
}

/** Writes what differs from what is expected, and says what does. */
async function rewrite(one: PoolCase, pool: Pool, extras: Extras): Promise<void> {
  await rewriteFiles(one.files, await one.compute(pool), extras);
}

async function rewriteFiles([own, ...others]: readonly string[], found: readonly FoundTable[], extras: Extras) {
  const elsewhere = new Set((await Promise.all(others.map(readExpectation))).flat().map(({ name }) => name));
  const ours = found.filter(({ name }) => !elsewhere.has(name));
  const before = await readExpectation(own).catch(absent);
  const moved = before && differences(before, ours, extras);
  if (moved?.length === 0) return;
  console.log(moved ? `${own}\n  ${differencesText(moved).replaceAll('\n', '\n  ')}` : `${own}: new`);
  await writeExpectation(
    own,
    ours.map((table) => pinned(withoutExtras(table, extras))),
  );
}

function absent(error: NodeJS.ErrnoException): PinnedTable[] | undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
