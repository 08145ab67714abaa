import type { Layout } from '../kernel/layout.js';
import { closure, type Tally, talliesOf } from '../plan/dependence.js';
import type { Columns } from '../plan/evaluate.js';
import { isComputed, isIndicator, type NodeId } from '../plan/node.js';
import type { Plan } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';

const COLUMN_BYTES = BLOCK_SIZE * Float32Array.BYTES_PER_ELEMENT;

/** What a tally is spread over: the nodes that depend on its token counts and are counted, and all that they are made of. */
export function spreadNodes({ nodes, counted }: Plan, tally: Tally): NodeId[] {
  const roots = tally.counted.flatMap((place) => {
    const what = counted[place];
    return what.kind === 'node' && !isIndicator(nodes[what.of]) ? [what.of] : [];
  });
  return closure(nodes, roots).filter((id) => isComputed(nodes[id]));
}

/** Bytes of the columns of all tallies of a plan. */
export function spreadBytes(plan: Plan): number {
  const columns = talliesOf(plan).map((tally) => 2 + spreadNodes(plan, tally).length);
  return COLUMN_BYTES * columns.reduce((sum, count) => sum + count, 0);
}

/**
 * Columns of distinct token counts and of what depends on them, a block long; constants are those of the kernel.
 *
 * @param take memory for one more column
 */
export function spreadColumns(
  plan: Plan,
  tally: Tally,
  layout: Layout<Float32Array>,
  take: () => Float32Array,
): Columns<Float32Array> {
  const value = [...layout.value];
  const ln = [...layout.ln];
  value[tally.tokens] = take();
  ln[tally.tokens] = take();
  for (const id of spreadNodes(plan, tally)) ln[id] = take();
  return { value, ln };
}

/** Hands out columns of a block one after the other, from a byte offset on. */
export function columnsFrom(buffer: ArrayBuffer, start: number): () => Float32Array {
  let next = start;
  return () => {
    const column = new Float32Array(buffer, next, BLOCK_SIZE);
    next += COLUMN_BYTES;
    return column;
  };
}
