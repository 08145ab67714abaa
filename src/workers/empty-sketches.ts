import type { Plan } from '../plan.js';
import { Sketches } from '../sketch/sketches.js';

/** Sketches of a plan with nothing counted, that hold as many draws as a run may have. */
export function emptySketches(plan: Plan): Sketches {
  return new Sketches(plan.outputs.length, plan.cells.length, () => new Float64Array(0));
}
