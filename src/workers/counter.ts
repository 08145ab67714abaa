import type { Kernel } from '../kernel/kernel.js';
import type { Plan } from '../plan.js';
import { Sketches, type SketchesData } from '../sketch/sketches.js';
import { observe } from './observe.js';

/** What counts a kernel's blocks; every engine's gives the same sketches. */
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

/** Empty sketches for all samples of a plan: half the memory where no bin can hold more draws than 32 bits count. */
export function planSketches({ samples, outputs, cells }: Plan): Sketches {
  // A blend pools a draw of each member.
  const most = samples * Math.max(1, cells.length);
  const counts = most < 2 ** 32 ? () => new Uint32Array(0) : () => new Float64Array(0);
  return new Sketches(outputs.length, cells.length, counts);
}

/** The scalar TypeScript counter, for any kernel: the oracle of the others. */
export function referenceCounter(plan: Plan, { layout }: Kernel): Counter {
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
