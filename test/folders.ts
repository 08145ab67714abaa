import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScenario } from '../src/run/run.js';
import { scenarioFromText } from '../src/scenario/from-text.js';
import { loadScenario } from '../src/scenario/load.js';
import type { Overrides } from '../src/scenario/overrides.js';
import type { ResolvedScenario } from '../src/scenario/resolved.js';
import { openPool } from '../src/workers/open-pool.js';

/** Runs `use` with a new folder that is removed afterwards. */
export async function inTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tokenjoule-test-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a scenario into `out`, in the calling thread; returns its folder. */
export async function runInto(out: string, scenario: ResolvedScenario, keepSamples = false): Promise<string> {
  const pool = await openPool(0);
  const { folder } = await runScenario(pool, scenario, { out, keepSamples, now: () => new Date(0) });
  return folder;
}

/** A scenario that comes with tokenjoule, with few samples. */
export function shipped(name: string, overrides: Overrides = { samples: 2000 }): Promise<ResolvedScenario> {
  return loadScenario(`scenarios/${name}.yaml`, overrides);
}

/** A scenario of one regime and one model, both with names of one's choice. */
export function small({
  name = 'small',
  description = '',
  regime = 'short',
  model = 'model-a',
}): Promise<ResolvedScenario> {
  const text = JSON.stringify({
    version: 1,
    name,
    description,
    samples: 500,
    models: { [model]: { tps: 1000, node_power_kw: 10 } },
    pue: 1.2,
    power_utilization: { uniform: { min: 0.4, max: 0.9 } },
    input_tokens: 500,
    output_tokens: { exponential: { median: 300 } },
    regimes: { [regime]: {} },
  });
  return scenarioFromText(text, 'small.json', async (_, refuse) => refuse('no dataset here'));
}
