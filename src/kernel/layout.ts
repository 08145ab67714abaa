import type { Plan } from '../plan.js';
import { BLOCK_SIZE } from './uniforms.js';

/**
 * The memory of one kernel: columns of one block's draws, reused for every block.
 *
 *     draws     value[column][i]     the variable itself        (token counts and weights only)
 *               ln[column][i]        its logarithm              (-Infinity for 0)
 *     regimes   lnEffective[regime]  ln effective_tokens        (-Infinity for none)
 *     cells     lnTps, lnUtilization, lnEnergy [cell][i]
 *               capped, extrapolated [cell]                     draws of this block
 *     scratch   uniforms[i], pooled[k], kept[k]    (kept: positions of the draws that a trim keeps)
 */
export interface Layout {
  readonly value: readonly Float64Array[];
  readonly ln: readonly Float64Array[];
  readonly lnEffective: readonly Float64Array[];
  readonly lnTps: readonly Float64Array[];
  readonly lnUtilization: readonly Float64Array[];
  readonly lnEnergy: readonly Float64Array[];
  readonly capped: Uint32Array;
  readonly extrapolated: Uint32Array;
  readonly uniforms: Float64Array;
  readonly pooled: Float64Array;
  readonly kept: Uint32Array;
}

/** Memory for a plan: about 16 kB a column and 24 kB a cell. */
export function allocate(plan: Plan): Layout {
  const columns = (list: readonly unknown[]) => list.map(() => new Float64Array(BLOCK_SIZE));
  return {
    value: columns(plan.columns),
    ln: columns(plan.columns),
    lnEffective: columns(plan.regimes),
    lnTps: columns(plan.cells),
    lnUtilization: columns(plan.cells),
    lnEnergy: columns(plan.cells),
    capped: new Uint32Array(plan.cells.length),
    extrapolated: new Uint32Array(plan.cells.length),
    uniforms: new Float64Array(BLOCK_SIZE),
    pooled: new Float64Array(BLOCK_SIZE),
    kept: new Uint32Array(BLOCK_SIZE),
  };
}
