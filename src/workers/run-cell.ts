import type { KernelModule } from '../kernel/web-assembly.js';
import { allBlocks, type Plan } from '../plan.js';
import { seriesOf } from '../result.js';
import { summaryRows } from '../rows/summary.js';
import { rangesOf } from '../sampling/ranges.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { simulateIn } from '../simulate.js';
import type { Sketches } from '../sketch/sketches.js';
import type { SummaryRow } from '../tables/schema.js';
import { type Borrow, type Borrowed, borrowedEngines } from './borrowed-engines.js';
import { emptySketches } from './empty-sketches.js';
import type { OnCounted, Pool } from './pool.js';
import { drawRange, type Engine } from './run-range.js';

/**
 * The most samples of a cell that one thread runs as one range: what its histograms count stays below 2^32 for pools of up to
 * 40 models.
 */
export const LARGEST_CELL = 100_000_000;

/** Runs one cell of a sweep whole, in the thread that calls: the numbers are those of a run split over threads. */
export type CellRunner = (scenario: ResolvedScenario) => Promise<SummaryRow[]>;

/**
 * Runs cells in memory that one hands on to the next.
 *
 * @param module the WebAssembly kernel; none for the reference
 */
export function cellRunner(module: KernelModule | undefined): CellRunner {
  const borrow = borrowedEngines(module);
  return async (scenario) => {
    const opened: Borrowed[] = [];
    const pool = oneRange(module, async (plan) => {
      opened.push(await borrow(plan));
      return opened[opened.length - 1];
    });
    const rows = summaryRows(scenario.name, seriesOf(await simulateIn(pool, scenario, {})));
    // A cell that failed gives nothing back.
    for (const { giveBack } of opened) giveBack();
    return rows;
  };
}

/** A plan's blocks as a single range, or one for each replicate: nothing is sent between threads. */
function oneRange(module: KernelModule | undefined, borrow: Borrow): Pool {
  return {
    workers: 0,
    module,
    async run(plan: Plan, _onSamples, _signal, onCounted) {
      const sketches = emptySketches(plan);
      if (plan.outputs.length === 0) return sketches;
      const engine = await borrow(plan);
      if (onCounted) countReplicates(plan, engine, sketches, onCounted);
      else {
        drawRange(engine, allBlocks(plan.samples));
        sketches.adopt(engine.counter.counted());
      }
      return sketches;
    },
    async close() {},
  };
}

function countReplicates(plan: Plan, engine: Engine, merged: Sketches, onCounted: OnCounted): void {
  for (const range of rangesOf(plan, 0)) {
    drawRange(engine, range);
    const counted = engine.counter.counted();
    merged.merge(counted);
    onCounted(range, counted);
    engine.counter.clear();
  }
}
