// Lengths drawn as rows of a trace. The oracle is the enumeration of the trace's own rows: nothing is drawn there, and of src it uses
// nothing. What it cannot see: whether the trace says anything about other services.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { sketchesOf } from '../../src/engine/draw-range.js';
import type { Engine } from '../../src/engine/engine.js';
import { loadKernel } from '../../src/engine/load-engine.js';
import { wasmEngine } from '../../src/engine/wasm-engine.js';
import type { Column, Layout } from '../../src/kernel/layout.js';
import { referenceKernel } from '../../src/kernel/reference/reference.js';
import { wasmKernel } from '../../src/kernel/wasm/wasm-kernel.js';
import type { KernelModule } from '../../src/kernel/wasm/web-assembly.js';
import { planModels } from '../../src/plan/plan-models.js';
import { SAMPLERS } from '../../src/random/sampler.js';
import { BLOCK_SIZE } from '../../src/random/uniforms.js';
import { loadScenario } from '../../src/scenario/load.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { quantiles } from '../../src/sketch/statistics.js';
import { builtKernel } from '../built-engine.js';

const FILE = 'scenarios/queries/azure-conversation.yaml';
const PROBABILITIES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99];

const pairs = readFileSync('scenarios/data/trace-azure-2023-conv.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(',').map(Number));

/** PUE, kW, share in use and Wh per kWs: what the scenario states. */
const WH_PER_NODE_SECOND = (1.2 * 10.2 * 0.7 * 1000) / 3600;

function energyOf([input, output]: readonly number[]): number {
  return WH_PER_NODE_SECOND * (1.17e-4 * input + output * (1.36e-4 + 7e-8 * (input + output / 2)));
}

/** Least value that a share of at least p of equally likely ones does not exceed. */
function quantileOf(ascending: Float64Array, p: number): number {
  return ascending[Math.ceil(p * ascending.length) - 1];
}

async function drawn(scenario: ResolvedScenario, engine: Engine): Promise<number[]> {
  const plan = planModels(scenario);
  const sketches = await sketchesOf(plan, { firstBlock: 0, blocks: Math.ceil(scenario.samples / BLOCK_SIZE) }, engine);
  const { of } = plan.measures.find(({ row }) => row.metric === 'energy')!;
  return quantiles(sketches.histograms[of], PROBABILITIES);
}

const exact = Float64Array.from(pairs, energyOf).sort();
let wasm: Engine;
let module: KernelModule;
let scenario: ResolvedScenario;
beforeAll(async () => {
  module = (await loadKernel(await builtKernel()))!;
  wasm = wasmEngine(module);
  scenario = await loadScenario(FILE);
});

describe('rows of the Azure conversation trace', () => {
  it('are 19,366, and their notes say what is odd about them', () => {
    expect(pairs.length).toBe(19_366);
    expect(scenario.warnings).toEqual([]);
  });

  it('give every quantile of an enumeration to 1e-4, each row drawn nearly as often as any other', async () => {
    const found = await drawn({ ...scenario, sampler: 'sobol', samples: 2 ** 22 }, wasm);
    PROBABILITIES.forEach((p, i) => {
      expect(Math.abs(found[i] / quantileOf(exact, p) - 1), `P${100 * p}`).toBeLessThan(1e-4);
    });
  });

  it.each(SAMPLERS)('are the same rows in both engines, draw by draw: %s', async (sampler) => {
    const plan = { ...planModels({ ...scenario, samples: 4 * BLOCK_SIZE }), sampler };
    const [one, other] = [await referenceKernel(plan), await wasmKernel(plan, module)];
    const lengths = plan.nodes.flatMap((node, id) => (node.kind === 'draw' ? [id] : []));
    expect(lengths.length).toBe(2);
    for (let block = 0; block < 4; block++) {
      one.evaluate(block, BLOCK_SIZE);
      other.evaluate(block, BLOCK_SIZE);
      const pairsOf = ({ value }: Layout<Column>) =>
        Array.from({ length: BLOCK_SIZE }, (_, i) => lengths.map((id) => value[id][i]));
      const drawnPairs = pairsOf(one.layout);
      expect(pairsOf(other.layout)).toEqual(drawnPairs);
      const known = new Set(pairs.map(String));
      expect(drawnPairs.filter((pair) => !known.has(String(pair)))).toEqual([]);
    }
  });

  it('differ from columns that are drawn apart: pairs matter', async () => {
    const [regime] = scenario.regimes;
    const apart = (input: 'input_tokens' | 'output_tokens') => {
      const distribution = regime[input];
      if (distribution.family !== 'recorded') throw new Error('not of a trace');
      const { row_of: _, ...parameters } = distribution.parameters;
      return { ...distribution, parameters };
    };
    const independent = { ...scenario, samples: 2 ** 18 };
    const torn = { ...regime, input_tokens: apart('input_tokens'), output_tokens: apart('output_tokens') };
    const [paired, tornApart] = [
      await drawn(independent, wasm),
      await drawn({ ...independent, regimes: [torn] }, wasm),
    ];
    const ratios = PROBABILITIES.map((_, i) => tornApart[i] / paired[i]);
    expect(Math.max(...ratios.map((ratio) => Math.abs(ratio - 1)))).toBeGreaterThan(0.05);
  });
});
