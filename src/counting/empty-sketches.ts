import type { Plan } from '../plan/plan.js';
import { Sketches } from '../sketch/sketches.js';

/** Sketches of a plan with nothing counted, that hold as many draws as the plan has. */
export function emptySketches(plan: Plan): Sketches {
  return new Sketches(plan.counted.length, countsOf(plan));
}

/** Empty sketches for a range of blocks. @param counted how many things are counted */
export function rangeSketches(counted: number): Sketches {
  return new Sketches(counted, () => new Uint32Array(0));
}

/** Half the memory where no bin can hold more draws than 32 bits count; a pool takes a draw of each member. */
function countsOf({ samples, counted }: Plan): () => Uint32Array | Float64Array {
  const members = counted.map((what) => (what.kind === 'pool' ? what.members.length : 1));
  const most = samples * Math.max(1, ...members);
  return most < 2 ** 32 ? () => new Uint32Array(0) : () => new Float64Array(0);
}
