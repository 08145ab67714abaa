// One result, however it is computed: threads, ranges, sample counts. Through the built package where threads are needed.
// What it cannot see: another machine or engine; the frozen draws of test/kernel are what would differ there.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openPool, type ResolvedScenario, type RunOptions, runScenario, scenarioFromText } from 'tokenjoule';
import { afterAll, describe, expect, it } from 'vitest';
import { blockRanges } from '../../src/blocks/block-ranges.js';
import { allBlocks, type BlockRange } from '../../src/blocks/blocks.js';
import { rangeDrawer } from '../../src/engine/draw-range.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { referenceKernel } from '../../src/kernel/reference/reference.js';
import type { Plan } from '../../src/plan/plan.js';
import { planModels } from '../../src/plan/plan-models.js';
import { sampleBatches } from '../../src/run/sample-batches.js';
import type { Histogram } from '../../src/sketch/histogram.js';
import { Sketches } from '../../src/sketch/sketches.js';
import { readTable } from '../../src/tables/read.js';
import { needs, tries } from '../needs.js';

/** Every kind of column and output: rejection-free and late-loaded families, truncation, coupling, prefill, pathways. */
const SCENARIO = `
version: 1
name: everything
seed: 0
samples: ${tries(4000, 30_000)}
node_power_kw: { uniform: { min: 9, max: 11 } }
models:
  Fast: { tps: { triangular: { min: 2000, mode: 3000, max: 5000 } } }
  Slow: { tps: 900, node_power_kw: 14 }
  Middling: { tps: { loguniform: { min: 800, max: 1600 } } }
pue: { lognormal: { p5: 1.05, p95: 1.6 }, min: 1 }
prefill_weight: 0.03
input_tokens: { gamma: { shape: 2, scale: 300 } }
regimes:
  traditional:
    output_tokens: { exponential: { median: 300 } }
    power_utilization: { beta: { alpha: 5, beta: 3 } }
  test-time-scaling:
    output_tokens: { mixture: [{ weight: 0.4, distribution: { weibull: { shape: 1.5, scale: 4000 } } }, { weight: 0.6, distribution: { empirical: { values: [1000, 5000, 20000] } } }] }
    power_utilization: { coupled: { base: 0.24, span: 0.56 } }
blends:
  top: { highest_median_energy: 2 }
  named: { models: [Fast, Slow] }
pathways:
  model: { lognormal: { p5: 1.5, p95: 10 } }
  serving: { normal: { mean: 3, sd: 0.5 }, min: 1 }
  both: { product: [model, serving] }
fleet:
  blend: top
  queries_per_day: 1e6
  beta: 1.2
  mixes: { all: { traditional: 0.5, test-time-scaling: 0.5 } }
`;

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'tokenjoule-test-'));
  folders.push(made);
  return made;
}

const noDataset = () => Promise.reject(new Error('no dataset here'));
const scenario = (text = SCENARIO, samples?: number): Promise<ResolvedScenario> =>
  scenarioFromText(text, 'everything.yaml', noDataset, samples === undefined ? {} : { samples });

async function options(more: Partial<RunOptions> = {}): Promise<RunOptions> {
  return { out: await folder(), keepSamples: false, now: () => new Date(0), ...more };
}

/** Every table's bytes after a run with this many workers. */
async function tablesWith(workers: number, samples?: number): Promise<Map<string, string>> {
  const pool = await openPool(workers);
  try {
    const report = await runScenario(
      pool,
      await scenario(SCENARIO, samples),
      await options({ keepSamples: samples === undefined && (workers === 0 || workers === 2) }),
    );
    return new Map(
      report.files.filter(({ name }) => name !== 'manifest.json').map(({ name, sha256 }) => [name, sha256]),
    );
  } finally {
    await pool.close();
  }
}

function content({ first_bin, counts, ...rest }: Histogram) {
  const filled: [number, number][] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0) filled.push([first_bin + i, counts[i]]);
  return { filled, ...rest };
}

async function runIn(plan: Plan, ranges: readonly BlockRange[]): Promise<Sketches> {
  const merged = new Sketches(plan.counted.length, () => new Float64Array(0));
  const run = await rangeDrawer(plan, REFERENCE_ENGINE);
  for (const range of ranges) merged.merge(run(range));
  return merged;
}

async function drawn(plan: Plan) {
  const batches = sampleBatches(
    plan,
    await referenceKernel(plan),
    [plan.services[0].regime],
    ['Fast', 'Slow', 'Middling'],
  );
  const columns = {
    energy_wh: [] as number[],
    pue: [] as number[],
    output_tokens: [] as number[],
    input_tokens: [] as number[],
  };
  for (const batch of batches) {
    const first = batch.model.length / plan.services.length;
    for (const key of Object.keys(columns) as (keyof typeof columns)[])
      columns[key].push(...batch[key].subarray(0, first));
  }
  return columns;
}

describe('tables', () => {
  it('are byte-equal for any number of workers', needs('minutes'), async () => {
    const [alone, two] = [await tablesWith(0), await tablesWith(2)];
    expect([...alone.keys()]).toEqual([
      'summary.arrow',
      'histogram.arrow',
      'throughput.arrow',
      'fleet.arrow',
      'inputs.arrow',
      'samples.arrow',
    ]);
    expect(two).toEqual(alone);
    const withoutSamples = new Map([...alone].filter(([name]) => name !== 'samples.arrow'));
    for (const workers of [4, 1].slice(0, tries(1, 2))) expect(await tablesWith(workers)).toEqual(withoutSamples);
  });

  it(
    'are so where the samples make two ranges in the calling thread and three in workers',
    needs('minutes'),
    async () => {
      const samples = 1_200_000;
      expect([0, 2].map((workers) => blockRanges(allBlocks(samples), workers).length)).toEqual([2, 3]);
      expect(await tablesWith(2, samples)).toEqual(await tablesWith(0, samples));
    },
  );

  it('do not depend on how blocks are divided into ranges, nor on their order', needs('minutes'), async () => {
    const plan = planModels(await scenario(SCENARIO, 10_000));
    const whole = await runIn(plan, [{ firstBlock: 0, blocks: 10 }]);
    const pieces = await runIn(
      plan,
      [7, 0, 3, 9, 1, 2, 8, 4, 6, 5].map((firstBlock) => ({ firstBlock, blocks: 1 })),
    );
    expect(pieces.histograms.map(content)).toEqual(whole.histograms.map(content));
  });

  it('change with the seed', async () => {
    const [a, b] = await Promise.all(
      [0, 1].map(async (seed) => planModels(await scenario(SCENARIO.replace('seed: 0', `seed: ${seed}`), 2000))),
    );
    expect((await drawn(a)).energy_wh).not.toEqual((await drawn(b)).energy_wh);
  });
});

describe('draws', () => {
  it('of the first samples stay the same when there are more', async () => {
    const few = await drawn(planModels(await scenario(SCENARIO, 1500)));
    const many = await drawn(planModels(await scenario(SCENARIO, 4000)));
    expect(many.energy_wh.slice(0, 1500)).toEqual(few.energy_wh);
  });

  it('of one variable do not move when another changes its distribution', async () => {
    const before = await drawn(planModels(await scenario(SCENARIO, 2000)));
    const changed = SCENARIO.replace('gamma: { shape: 2, scale: 300 }', 'uniform: { min: 1, max: 900 }');
    const after = await drawn(planModels(await scenario(changed, 2000)));
    expect(after.input_tokens).not.toEqual(before.input_tokens);
    expect(after.pue).toEqual(before.pue);
    expect(after.output_tokens).toEqual(before.output_tokens);
  });

  it('of token counts are whole numbers', async () => {
    const { input_tokens, output_tokens } = await drawn(planModels(await scenario(SCENARIO, 3000)));
    expect([...input_tokens, ...output_tokens].every((tokens) => Number.isInteger(tokens) && tokens >= 0)).toBe(true);
  });

  it('rise with PUE, draw by draw', async () => {
    const low = await drawn(planModels(await scenario(SCENARIO.replace(/pue: .*/, 'pue: 1.1'), 2000)));
    const high = await drawn(planModels(await scenario(SCENARIO.replace(/pue: .*/, 'pue: 1.32'), 2000)));
    high.energy_wh.forEach((energy, i) => {
      expect(energy / low.energy_wh[i]).toBeCloseTo(1.2, 10);
    });
  });
});

describe('samples.arrow', () => {
  it('holds the very draws that the summary counts, and the formula joins its columns', needs('minutes'), async () => {
    const pool = await openPool(0);
    const report = await runScenario(pool, await scenario(SCENARIO, 5000), await options({ keepSamples: true }));
    const { rows } = await readTable(join(report.folder, 'samples.arrow'));
    expect(rows).toHaveLength(5000 * 3 * 2);
    for (const one of rows.slice(0, 3000)) {
      const tokens = Number(one.output_tokens) + Number(one.prefill_weight) * Number(one.input_tokens);
      const energy =
        (Number(one.pue) * Number(one.node_power_kw) * Number(one.power_utilization) * tokens) / Number(one.tps) / 3.6;
      expect(Math.abs(Number(one.energy_wh) - energy)).toBeLessThanOrEqual(1e-12 * energy);
    }
    const energies = rows
      .filter(({ model, regime }) => model === 'Slow' && regime === 'traditional')
      .map(({ energy_wh }) => Number(energy_wh));
    const sorted = energies.sort((a, b) => a - b);
    const summary = report.tables.summary.find(
      (one) => one.subject === 'Slow' && one.regime === 'traditional' && one.metric === 'energy',
    )!;
    expect(summary.n).toBe(5000);
    expect(Math.abs(summary.p25! / sorted[1249] - 1)).toBeLessThan(1e-4);
    expect(Math.abs(summary.mean! / (sorted.reduce((sum, x) => sum + x, 0) / 5000) - 1)).toBeLessThan(1e-5);
  });
});

describe('truncation', () => {
  it('keeps draws inside the bound and reports the mass it took', async () => {
    const pool = await openPool(0);
    const report = await runScenario(pool, await scenario(SCENARIO, 20_000), await options());
    const pue = report.tables.inputs.find((one) => one.variable === 'pue')!;
    expect(pue.share_below).toBe(0);
    expect(pue.removed_mass).toBeCloseTo(0.02138, 4);
    expect(report.notes).toContain('truncation took 2.1 % of pue');
    // 3 and 0.5 bounded at 1: four standard deviations below the mean.
    const multiplier = report.tables.inputs.find((one) => one.variable === 'pathways.serving')!;
    expect(multiplier).toMatchObject({ regime: 'all', unit: '1', mean: null });
    expect(multiplier.removed_mass! / 3.167124e-5).toBeCloseTo(1, 5);
  });
});

describe('a run that cannot finish', () => {
  const faults = [
    [
      'whose thread dies',
      'ends-thread',
      /^block 300 of pass 1 \(samples 307200 to 308223\) failed, and failed again alone: ./,
    ],
    [
      'whose block throws',
      'throws',
      /^block 300 of pass 1 \(samples 307200 to 308223\) failed, and failed again alone: the test asked for it$/,
    ],
  ] as const;

  it.each(faults.slice(0, tries(1, 2)))(
    '%s each time names the block, fails and leaves no file',
    needs('minutes'),
    async (_, worker, message) => {
      const pool = await openPool(2, new URL(`../workers/${worker}.cjs`, import.meta.url));
      const run = await options();
      await expect(runScenario(pool, await scenario(SCENARIO, 310_000), run)).rejects.toThrow(message);
      await pool.close();
      expect(await readdir(run.out)).toEqual([]);
    },
  );

  it.each([0, 2])('because it was aborted, with %i workers, leaves no file', async (workers) => {
    const pool = await openPool(workers);
    const stop = new AbortController();
    const run = await options({ signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) });
    await expect(runScenario(pool, await scenario(SCENARIO, 20_000), run)).rejects.toThrow('enough');
    await pool.close();
    expect(await readdir(run.out)).toEqual([]);
  });
});

describe('a pool that is closed while its threads start', needs('minutes'), () => {
  it('leaves the process alive', async () => {
    const script = fileURLToPath(new URL('../workers/closes-early.mjs', import.meta.url));
    expect((await promisify(execFile)(process.execPath, [script])).stdout).toBe('20 pools\n');
  });
});

describe('progress', () => {
  it('never falls and ends at all samples of both passes', async () => {
    const seen: [number, number][] = [];
    const pool = await openPool(0);
    await runScenario(pool, await scenario(SCENARIO, 20_000), await options({ onProgress: (...at) => seen.push(at) }));
    expect(seen.map(([drawn]) => drawn)).toEqual(seen.map(([drawn]) => drawn).sort((a, b) => a - b));
    expect(seen.at(-1)).toEqual([40_000, 40_000]);
  });
});

describe('the manifest', () => {
  it('lists every table with its hash and the resolved scenario', async () => {
    const pool = await openPool(0);
    const report = await runScenario(pool, await scenario(SCENARIO, 2000), await options());
    const manifest = JSON.parse(await readFile(join(report.folder, 'manifest.json'), 'utf8'));
    expect(manifest.scenario).toEqual(JSON.parse(JSON.stringify(report.scenario)));
    expect(manifest.files.map(({ name }: { name: string }) => name)).toEqual([
      'summary.arrow',
      'histogram.arrow',
      'throughput.arrow',
      'fleet.arrow',
      'inputs.arrow',
    ]);
    expect(manifest).toMatchObject({ kernel: 'wasm-simd', workers: 0, seed: '0', started: '1970-01-01T00:00:00.000Z' });
  });
});
