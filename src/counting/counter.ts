import type { Kernel } from '../kernel/kernel.js';
import type { Plan } from '../plan/plan.js';
import type { HistogramData } from '../sketch/histogram.js';
import { Sketches, type SketchesData } from '../sketch/sketches.js';
import { observe } from './observe.js';

/** What counts a kernel's blocks. */
export interface Counter {
  /** Counts the first `n` draws of the block, or batch of blocks, that the kernel has just evaluated. */
  count(n: number): void;
  /**
   * All that was counted since the last `clear`, at most 2^32 draws an output; lent, where it lies in the counter's memory. Once
   * before the next `clear`.
   */
  counted(): SketchesData;
  clear(): void;
}

/**
 * All that was counted, in memory of its own; leaves the counter empty.
 *
 * @param copy makes the copies
 */
export function taken(counter: Counter, copy: (counts: Counts) => Counts = (counts) => counts.slice()): SketchesData {
  const { parts, capped, extrapolated } = counter.counted();
  const own = parts.map(({ outputs, data }) => ({ outputs, data: { ...data, counts: copy(data.counts) } }));
  counter.clear();
  return { parts: own, capped, extrapolated };
}

type Counts = HistogramData['counts'];

/** Empty sketches for a range of blocks. */
export function rangeSketches(plan: Plan): Sketches {
  return new Sketches(plan.outputs.length, plan.cells.length, () => new Uint32Array(0));
}

/** The scalar TypeScript counter of the reference: the oracle of the other. */
export function referenceCounter(plan: Plan, { layout }: Kernel<Float64Array>): Counter {
  let sketches = rangeSketches(plan);
  return {
    count: (n) => observe(plan, layout, n, sketches),
    counted: () => sketches.toData(),
    clear() {
      sketches = rangeSketches(plan);
    },
  };
}
