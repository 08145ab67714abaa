import { BLOCK_SIZE } from '../kernel/uniforms.js';
import type { KernelModule } from '../kernel/web-assembly.js';
import type { Plan } from '../plan.js';
import { seriesOf } from '../result.js';
import { summaryRows } from '../rows/summary.js';
import { rangesOf } from '../sampling/ranges.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { simulateIn } from '../simulate.js';
import type { Sketches } from '../sketch/sketches.js';
import type { SummaryRow } from '../tables/schema.js';
import { emptySketches } from './empty-sketches.js';
import type { OnCounted, Pool } from './pool.js';
import { rangeRunner, sketchesOf } from './run-range.js';

/**
 * The most samples of a cell that one thread runs as one range: what its histograms count stays below 2^32 for pools of up to
 * 40 models.
 */
export const LARGEST_CELL = 100_000_000;

/**
 * Runs one cell of a sweep whole, in the thread that calls: the numbers are those of a run split over threads.
 *
 * @param module the WebAssembly kernel; none for the reference
 */
export async function runCell(scenario: ResolvedScenario, module: KernelModule | undefined): Promise<SummaryRow[]> {
  const result = await simulateIn(oneRange(module), scenario, {});
  return summaryRows(scenario.name, seriesOf(result));
}

/** A plan's blocks as a single range, or one for each replicate: nothing is sent between threads. */
function oneRange(module: KernelModule | undefined): Pool {
  return {
    workers: 0,
    module,
    async run(plan: Plan, _onSamples, _signal, onCounted) {
      if (plan.outputs.length === 0) return emptySketches(plan);
      if (onCounted) return runReplicates(plan, module, onCounted);
      return sketchesOf(plan, { firstBlock: 0, blocks: Math.ceil(plan.samples / BLOCK_SIZE) }, module);
    },
    async close() {},
  };
}

async function runReplicates(plan: Plan, module: KernelModule | undefined, onCounted: OnCounted): Promise<Sketches> {
  const draw = await rangeRunner(plan, module);
  const merged = emptySketches(plan);
  for (const range of rangesOf(plan, 0)) {
    const counted = draw(range);
    merged.merge(counted);
    onCounted(range, counted);
  }
  return merged;
}
