// One suite over both engines: the WebAssembly kernel and its counter against the TypeScript reference, bit for bit. What it
// cannot see: mistakes that both engines share (the oracle and the distribution tests look for those), and platforms without
// WebAssembly SIMD. Needs the built dist/kernel/kernel.wasm.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { exp, ln } from '../../src/distributions/elementary.js';
import type { Distribution } from '../../src/distributions/index.js';
import { normalQuantile } from '../../src/distributions/normal-quantile.js';
import { parseDistribution } from '../../src/distributions/parse.js';
import { loadKernel } from '../../src/kernel/load.js';
import { openOperations } from '../../src/kernel/operations.js';
import { referenceKernel } from '../../src/kernel/reference.js';
import { BLOCK_SIZE } from '../../src/kernel/uniforms.js';
import { wasmKernel } from '../../src/kernel/wasm-kernel.js';
import type { KernelModule } from '../../src/kernel/web-assembly.js';
import { type Plan, planBlends, planModels } from '../../src/plan.js';
import { blendMembers } from '../../src/result.js';
import { loadScenario } from '../../src/scenario/load.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { simulateHere } from '../../src/simulate.js';
import { Sketches } from '../../src/sketch/sketches.js';
import { rangeRunner } from '../../src/workers/run-range.js';

const SHIPPED = ['oviedo-2025', 'oviedo-2026', 'input-length', 'coupled-utilization', 'non-production'];

/** What a scenario may write for a parameter, one of each kind of drawing. */
const WRITTEN: Readonly<Record<string, unknown>> = {
  gamma: { gamma: { shape: 2, scale: 250 } },
  beta: { beta: { alpha: 2, beta: 5 } },
  weibull: { weibull: { shape: 1.5, scale: 300 } },
  triangular: { triangular: { min: 1, mode: 2, max: 9 } },
  uniform: { uniform: { min: 0.2, max: 0.9 } },
  loguniform: { loguniform: { min: 10, max: 10_000 } },
  normal: { normal: { mean: 1, sd: 0.7 } },
  'truncated lognormal': { lognormal: { p5: 1.05, p95: 1.6 }, min: 1 },
  'truncated normal': { normal: { mean: 0.6, sd: 0.3 }, min: 0.1, max: 1 },
  'truncated exponential': { exponential: { mean: 500 }, min: 1, max: 4000 },
  'far tail of a lognormal': { lognormal: { mu: 0, sigma: 1 }, min: 400 },
  empirical: { empirical: { values: [0, 3, 700], weights: [1, 2, 1] } },
  mixture: {
    mixture: [
      { weight: 0.3, distribution: { lognormal: { mu: 5, sigma: 1 } } },
      { weight: 0.7, distribution: { exponential: { mean: 900 } } },
    ],
  },
  'heavy tails': { lognormal: { mu: 0, sigma: 3 } },
  constant: 7,
};

let module: KernelModule;
beforeAll(async () => {
  const bytes = Uint8Array.from(await readFile(new URL('../../dist/kernel/kernel.wasm', import.meta.url)));
  module = (await loadKernel(bytes))!;
});

async function shipped(name: string, samples: number): Promise<ResolvedScenario> {
  const scenario = await loadScenario(new URL(`../../scenarios/${name}.yaml`, import.meta.url).pathname);
  return { ...scenario, samples };
}

function distribution(written: unknown): Distribution {
  const parsed = parseDistribution(written, (path, message) => {
    throw new Error(`${path.join('.')}: ${message}`);
  });
  return parsed!;
}

/** A shipped scenario with one distribution wherever lengths, weights and factors stand. */
async function scenarioOf(written: unknown, samples: number): Promise<ResolvedScenario> {
  const base = await shipped('oviedo-2026', samples);
  const drawn = distribution(written);
  const regimes = base.regimes.map((regime, i) => ({
    ...regime,
    output_tokens: i === 0 ? drawn : regime.output_tokens,
    input_tokens: drawn,
    prefill_weight: i === 0 ? distribution(1 / 30) : drawn,
    pue: drawn,
    power_utilization: i === 0 ? { coupled: { base: 0.24, span: 0.56 } } : drawn,
  }));
  return { ...base, regimes };
}

const COLUMNS = ['lnEffective', 'lnTps', 'lnUtilization', 'lnEnergy'] as const;

async function expectEqualBlocks(plan: Plan, blocks: readonly [block: number, n: number][]): Promise<void> {
  const [reference, wasm] = [await referenceKernel(plan), await wasmKernel(plan, module)];
  for (const [block, n] of blocks) {
    reference.evaluate(block, n);
    wasm.evaluate(block, n);
    const [expected, found] = [reference.layout, wasm.layout];
    plan.columns.forEach(({ scale, variable }, i) => {
      if (scale !== 'factor') expectSame(found.value[i], expected.value[i], n, variable);
      expectSame(found.ln[i], expected.ln[i], n, `ln ${variable}`);
    });
    for (const name of COLUMNS) {
      expected[name].forEach((column, i) => {
        expectSame(found[name][i], column, n, `${name}[${i}]`);
      });
    }
    expect([...found.capped]).toEqual([...expected.capped]);
    expect([...found.extrapolated]).toEqual([...expected.extrapolated]);
  }
}

/** The same numbers in every bit but the sign of zero. */
function expectSame(found: Float64Array, expected: Float64Array, n: number, name: string): void {
  for (let i = 0; i < n; i++) {
    const same = found[i] === expected[i] || (Number.isNaN(found[i]) && Number.isNaN(expected[i]));
    if (!same) expect.fail(`${name}[${i}]: wasm ${found[i]}, reference ${expected[i]}`);
  }
}

/** What a range counts, whatever the windows and parts that hold it. */
async function counted(plan: Plan, engine: KernelModule | undefined, ranges: readonly [number, number][]) {
  const run = await rangeRunner(plan, engine);
  const sketches = new Sketches(plan.outputs.length, plan.cells.length, () => new Float64Array(0));
  for (const [firstBlock, blocks] of ranges) sketches.merge(run({ firstBlock, blocks }));
  return {
    histograms: sketches.histograms.map(({ first_bin, counts, zeros, non_finite, ln_min, ln_max }) => ({
      filled: digest(first_bin, counts),
      zeros,
      non_finite,
      ln_min,
      ln_max,
    })),
    capped: [...sketches.capped],
    extrapolated: [...sketches.extrapolated],
  };
}

/** Of the bins that hold a draw and how many each holds, wherever the window lies. */
function digest(firstBin: number, counts: Uint32Array | Float64Array): string {
  const filled: number[] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0) filled.push(firstBin + i, counts[i]);
  return createHash('sha256').update(Float64Array.from(filled)).digest('hex');
}

async function expectEqualCounts(scenario: ResolvedScenario): Promise<void> {
  const models = await simulateHere(scenario, { kernel: 'reference' });
  const plans = [planModels(scenario), planBlends(scenario, blendMembers(scenario, models.models))];
  for (const plan of plans) {
    const expected = await counted(plan, undefined, [[0, 6]]);
    expect(await counted(plan, module, [[0, 6]])).toEqual(expected);
    // Another split moves the windows, and nothing else.
    expect(
      await counted(plan, module, [
        [3, 3],
        [0, 1],
        [1, 2],
      ]),
    ).toEqual(expected);
  }
}

describe('the WebAssembly kernel', { timeout: 240_000 }, () => {
  it.each(SHIPPED)('computes every column of %s to the same bits as the reference', async (name) => {
    await expectEqualBlocks(planModels(await shipped(name, 1e6)), [
      [0, 1024],
      [7, 1024],
      [2 ** 33 + 5, 1021],
    ]);
  });

  it.each(Object.keys(WRITTEN))('draws %s to the same bits as the reference, wherever it stands', async (kind) => {
    await expectEqualBlocks(planModels(await scenarioOf(WRITTEN[kind], 1e6)), [
      [0, 1024],
      [1, 3],
    ]);
  });

  it.each(SHIPPED)('counts every output of %s as the reference does, over any split', async (name) => {
    await expectEqualCounts(await shipped(name, 5 * BLOCK_SIZE + 13));
  });

  it.each(['gamma', 'mixture', 'normal', 'empirical', 'heavy tails', 'constant'])(
    'counts zeros, tails and numbers that are none as the reference does: %s',
    async (kind) => {
      await expectEqualCounts(await scenarioOf(WRITTEN[kind], 5 * BLOCK_SIZE + 2));
    },
  );
});

describe('its operations', () => {
  const CORNERS = [0, -0, -1, Number.MIN_VALUE, 1e-310, 2.2250738585072014e-308, 2 ** -53, 1 - 2 ** -53, 1, 0.5, 1e308];
  const ODD = [
    Number.MAX_VALUE,
    Infinity,
    -Infinity,
    NaN,
    709.8,
    709.7,
    -745.2,
    -744,
    -708.5,
    2 ** -1030,
    88.7,
    -1e-17,
  ];

  async function applied(inputs: readonly number[], name: 'logarithms' | 'exponentials' | 'normals' | 'rounded') {
    const { operations, buffer } = await openOperations(module, 65_536);
    const column = new Float64Array(buffer, 8192, BLOCK_SIZE);
    const out = new Float64Array(buffer, 24_576, BLOCK_SIZE);
    column.fill(0.5);
    column.set(inputs);
    operations[name](8192, 24_576, 40_960);
    return [...out.subarray(0, inputs.length)];
  }

  it('ln agrees with the reference at every corner', async () => {
    const inputs = [...CORNERS, ...ODD];
    expect(await applied(inputs, 'logarithms')).toEqual(inputs.map(ln));
  });

  it('exp agrees with the reference at every corner', async () => {
    const inputs = [...CORNERS, ...ODD];
    expect(await applied(inputs, 'exponentials')).toEqual(inputs.map(exp));
  });

  it('the normal quantile agrees with the reference in both tails, down to the smallest uniform numbers', async () => {
    const tails = [2 ** -53, 3 * 2 ** -53, 1e-12, 1.3e-11, 1.5e-11, 1e-5, 0.0749999, 0.075, 0.0750001, 0.3];
    const inputs = [...tails, ...tails.map((u) => 1 - u), 0.5, 0, 1];
    expect(await applied(inputs, 'normals')).toEqual(inputs.map(normalQuantile));
  });

  it('rounds halves upwards, as Math.round', async () => {
    const inputs = [0.5, 0.49999999999999994, 1.5, 2.5, -2.5, -2.4, 1e15 + 0.5, 2 ** 53, 0, 7];
    expect(await applied(inputs, 'rounded')).toEqual(inputs.map(Math.round));
  });
});

describe('the choice of kernel', () => {
  it('is the reference where asked, and the module given where one is given', async () => {
    expect(await loadKernel('reference')).toBeUndefined();
    expect(await loadKernel(module)).toBe(module);
  });

  it('refuses bytes that are no WebAssembly', async () => {
    await expect(loadKernel(Uint8Array.of(1, 2, 3))).rejects.toThrow('the WebAssembly kernel cannot be used');
  });
});
