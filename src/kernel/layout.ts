import type { Plan } from '../plan.js';
import { BLOCK_SIZE } from './uniforms.js';

/**
 * The memory of one kernel: columns of one block's draws, reused for every block. One buffer holds them all, in this order,
 * so that a WebAssembly kernel is told each by its byte offset:
 *
 *     draws     value[column][i]     the variable itself        (token counts and weights only)
 *               ln[column][i]        its logarithm              (-Infinity for 0)
 *     regimes   lnEffective[regime]  ln effective_tokens        (-Infinity for none)
 *     cells     lnTps, lnUtilization, lnEnergy [cell][i]
 *     scratch   uniforms[i], normals[i], divisor[i], marks[i], pooled[k], others[k]
 *               kept[k]              (positions of the draws that a trim keeps)
 *     counts    capped, extrapolated [cell]                     draws of this block
 */
export interface Layout {
  readonly value: readonly Float64Array[];
  readonly ln: readonly Float64Array[];
  readonly lnEffective: readonly Float64Array[];
  readonly lnTps: readonly Float64Array[];
  readonly lnUtilization: readonly Float64Array[];
  readonly lnEnergy: readonly Float64Array[];
  readonly uniforms: Float64Array;
  readonly normals: Float64Array;
  readonly divisor: Float64Array;
  readonly marks: Float64Array;
  readonly pooled: Float64Array;
  readonly others: Float64Array;
  readonly kept: Uint32Array;
  readonly capped: Uint32Array;
  readonly extrapolated: Uint32Array;
}

/** Positions kept in a list that is written four ahead. */
const LIST_LENGTH = BLOCK_SIZE + 4;
const SCRATCH_COLUMNS = 6;

/** Bytes that `allocate` takes, a multiple of 8: about 16 kB a column and 24 kB a cell. */
export function layoutBytes({ columns, regimes, cells }: Plan): number {
  const doubles = BLOCK_SIZE * (2 * columns.length + regimes.length + 3 * cells.length + SCRATCH_COLUMNS);
  return 8 * doubles + 4 * LIST_LENGTH + 8 * cells.length;
}

/** Lays a plan's columns out in a buffer, from a byte offset on. */
export function allocate(plan: Plan, buffer = new ArrayBuffer(layoutBytes(plan)), start = 0): Layout {
  let next = start;
  const floats = () => {
    const column = new Float64Array(buffer, next, BLOCK_SIZE);
    next += column.byteLength;
    return column;
  };
  const words = (length: number) => {
    const list = new Uint32Array(buffer, next, length);
    next += list.byteLength;
    return list;
  };
  const columns = (list: readonly unknown[]) => list.map(floats);
  return {
    value: columns(plan.columns),
    ln: columns(plan.columns),
    lnEffective: columns(plan.regimes),
    lnTps: columns(plan.cells),
    lnUtilization: columns(plan.cells),
    lnEnergy: columns(plan.cells),
    uniforms: floats(),
    normals: floats(),
    divisor: floats(),
    marks: floats(),
    pooled: floats(),
    others: floats(),
    kept: words(LIST_LENGTH),
    capped: words(plan.cells.length),
    extrapolated: words(plan.cells.length),
  };
}
