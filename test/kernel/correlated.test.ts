// A correlated scenario's tables, byte for byte, whatever draws them. Uses the built package; what it cannot see: whether the
// correlation is the stated one, which test/scenario/correlation.test.ts looks at.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadScenario, openPool, runScenario } from 'tokenjoule';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs, tries } from '../needs.js';

/** Enough for several ranges of blocks; the reference, which takes ten times as long, draws one range. */
const SAMPLES = { wasm: 600_000, reference: tries(4000, 20_000) };

const TABLES = ['summary', 'histogram', 'inputs'] as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tokenjoule-correlated-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function tablesOf(workers: number, kernel: 'wasm' | 'reference', correlation: string): Promise<string[]> {
  const file = new URL('../../scenarios/oviedo-2026.yaml', import.meta.url).pathname;
  const scenario = await loadScenario(file, { samples: SAMPLES[kernel], set: [`correlation=${correlation}`] });
  const pool = await openPool(workers, undefined, kernel);
  try {
    const out = await mkdtemp(join(folder, 'out-'));
    const report = await runScenario(pool, scenario, { out, keepSamples: false, now: () => new Date(0) });
    return report.files
      .map(({ name, sha256 }) => `${name} ${sha256}`)
      .filter((file) => TABLES.some((one) => file.startsWith(`${one}.`)));
  } finally {
    await pool.close();
  }
}

const CORRELATED = '{ output_tokens: { pue: 0.6, power_utilization: -0.4 } }';

it('a correlated scenario gives the same bytes with 0 and 2 workers, on either kernel', {
  timeout: 240_000,
  ...needs('minutes'),
}, async () => {
  for (const kernel of ['reference', 'wasm'] as const) {
    const expected = await tablesOf(0, kernel, CORRELATED);
    expect(await tablesOf(2, kernel, CORRELATED)).toEqual(expected);
    if (kernel === 'reference' || tries(0, 1) === 1)
      expect(await tablesOf(0, kernel, '{ output_tokens: { pue: 0.1 } }')).not.toEqual(expected);
  }
});
