import type { Plan } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';

/** Columns of double precision, or of single precision in the WebAssembly kernel. */
export type Column = Float64Array | Float32Array;

/** What makes columns, in a buffer from a byte offset on. */
export interface ColumnType<C extends Column> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): C;
}

/** Blocks that are drawn side by side before they are counted: each output's window of counts is then fetched into cache once for all. */
export const BATCH_BLOCKS = 8;

/**
 * The memory of one kernel: columns of a block's draws, or of a batch of blocks', reused for every one. One buffer holds them all, in this order,
 * so that a WebAssembly kernel is told each by its byte offset:
 *
 *     scratch   words[i]             of one block: random words, one a draw
 *     draws     value[column][i]     the variable itself        (token counts and weights only)
 *               ln[column][i]        its logarithm              (-Infinity for 0)
 *     regimes   lnEffective[regime]  ln effective_tokens        (-Infinity for none)
 *     cells     lnTps, lnUtilization, lnEnergy [cell][i]
 *     scratch   divisor[i], pooled[k], others[k]
 *               kept[k]              (positions of draws: those that a trim keeps, those that a table does not hold)
 *     ones      once[i]              how often each draw counts
 */
export interface Layout<C extends Column = Float64Array> {
  readonly words: Uint32Array;
  readonly value: readonly C[];
  readonly ln: readonly C[];
  readonly lnEffective: readonly C[];
  readonly lnTps: readonly C[];
  readonly lnUtilization: readonly C[];
  readonly lnEnergy: readonly C[];
  readonly divisor: C;
  readonly pooled: C;
  readonly others: C;
  readonly kept: Uint32Array;
  readonly once: Uint32Array;
}

/** Positions kept in a list that is written four ahead. */
const LIST_LENGTH = BLOCK_SIZE + 4;
const SCRATCH_COLUMNS = 3;

/** Bytes that `allocate` takes, a multiple of 8. @param blocks whose draws a column holds */
export function layoutBytes(
  { columns, regimes, cells }: Plan,
  { BYTES_PER_ELEMENT }: ColumnType<Column>,
  blocks: number,
): number {
  const numbers = blocks * BLOCK_SIZE * (2 * columns.length + regimes.length + 3 * cells.length + SCRATCH_COLUMNS);
  return 4 * BLOCK_SIZE + BYTES_PER_ELEMENT * numbers + 4 * (LIST_LENGTH + blocks * BLOCK_SIZE);
}

/** Lays a plan's columns out in a buffer, from a byte offset on. */
export function allocate<C extends Column>(
  plan: Plan,
  type: ColumnType<C>,
  blocks = 1,
  buffer = new ArrayBuffer(layoutBytes(plan, type, blocks)),
  start = 0,
): Layout<C> {
  let next = start;
  const column = () => {
    const numbers = new type(buffer, next, blocks * BLOCK_SIZE);
    next += numbers.byteLength;
    return numbers;
  };
  const words = (length: number) => {
    const list = new Uint32Array(buffer, next, length);
    next += list.byteLength;
    return list;
  };
  const columns = (list: readonly unknown[]) => list.map(column);
  return {
    words: words(BLOCK_SIZE),
    value: columns(plan.columns),
    ln: columns(plan.columns),
    lnEffective: columns(plan.regimes),
    lnTps: columns(plan.cells),
    lnUtilization: columns(plan.cells),
    lnEnergy: columns(plan.cells),
    divisor: column(),
    pooled: column(),
    others: column(),
    kept: words(LIST_LENGTH),
    once: words(blocks * BLOCK_SIZE),
  };
}
