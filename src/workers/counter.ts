import type { Kernel } from '../kernel/kernel.js';
import type { Plan } from '../plan.js';
import { Sketches, type SketchesData } from '../sketch/sketches.js';
import { observe } from './observe.js';

/** What counts a kernel's blocks. */
export interface Counter {
  /** Counts the first `n` draws of the block that the kernel has just evaluated. */
  count(n: number): void;
  /** All that was counted since the last call, at most 2^32 draws an output. */
  take(): SketchesData;
}

/** Empty sketches for a range of blocks. */
export function rangeSketches(plan: Plan): Sketches {
  return new Sketches(plan.outputs.length, plan.cells.length, () => new Uint32Array(0));
}

/** The scalar TypeScript counter of the reference: the oracle of the other. */
export function referenceCounter(plan: Plan, { layout }: Kernel<Float64Array>): Counter {
  let sketches = rangeSketches(plan);
  return {
    count: (n) => observe(plan, layout, n, sketches),
    take() {
      const counted = sketches;
      sketches = rangeSketches(plan);
      return counted.toData();
    },
  };
}
