// Cells of a sweep that one thread runs in memory handed on from one to the next. Uses the built kernel; what it cannot see:
// what the memory saves, see bench/sweep.mjs.
import { beforeAll, describe, expect, it } from 'vitest';
import { scenarioFromText } from '../../src/browser.js';
import { parseDistribution } from '../../src/distributions/parse.js';
import type { Engine } from '../../src/engine/engine.js';
import { KernelMemory } from '../../src/engine/kernel-memory.js';
import { loadKernel } from '../../src/engine/load-engine.js';
import { STANDING_BYTES } from '../../src/kernel/wasm/standing-tables.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { cellsRunner } from '../../src/simulate/run-cells.js';
import { builtEngine, builtKernel } from '../built-engine.js';
import { needs } from '../needs.js';

const SMALL = `
version: 1
name: small
samples: 5000
models: { One: { tps: 900, node_power_kw: 10 } }
regimes: { traditional: { input_tokens: 500, output_tokens: { exponential: { median: 300 } } } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: 1.2
`;
const LARGE = `${SMALL.replace(
  'One: {',
  'Two: { tps: { uniform: { min: 1, max: 9000 } }, node_power_kw: 10 }, One: {',
).replace('pue: 1.2', 'pue: { lognormal: { p5: 1.05, p95: 1.6 } }')}
blends: { Both: { models: [One, Two] } }
pathways: { model: { lognormal: { p5: 1.5, p95: 10 } } }
`;

let engine: Engine;
let cells: ResolvedScenario[];
beforeAll(async () => {
  engine = await builtEngine();
  const cell = (text: string, overrides: object) =>
    scenarioFromText(text, 'cell.yaml', () => Promise.reject(new Error('no dataset')), overrides);
  // Farther away than a scenario may say.
  const far = async (mu: number) => {
    const small = await cell(SMALL, {});
    const pue = parseDistribution({ lognormal: { mu, sigma: 1 } }, () => {})!;
    return { ...small, regimes: small.regimes.map((regime) => ({ ...regime, pue })) };
  };
  cells = await Promise.all([
    cell(SMALL, {}),
    cell(LARGE, {}),
    cell(SMALL, { set: ['pue=3', 'input_tokens=0', 'prefill_weight=0.5'] }),
    cell(LARGE, { sampler: 'sobol', samples: 40_000 }),
    cell(SMALL, { set: ['models.One.tps=0.001'] }),
    far(-480),
    far(600),
    cell(LARGE, { until: 'p50=1%', samples: 100_000 }),
    cell(SMALL, {}),
  ]);
});

describe('cells one after the other in one memory', () => {
  it('have the rows of cells in memory of their own, whatever came before them', needs('minutes'), async () => {
    const run = cellsRunner(engine);
    for (const cell of [...cells, ...cells]) expect(await run([cell])).toEqual(await cellsRunner(engine)([cell]));
  });

  it('side by side do not share it', needs('minutes'), async () => {
    const run = cellsRunner(engine);
    await run([cells[0]]);
    const rows = await Promise.all(cells.map((cell) => run([cell])));
    expect(rows).toEqual(await Promise.all(cells.map((cell) => cellsRunner(engine)([cell]))));
  });
});

describe('the memory of kernels', () => {
  it('is handed out again when it is large enough, zeroed where it was written', async () => {
    const memory = new KernelMemory((await loadKernel(await builtKernel()))!);
    const first = await memory.open(1_000_000);
    new Uint8Array(first.buffer).fill(7, STANDING_BYTES, 500_000);
    memory.giveBack(first, 500_000);
    const second = await memory.open(800_000);
    expect(second.buffer).toBe(first.buffer);
    expect(new Uint8Array(second.buffer).subarray(STANDING_BYTES).every((byte) => byte === 0)).toBe(true);
  });

  it('is fresh while the other is in use, and where the other is too small', async () => {
    const memory = new KernelMemory((await loadKernel(await builtKernel()))!);
    const first = await memory.open(100_000);
    expect((await memory.open(100_000)).buffer).not.toBe(first.buffer);
    memory.giveBack(first, STANDING_BYTES);
    const larger = await memory.open(10_000_000);
    expect(larger.buffer.byteLength).toBeGreaterThanOrEqual(10_000_000);
  });
});
