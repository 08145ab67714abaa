import type { Plan } from '../plan/plan.js';
import { Sketches } from '../sketch/sketches.js';

/** Sketches of a plan with nothing counted, that hold as many draws as the plan has. */
export function emptySketches(plan: Plan): Sketches {
  return new Sketches(plan.outputs.length, plan.cells.length, countsOf(plan));
}

/** Half the memory where no bin can hold more draws than 32 bits count; a blend pools a draw of each member. */
function countsOf({ samples, cells }: Plan): () => Uint32Array | Float64Array {
  const most = samples * Math.max(1, cells.length);
  return most < 2 ** 32 ? () => new Uint32Array(0) : () => new Float64Array(0);
}
