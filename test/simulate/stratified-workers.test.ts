// Tables of the stratified samplers are the same bytes on every number of threads and on both engines. Uses the built worker;
// what it cannot see: machines of another kind.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type KernelChoice, loadKernel } from '../../src/engine/load-engine.js';
import { runScenario } from '../../src/run/run.js';
import { scenarioFromText } from '../../src/scenario/from-text.js';
import { openPool } from '../../src/workers/open-pool.js';
import { inTemporaryFolder } from '../folders.js';
import { needs, tries } from '../needs.js';

const dist = new URL('../../dist/', import.meta.url);

/** Correlated, truncated, pooled, divided and added up, over a last block that is not full. */
const TEXT = `
version: 1
name: equal
samples: ${tries(17_005, 40_005)}
node_power_kw: { lognormal: { p5: 8, p95: 11 } }
models: { one: { tps: { lognormal: { p5: 500, p95: 2000 } } }, two: { tps: 1500 } }
regimes:
  traditional:
    input_tokens: { gamma: { shape: 2, scale: 300 } }
    output_tokens: { exponential: { mean: 300 } }
    power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
    pue: { lognormal: { p5: 1.05, p95: 1.6 }, min: 1, max: 2 }
correlation: { output_tokens: { input_tokens: 0.6 } }
blends: { both: { models: [one, two] } }
pathways: { model: { lognormal: { p5: 1.5, p95: 10 } } }
fleet: { blend: both, queries_per_day: 1e9, beta: 1.3, mixes: { all: { traditional: 1 } } }
`;
const TABLES = ['summary', 'histogram', 'throughput', 'fleet', 'inputs'];

/** All tables of a run as one text of hexadecimal digits. */
async function tables(sampler: string, workers: number, kernel: KernelChoice): Promise<string> {
  const noDataset = () => Promise.reject(new Error('no dataset'));
  const scenario = await scenarioFromText(TEXT, 'equal.yaml', noDataset, { sampler });
  return inTemporaryFolder(async (out) => {
    const pool = await openPool(workers, new URL('threads/thread.cjs', dist), kernel);
    try {
      const { folder } = await runScenario(pool, scenario, { out, keepSamples: false, now: () => new Date(0) });
      const files = await Promise.all(TABLES.map((table) => readFile(join(folder, `${table}.arrow`))));
      return Buffer.concat(files).toString('hex');
    } finally {
      await pool.close();
    }
  });
}

describe.each(['latin-hypercube', 'sobol'])('tables of sampler %s', (sampler) => {
  it('are byte-equal with any number of workers, on either engine', {
    timeout: 240_000,
    ...needs('minutes'),
  }, async () => {
    const module = await loadKernel(Uint8Array.from(await readFile(new URL('kernel/kernel.wasm', dist))));
    for (const kernel of [module!, 'reference'] as const) {
      const expected = await tables(sampler, 0, kernel);
      expect(expected).not.toBe('');
      for (const workers of [2, 1].slice(0, tries(1, 2)))
        expect((await tables(sampler, workers, kernel)) === expected, `${workers} workers`).toBe(true);
    }
  });
});

it('another sampler gives other tables, so that equality says something', { timeout: 120_000 }, async () => {
  const [pseudo, sobol] = await Promise.all(['pseudo', 'sobol'].map((sampler) => tables(sampler, 0, 'auto')));
  expect(pseudo === sobol).toBe(false);
});
