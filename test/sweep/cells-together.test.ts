// Cells of a sweep that one thread draws together: each has the counts that it has alone. Uses the built kernel; what it
// cannot see: what drawing together saves, see bench/sweep.mjs.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { scenarioFromText } from '../../src/browser.js';
import type { Engine } from '../../src/engine/engine.js';
import { REFERENCE_ENGINE } from '../../src/engine/reference-engine.js';
import { MergedPlan } from '../../src/plan/merged-plan.js';
import type { Plan } from '../../src/plan/plan.js';
import { planModels } from '../../src/plan/plan-models.js';
import { cellRows } from '../../src/result/rows/cell.js';
import type { ResolvedScenario } from '../../src/scenario/resolved.js';
import { cellsRunner } from '../../src/simulate/run-cells.js';
import { simulateIn } from '../../src/simulate/simulate.js';
import { callingThread } from '../../src/workers/calling-thread.js';
import { poolOn } from '../../src/workers/pool.js';
import { builtEngine } from '../built-engine.js';
import { needs, tries } from '../needs.js';

const TEXT = `
version: 1
name: cell
samples: ${tries(1100, 3000)}
models:
  One: { tps: 900, node_power_kw: 10 }
  Two: { tps: { uniform: { min: 1, max: 9000 } }, node_power_kw: 10 }
regimes:
  traditional: { input_tokens: 500, output_tokens: { exponential: { median: 300 } } }
  long: { input_tokens: { uniform: { min: 0, max: 9000 } }, output_tokens: { exponential: { median: 3000 } } }
power_utilization: { lognormal: { p5: 0.4, p95: 0.9 } }
pue: { lognormal: { p5: 1.05, p95: 1.6 } }
blends: { Both: { models: [One, Two] } }
pathways: { model: { lognormal: { p5: 1.5, p95: 10 } } }
fleet:
  blend: Both
  queries_per_day: 1e9
  beta: 1
  mixes: { all: { traditional: 1 } }
  line_of_sight: { traditional: 1.5 }
`;

/** What may differ between cells; each alone, or with others. */
const CHANGES = [
  'pue=1.2',
  'pue={ uniform: { min: 1, max: 2 } }',
  'models.One.node_power_kw=11',
  'models.Two.tps=700',
  'regimes.long.input_tokens=0',
  'regimes.traditional.prefill_weight=0.5',
  'power_utilization={ coupled: { base: 0.3, span: 0.5 } }',
  'blends.Both.models=[Two]',
  'pathways.model={ lognormal: { p5: 2, p95: 3 } }',
  'seed=other',
  'samples=1050',
  'correlation={ output_tokens: { pue: 0.5 } }',
  'non-production tps=3000',
];

let wasm: Engine;
beforeAll(async () => {
  wasm = await builtEngine();
});

/** Non-production throughputs would come from a dataset. */
async function scenario(changes: readonly string[]): Promise<ResolvedScenario> {
  const set = changes.filter((change) => !change.startsWith('non-production'));
  const tps = set.length < changes.length ? 3000 : 2000;
  const resolved = await scenarioFromText(TEXT, 'cell.yaml', () => Promise.reject(new Error('no dataset')), { set });
  return { ...resolved, non_production: [{ name: 'peak', quantization: 'FP8', models: [{ name: 'One', tps }] }] };
}

async function alone(cell: ResolvedScenario, engine: Engine) {
  return cellRows(cell, await simulateIn(poolOn(callingThread(engine)), cell, {}));
}

describe.each(['reference', 'wasm-simd'])('cells drawn together by %s', (name) => {
  it('have the rows that a run of each alone has, whatever they differ in', {
    timeout: 120_000,
    ...needs('minutes'),
  }, async () => {
    const engine = name === 'reference' ? REFERENCE_ENGINE : wasm;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.subarray(CHANGES, { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        async (sets) => {
          const cells = await Promise.all(sets.map(scenario));
          const rows = await cellsRunner(engine)(cells);
          expect(rows).toEqual(await Promise.all(cells.map((cell) => alone(cell, engine))));
        },
      ),
      { numRuns: tries(4, 25), seed: 20261124 },
    );
  });
});

/** Swept values of one key each; a cell before and after, as it is without. */
const SWEPT = [
  ...CHANGES.map((change) => [change]),
  ['pathways.model=2', 'pathways.model=3', 'pathways.model={ lognormal: { p5: 2, p95: 3 } }'],
  ['fleet.line_of_sight.traditional=2', 'fleet.line_of_sight.traditional=3'],
  ['pue=1.1', 'pue=1.2', 'pue=1.3', 'pue=1.4', 'pue=1.5'],
];

describe.each(['reference', 'wasm-simd'])('a sweep of one key, drawn together by %s', (name) => {
  // Without minutes one engine has every other key, and the other engine the rest.
  it.each(SWEPT.filter((_, i) => tries(0, 1) === 1 || (i % 2 === 0) === (name === 'reference')))(
    'has the rows that a run of each cell alone has: %s',
    async (...changes) => {
      const engine = name === 'reference' ? REFERENCE_ENGINE : wasm;
      const cells = await Promise.all([[], ...changes.map((change) => [change]), []].map(scenario));
      const rows = await cellsRunner(engine)(cells);
      for (const [i, cell] of cells.entries()) expect(rows[i]).toEqual(await alone(cell, engine));
    },
  );
});

describe('a merged plan', () => {
  it('draws and counts once what plans have in common', async () => {
    const cells = await Promise.all([scenario([]), scenario([CHANGES[2]]), scenario([])]);
    const plans = cells.map((cell) => planModels(cell));
    const { plan, parts } = new MergedPlan(plans);
    // One more node power, in two regimes: its own node, counted, and two energies with their non-production twins.
    expect(plan.nodes.length).toBe(plans[0].nodes.length + 1 + 2 * 2);
    expect(plan.counted.length).toBe(plans[0].counted.length + 1 + 2 * 2);
    expect(parts[2]).toEqual(parts[0]);
  });

  it('of one plan draws and counts what that plan does', async () => {
    const plan = planModels(await scenario([]));
    const merged = new MergedPlan([plan]);
    expect(merged.plan.nodes).toEqual(plan.nodes);
    expect(merged.plan.counted).toEqual(plan.counted);
    expect(merged.parts[0].counted).toEqual(plan.counted.map((_, i) => i));
  });

  it('tells bounds apart that are infinite on either side', async () => {
    const plan = planModels(await scenario([]));
    const pooled = (highBin: number): Plan => {
      const members = [{ node: 0, lowBin: Number.NEGATIVE_INFINITY, highBin }];
      return { ...plan, counted: [{ kind: 'pool', members, divisor: 0, keep: 'all' }] };
    };
    const { plan: merged } = new MergedPlan([
      pooled(Number.POSITIVE_INFINITY),
      pooled(Number.NEGATIVE_INFINITY),
      pooled(Number.POSITIVE_INFINITY),
    ]);
    expect(merged.counted.length).toBe(2);
  });
});
