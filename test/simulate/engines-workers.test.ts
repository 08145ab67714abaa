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
import { needs, tries } from '../needs.js';

const dist = new URL('../../dist/', import.meta.url);

/** Two ranges in the calling thread and three in workers. */
const BLOCKS = 1100;
/** The reference takes ten times as long: one range, where minutes are not there. */
const OF_REFERENCE = tries(30, BLOCKS);

/** All that a run counts, as one hash. */
async function counted(workers: number, kernel: KernelChoice, blocks = BLOCKS): Promise<string> {
  const file = new URL('../../scenarios/oviedo-2026.yaml', import.meta.url).pathname;
  const scenario = { ...(await loadScenario(file)), samples: blocks * BLOCK_SIZE + 5 };
  const pool = await openPool(workers, new URL('threads/thread.cjs', dist), kernel);
  try {
    const sketches = await pool.run(planModels(scenario), () => {}, new AbortController().signal);
    return createHash('sha256').update(encodeSketches(sketches)).digest('hex');
  } finally {
    await pool.close();
  }
}

it('counts the same with any number of workers, on either engine', {
  timeout: 240_000,
  ...needs('minutes'),
}, async () => {
  const module = await loadKernel(Uint8Array.from(await readFile(new URL('kernel/kernel.wasm', dist))));
  const expected = await counted(0, module!);
  for (const workers of [2, 4, 1].slice(0, tries(1, 3)))
    expect(await counted(workers, module!), `${workers} workers`).toBe(expected);
  const ofReference = (workers: number) => counted(workers, 'reference', OF_REFERENCE);
  expect(await ofReference(2), 'reference, 2 workers').toBe(await ofReference(0));
});
