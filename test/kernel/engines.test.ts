// One suite over both engines: the WebAssembly kernel and its counter, in single precision, against the TypeScript reference, draw
// by draw and quantile by quantile. What it cannot see: mistakes that both engines share (the oracle and the distribution tests
// look for those), and platforms without WebAssembly SIMD. Needs the built dist/kernel/kernel.wasm.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Distribution } from '../../src/distributions/index.js';
import { parseDistribution } from '../../src/distributions/parse.js';
import { rangeDrawer } from '../../src/engine/draw-range.js';
import type { Engine } from '../../src/engine/engine.js';
import { loadKernel } from '../../src/engine/load-engine.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { wasmEngine } from '../../src/engine/wasm-engine.js';
import type { Layout } from '../../src/kernel/layout.js';
import { referenceKernel } from '../../src/kernel/reference/reference.js';
import { wasmKernel } from '../../src/kernel/wasm/wasm-kernel.js';
import type { KernelModule } from '../../src/kernel/wasm/web-assembly.js';
import { type FittedThroughput, lnTpsUncapped } from '../../src/model/throughput/throughput.js';
import type { Plan } from '../../src/plan/plan.js';
import { planBlends } from '../../src/plan/plan-blends.js';
import { planModels } from '../../src/plan/plan-models.js';
import { blendMembers } from '../../src/plan/stages.js';
import { SAMPLERS } from '../../src/random/sampler.js';
import { BLOCK_SIZE } from '../../src/random/uniforms.js';
import { loadScenario } from '../../src/scenario/load.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { simulateHere } from '../../src/simulate/simulate.js';
import type { Histogram, HistogramData } from '../../src/sketch/histogram.js';
import { Sketches } from '../../src/sketch/sketches.js';
import { countOf, quantiles } from '../../src/sketch/statistics.js';
import { needs, tries } from '../needs.js';

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
  'one value but for a few': {
    mixture: [
      { weight: 0.4026, distribution: 1.2 },
      { weight: 0.0012, distribution: 9 },
      { weight: 0.5962, distribution: 1.2 },
    ],
  },
  'a staircase of 2560 values': { empirical: { values: Array.from({ length: 2560 }, (_, i) => 1 + i) } },
  constant: 7,
};

let module: KernelModule;
let wasm: Engine;
beforeAll(async () => {
  const bytes = Uint8Array.from(await readFile(new URL('../../dist/kernel/kernel.wasm', import.meta.url)));
  module = (await loadKernel(bytes))!;
  wasm = wasmEngine(module);
});

function fileOf(name: string): string {
  return new URL(`../../scenarios/${name}.yaml`, import.meta.url).pathname;
}

async function shipped(name: string, samples: number): Promise<ResolvedScenario> {
  const scenario = await loadScenario(fileOf(name));
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

/** What `wasmKernel` promises of each logarithm, and what it may do to the least digit of a token count. */
const TOLERANCE = 1e-5;

/** Most draws of a block in which a token count is rounded the other way: lengths near 10^5 are known to 0.2 tokens. */
const MOST_ROUNDED_OTHERWISE = 0.2;

async function expectNearBlocks(plan: Plan, blocks: readonly [block: number, n: number][]): Promise<void> {
  const [reference, wasm] = [await referenceKernel(plan), await wasmKernel(plan, module)];
  for (const [block, n] of blocks) {
    reference.evaluate(block, n);
    wasm.evaluate(block, n);
    const [expected, found] = [reference.layout, wasm.layout];
    const draws = Array.from({ length: n }, (_, i) => i);
    const tokens = plan.nodes.flatMap((node, id) => (node.kind === 'draw' && node.scale === 'tokens' ? [id] : []));
    for (const id of tokens) for (const i of draws) expectSameTokens(found.value[id][i], expected.value[id][i]);
    const alike = draws.filter((i) => tokens.every((id) => found.value[id][i] === Math.fround(expected.value[id][i])));
    expect(alike.length).toBeGreaterThan((1 - MOST_ROUNDED_OTHERWISE) * n);
    plan.nodes.forEach((node, id) => {
      // What nothing is counted from has no column.
      if (found.ln[id].length > 0) expectNear(found.ln[id], expected.ln[id], alike, `${node.kind} ${id}`);
    });
    await expectNearOnes(plan, expected, block, alike);
  }
}

/** As many draws of a full block capped and extrapolated, but for those whose token counts differ, or that are at the cap. */
async function expectNearOnes(one: Plan, { ln }: Layout, block: number, alike: readonly number[]): Promise<void> {
  const plan = { ...one, samples: Number.MAX_SAFE_INTEGER };
  const [expected, found] = [
    await sketched(plan, REFERENCE_ENGINE, [[block, 1]]),
    await sketched(plan, wasm, [[block, 1]]),
  ];
  plan.counted.forEach((what, place) => {
    const node = what.kind === 'node' ? plan.nodes[what.of] : undefined;
    if (node?.kind !== 'capped' && node?.kind !== 'outside') return;
    const isAtCap = (i: number) =>
      node.kind === 'capped' &&
      Math.abs(lnTpsUncapped(node.law, ln[node.input][i], ln[node.output][i]) - Math.log(node.law.cap_tps)) < TOLERANCE;
    const uncertain = BLOCK_SIZE - alike.length + (node.kind === 'capped' ? alike.filter(isAtCap).length : 0);
    const [ours, theirs] = [found, expected].map(({ histograms }) => histograms[place].zeros);
    expect(Math.abs(ours - theirs), `${node.kind} ${place}`).toBeLessThanOrEqual(uncertain);
  });
}

/** Equal, or neighbours, or so large that single precision rounds them. */
function expectSameTokens(found: number, expected: number): void {
  const same = Number.isNaN(expected)
    ? Number.isNaN(found)
    : Math.abs(found - expected) <= Math.max(1, 3e-6 * Math.abs(expected));
  if (!same) expect.fail(`tokens: wasm ${found}, reference ${expected}`);
}

function expectNear(found: ArrayLike<number>, expected: Float64Array, draws: readonly number[], name: string): void {
  for (const i of draws) {
    const same = found[i] === expected[i] || (Number.isNaN(found[i]) && Number.isNaN(expected[i]));
    // Relative beyond ln x = 16, where single precision is coarser.
    const allowed = TOLERANCE * Math.max(1, Math.abs(expected[i]) / 16);
    if (!same && !(Math.abs(found[i] - expected[i]) <= allowed))
      expect.fail(`${name}[${i}]: wasm ${found[i]}, reference ${expected[i]}`);
  }
}

/** What ranges count. */
async function sketched(plan: Plan, engine: Engine, ranges: readonly [number, number][]) {
  const run = await rangeDrawer(plan, engine);
  const sketches = new Sketches(plan.counted.length, () => new Float64Array(0));
  for (const [firstBlock, blocks] of ranges) sketches.merge(run({ firstBlock, blocks }));
  return sketches;
}

/** The same, whatever the windows and parts that hold it. */
function counted({ histograms }: Sketches) {
  return histograms.map(({ first_bin, counts, zeros, non_finite, ln_min, ln_max }) => ({
    filled: digest(first_bin, counts),
    zeros,
    non_finite,
    ln_min,
    ln_max,
  }));
}

/** Draws for which an indicator is 1, of every model. */
function onesOf(plan: Plan, { histograms }: Sketches, metric: string): number[] {
  const measures = plan.measures.filter(({ row }) => row.metric === metric);
  return measures.map(({ of }) => countOf(histograms[of]) - histograms[of].zeros);
}

/** Of the bins that hold a draw and how many each holds, wherever the window lies. */
function digest(firstBin: number, counts: HistogramData['counts']): string {
  const filled: number[] = [];
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0) filled.push(firstBin + i, counts[i]);
  return createHash('sha256').update(Float64Array.from(filled)).digest('hex');
}

/** Kinds with zeros, far tails, atoms, and values that are no number. */
const UNEVEN = [
  'mixture',
  'heavy tails',
  'one value but for a few',
  'normal',
  'gamma',
  'empirical',
  'far tail of a lognormal',
  'a staircase of 2560 values',
  'constant',
].slice(0, tries(4, 9));

const PROBABILITIES = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999];

/** Width of a bin: both engines' quantiles lie in the bin of the draw of that rank, or in its neighbour. */
const BIN = 1e-4;

/** Quantiles of an output agree to one bin and the error of single precision, P99.9 included. */
function expectNearQuantiles(found: Histogram, expected: Histogram, name: string, tolerance = TOLERANCE): void {
  // A draw at the edge of a trim may fall to its other side: three members have two edges each.
  const [n, many] = [found, expected].map((histogram) => countOf(histogram) + histogram.non_finite);
  expect(Math.abs(n - many), name).toBeLessThanOrEqual(Math.max(6, 1e-4 * many));
  // So may one at the edge of what an indicator tells, e.g. of the hull of the rows: its quantiles are 0 or 1, so its zeros are compared.
  expect(Math.abs(found.zeros - expected.zeros), `${name} zeros`).toBeLessThanOrEqual(Math.max(6, 1e-4 * many));
  const [ours, theirs] = [found, expected].map((histogram) => quantiles(histogram, PROBABILITIES));
  PROBABILITIES.forEach((p, i) => {
    const same = ours[i] === theirs[i] || (Number.isNaN(ours[i]) && Number.isNaN(theirs[i]));
    const atZeros = Math.min(ours[i], theirs[i]) === 0;
    if (!same && !atZeros)
      expect(Math.abs(Math.log(ours[i] / theirs[i])), `${name} P${100 * p}`).toBeLessThan(BIN + tolerance);
  });
}

/** What is counted at a place, in words. */
function nameOf({ measures }: Plan, place: number): string {
  const row = measures.find(({ of }) => of === place)?.row;
  return `${row?.regime} ${row?.subject} ${row?.metric}`;
}

async function plansOf(scenario: ResolvedScenario): Promise<Plan[]> {
  const { models } = await simulateHere(scenario, { kernel: module });
  return [planModels(scenario), planBlends(scenario, blendMembers(scenario, models))];
}

/** What is drawn once for several tests, by name: a scenario's plans, and what the WebAssembly engine counts of each over all its blocks. */
const drawnOnce = new Map<string, Promise<{ plan: Plan; whole: Sketches }[]>>();

function wholeOf(name: string, scenario: () => Promise<ResolvedScenario>) {
  const drawn =
    drawnOnce.get(name) ??
    scenario()
      .then(plansOf)
      .then((plans) => Promise.all(plans.map(wholly)));
  drawnOnce.set(name, drawn);
  return drawn;
}

async function wholly(plan: Plan): Promise<{ plan: Plan; whole: Sketches }> {
  return { plan, whole: await sketched(plan, wasm, [[0, Math.ceil(plan.samples / BLOCK_SIZE)]]) };
}

async function expectNearCounts(
  drawn: readonly { plan: Plan; whole: Sketches }[],
  tolerance = TOLERANCE,
): Promise<void> {
  for (const { plan, whole } of drawn) {
    const expected = await sketched(plan, REFERENCE_ENGINE, [[0, Math.ceil(plan.samples / BLOCK_SIZE)]]);
    whole.histograms.forEach((histogram, i) => {
      expectNearQuantiles(histogram, expected.histograms[i], `${nameOf(plan, i)} ${i}`, tolerance);
    });
  }
}

/** Another split moves windows and batches, and nothing else. */
const LAST = tries(5, 13);
const SPLIT: readonly [number, number][] = [
  [LAST, tries(2, 7)],
  [0, 1],
  [1, LAST - 1],
];

async function expectEqualSplit(drawn: readonly { plan: Plan; whole: Sketches }[]): Promise<void> {
  for (const { plan, whole } of drawn) expect(counted(await sketched(plan, wasm, SPLIT))).toEqual(counted(whole));
}

/** The first three are of kinds of their own: fitted throughputs, coupled utilisation, ratios to serving outside production. */
const DRAWN = ['oviedo-2026', 'coupled-utilization', 'non-production', 'oviedo-2025', 'input-length'].slice(
  0,
  tries(3, 5),
);

/** As many blocks as the split has, the last one not full. */
const SAMPLES = (LAST + tries(1, 6)) * BLOCK_SIZE + 13;
const shippedDrawn = (name: string) => wholeOf(name, () => shipped(name, SAMPLES));
const unevenDrawn = (kind: string) => wholeOf(kind, () => scenarioOf(WRITTEN[kind], SAMPLES));

describe('the WebAssembly kernel', { timeout: 240_000 }, () => {
  it.each(SAMPLERS)('draws correlated columns to 1e-5 of the reference, from %s words', async (sampler) => {
    const correlation = 'correlation={ output_tokens: { pue: 0.6, power_utilization: -0.4 } }';
    const correlated = await loadScenario(fileOf('oviedo-2026'), { set: [correlation], sampler, samples: 1e9 });
    const plan = planModels(correlated);
    expect(plan.nodes.filter((node) => node.kind === 'draw' && node.correlated)).toHaveLength(2);
    await expectNearBlocks(plan, [
      [0, 1024],
      [7, 1024],
      [2 ** 20 + 5, 1021],
    ]);
  });

  it('caps the same draws as the reference of an input of one length, however small the slope of the fit', async () => {
    const near = { empirical: { values: [499, 500, 501, 1999, 2000, 2001] } };
    const scenario = await loadScenario(fileOf('oviedo-2026'), { samples: 20_000 });
    const regimes = scenario.regimes.map((regime) => ({ ...regime, output_tokens: distribution(near) }));
    const plan = planModels({ ...scenario, regimes });
    const [expected, found] = [
      await sketched(plan, REFERENCE_ENGINE, [[0, 20]]),
      await sketched(plan, wasm, [[0, 20]]),
    ];
    expect(onesOf(plan, found, 'tps_capped')).toEqual(onesOf(plan, expected, 'tps_capped'));
    expect(onesOf(plan, expected, 'tps_capped').some((draws) => draws > 5000 && draws < 15_000)).toBe(true);
  });

  it.each(SHIPPED)('computes every column of %s to 1e-5 of the reference', async (name) => {
    await expectNearBlocks(planModels(await shipped(name, 1e6)), [
      [0, 1024],
      [7, 1024],
      [2 ** 33 + 5, 1021],
    ]);
  });

  it.each(Object.keys(WRITTEN))('draws %s to 1e-5 of the reference, wherever it stands', async (kind) => {
    await expectNearBlocks(planModels(await scenarioOf(WRITTEN[kind], 1e6)), [
      [0, 1024],
      [1, 3],
    ]);
  });

  it.each(DRAWN)('counts every output of %s to the same quantiles as the reference, P99.9 included', async (name) => {
    await expectNearCounts(await shippedDrawn(name));
  });

  it.each(UNEVEN)(
    'counts %s to the same quantiles as the reference, wherever it stands',
    needs('minutes'),
    async (kind) => {
      await expectNearCounts(await unevenDrawn(kind));
    },
  );

  it.each(DRAWN)('counts the same of %s over any split', async (name) => {
    await expectEqualSplit(await shippedDrawn(name));
  });

  it.each(UNEVEN)(
    'counts the same over any split, tails and numbers that are none too: %s',
    needs('minutes'),
    async (kind) => {
      await expectEqualSplit(await unevenDrawn(kind));
    },
  );
});

describe('its counter', () => {
  it.each(['none', 'p14-p86'])('refuses a plan that counts pathways with trim %s alone', async (trim) => {
    const [, blends] = await plansOf(await shipped('oviedo-2026', 2000));
    const keep = trim === 'none' ? 'all' : 'kept';
    const counted = blends.counted.filter((what) => what.kind === 'pool' && what.keep === keep);
    await expect(rangeDrawer({ ...blends, counted }, wasm)).rejects.toThrow('with one trim alone');
  });
});

/** The paper's scenario with another PUE, or other rows of one model's throughput. */
describe('far from the paper', { timeout: 240_000 }, () => {
  it.each([-480, 600, -430, -410, 410, 430].slice(0, tries(2, 6)))(
    'counts a factor of e^%d in the bins about those of the reference',
    async (mu) => {
      // Beyond e^256 single precision knows ln x to 3e-5; a rank may fall to the next draw.
      const coarse = 5e-4;
      const base = await shipped('oviedo-2026', tries(3, 10) * BLOCK_SIZE);
      const pue = distribution({ lognormal: { mu, sigma: 1 } });
      const far = { ...base, regimes: base.regimes.map((regime) => ({ ...regime, pue })) };
      await expectNearCounts([await wholly(planModels(far))], coarse);
    },
  );

  it.each([
    ['lengths that are fixed on the row of the cap', 501, { constant: 300 }],
    ['drawn lengths', { uniform: { min: 480, max: 520 } }, { exponential: { mean: 300 } }],
  ])('follows a steep fit of throughput with %s', async (_, input, output) => {
    const base = await shipped('oviedo-2026', 20 * BLOCK_SIZE);
    const steep = { intercept: -180, coef_ln_input_tokens: 30, coef_ln_output_tokens: 0.2 };
    const cap_tps = Math.exp(-180 + 30 * Math.log(501) + 0.2 * Math.log(300));
    const models = base.models.slice(0, 1).map((model) => ({
      ...model,
      throughput: { ...(model.throughput as FittedThroughput), ...steep, cap_tps },
    }));
    const [input_tokens, output_tokens] = [distribution(input), distribution(output)];
    const regimes = base.regimes.slice(0, 1).map((regime) => ({ ...regime, input_tokens, output_tokens }));
    const scenario = { ...base, models, regimes, blends: [], pathways: [] };
    const plan = planModels(scenario);
    const [found, expected] = [
      await sketched(plan, wasm, [[0, 20]]),
      await sketched(plan, REFERENCE_ENGINE, [[0, 20]]),
    ];
    const [ours, theirs] = [found, expected].map((sketches) => onesOf(plan, sketches, 'tps_capped')[0]);
    expect(Math.abs(ours - theirs)).toBeLessThan(0.001 * scenario.samples);
    if (input === 501) expect(ours).toBe(0);
    found.histograms.forEach((histogram, i) => {
      expectNearQuantiles(histogram, expected.histograms[i], nameOf(plan, i));
    });
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
