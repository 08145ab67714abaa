import type { Columns } from '../plan/evaluate.js';
import type { NodeId, PlanNode } from '../plan/node.js';
import { BLOCK_SIZE } from '../random/uniforms.js';

/** Columns of double precision, or of single precision in the WebAssembly kernel. */
export type Column = Float64Array | Float32Array;

/** What makes columns, in a buffer from a byte offset on. */
export interface ColumnType<C extends Column> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, byteOffset: number, length: number): C;
}

/**
 * Blocks that are drawn side by side before they are counted: each window of counts is then fetched into cache once for all.
 * Measured: no other number is faster by more than 5 %.
 */
export const BATCH_BLOCKS = 8;

/**
 * The memory of one kernel: columns of a block's draws, or of a batch of blocks', reused for every one. One buffer holds them
 * all, so that a WebAssembly kernel is told each by its byte offset: of each node that has columns its values (token counts and
 * weights only) and their logarithms (-Infinity for 0), then scratch memory, each region with one use.
 */
export interface Layout<C extends Column = Float64Array> extends Columns<C> {
  readonly scratch: Scratch<C>;
}

/** Memory that holds nothing from one step to the next. */
export interface Scratch<C extends Column> {
  /** Random words of one block, one a draw. */
  readonly words: Uint32Array;
  /** Positions in a block of draws that a table does not hold; states of a generator before. Written four ahead. */
  readonly list: Uint32Array;
  /** Normal scores that add up to a correlated variable's, and those of one of its sources. */
  readonly scores: readonly [sum: C, source: C];
  /** Values that no window of counts took, and those of draws that a trim leaves out; of a tally: token counts. */
  readonly odd: readonly [kept: C, others: C];
  /** Throughputs without their cap. */
  readonly uncapped: C;
  /** How often each draw of a batch counts: once. */
  readonly once: Uint32Array;
}

/** Positions kept in a list that is written four ahead. */
const LIST_LENGTH = BLOCK_SIZE + 4;
const SCRATCH_COLUMNS = 5;

/** Whether a node has a column of values beside that of logarithms. */
export function hasValues(node: PlanNode): boolean {
  if (node.kind === 'draw') return node.scale !== 'factor';
  return node.kind === 'constant' || node.kind === 'session' || node.kind === 'decoded';
}

/** Bytes that `allocate` takes, a multiple of 8. @param blocks whose draws a column holds */
export function layoutBytes(
  nodes: readonly PlanNode[],
  columns: readonly NodeId[],
  { BYTES_PER_ELEMENT }: ColumnType<Column>,
  blocks: number,
): number {
  const ofNodes = columns.reduce((sum, id) => sum + (hasValues(nodes[id]) ? 2 : 1), 0);
  const numbers = blocks * BLOCK_SIZE * (ofNodes + SCRATCH_COLUMNS);
  return 4 * BLOCK_SIZE + BYTES_PER_ELEMENT * numbers + 4 * (LIST_LENGTH + blocks * BLOCK_SIZE);
}

/** Lays columns of some nodes out in a buffer, from a byte offset on. Other nodes have empty ones. */
export function allocate<C extends Column>(
  nodes: readonly PlanNode[],
  columns: readonly NodeId[],
  type: ColumnType<C>,
  blocks = 1,
  buffer = new ArrayBuffer(layoutBytes(nodes, columns, type, blocks)),
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
  const none = new type(buffer, start, 0);
  const wanted = new Set(columns);
  const columnsOf = (has: (node: PlanNode) => boolean) =>
    nodes.map((node, id) => (wanted.has(id) && has(node) ? column() : none));
  const random = words(BLOCK_SIZE);
  return {
    value: columnsOf(hasValues),
    ln: columnsOf(() => true),
    scratch: {
      words: random,
      scores: [column(), column()],
      odd: [column(), column()],
      uncapped: column(),
      list: words(LIST_LENGTH),
      once: words(blocks * BLOCK_SIZE),
    },
  };
}
