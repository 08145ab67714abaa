// Every engine gives one result on every number of threads. Uses the built worker; what it cannot see: how long they take.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { type KernelChoice, loadKernel } from '../../src/engine/load-engine.js';
import { planModels } from '../../src/plan/plan-models.js';
import { BLOCK_SIZE } from '../../src/random/uniforms.js';
import { loadScenario } from '../../src/scenario/load.js';
import { encodeSketches } from '../../src/sketch/codec.js';
import { openPool } from '../../src/workers/open-pool.js';

const dist = new URL('../../dist/', import.meta.url);

/** All that a run counts, as one hash. */
async function counted(workers: number, kernel: KernelChoice): Promise<string> {
  const file = new URL('../../scenarios/oviedo-2026.yaml', import.meta.url).pathname;
  const scenario = { ...(await loadScenario(file)), samples: 1100 * BLOCK_SIZE + 5 };
  const pool = await openPool(workers, new URL('threads/thread.cjs', dist), kernel);
  try {
    const sketches = await pool.run(planModels(scenario), () => {}, new AbortController().signal);
    return createHash('sha256').update(encodeSketches(sketches)).digest('hex');
  } finally {
    await pool.close();
  }
}

it('counts the same with 0, 1, 2 and 4 workers, on either engine', { timeout: 240_000 }, async () => {
  const module = await loadKernel(Uint8Array.from(await readFile(new URL('kernel/kernel.wasm', dist))));
  const expected = await counted(0, module!);
  for (const workers of [1, 2, 4]) expect(await counted(workers, module!), `${workers} workers`).toBe(expected);
  expect(await counted(2, 'reference'), 'reference, 2 workers').toBe(await counted(0, 'reference'));
});
