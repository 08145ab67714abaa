import type { WasmKernel } from '../kernel/wasm/wasm-kernel.js';
import { exactText } from '../plan/graph.js';
import type { NodeId } from '../plan/node.js';
import type { CountedPool, Plan, PoolMember } from '../plan/plan.js';
import type { Sketches } from '../sketch/sketches.js';
import { addOdd, type Counting } from './counting.js';
import type { Window } from './windows.js';

/** One pool over one divisor: what is counted of it, with the trim and without. */
export interface Pool {
  readonly members: readonly PoolMember[];
  readonly divisor: NodeId;
  readonly all: number;
  readonly kept: number;
}

/** The pools of a plan, in groups of the same members: such a group is counted member by member. */
export function poolsOf({ counted }: Plan): Pool[] {
  const found = new Map<string, { pool: CountedPool; all?: number; kept?: number }>();
  counted.forEach((what, place) => {
    if (what.kind !== 'pool') return;
    const identity = exactText([what.members, what.divisor]);
    found.set(identity, { ...(found.get(identity) ?? { pool: what }), [what.keep]: place });
  });
  return [...found.values()].map(({ pool: { members, divisor }, all, kept }) => {
    if (all === undefined || kept === undefined) throw new RangeError('the plan counts a pool with one trim alone');
    return { members, divisor, all, kept };
  });
}

/**
 * Each draw goes to one of two windows, kept or not, so it is counted once for both. A pool counts all members before the next
 * pool does: its windows come into cache once.
 */
export function poolCounting(
  pool: Pool,
  windows: readonly [kept: Window, others: Window],
  kernel: WasmKernel,
): Counting {
  const { all, kept: keptPlace } = pool;
  const [kept, others] = windows;
  /** Whether the window of the others holds what the trim keeps too. */
  let isWhole = false;
  return {
    count(n, sketches) {
      for (const member of pool.members) countMember(member, pool, windows, n, kernel, sketches);
    },
    settle() {
      isWhole = others.takeIn(kept);
    },
    view: () => [
      { of: [all], data: others.view() },
      { of: isWhole ? [keptPlace] : [all, keptPlace], data: kept.view() },
    ],
  };
}

function countMember(
  { node, lowBin, highBin }: PoolMember,
  { divisor: divisorNode, all, kept: keptPlace }: Pool,
  [kept, others]: readonly [Window, Window],
  n: number,
  { memory: { operations }, layout }: WasmKernel,
  { histograms }: Sketches,
): void {
  const [energy, divisor] = [layout.ln[node], layout.ln[divisorNode]];
  const [oddKept, oddOthers] = layout.scratch.odd;
  const { memory } = kept;
  const ratios = () => energy.map((value, i) => value - divisor[i]);
  kept.place(ratios, n);
  others.place(ratios, n);
  const odd = operations.countKept(
    energy.byteOffset,
    divisor.byteOffset,
    lowBin,
    highBin,
    n,
    memory.counts.byteOffset,
    memory.bytes.byteOffset,
    kept.firstBin,
    memory.counts.length,
    memory.extremes.byteOffset,
    oddKept.byteOffset,
    oddOthers.byteOffset,
  );
  if (odd === 0) return;
  addOdd(histograms[keptPlace], oddKept, odd & 0xffff);
  addOdd(histograms[all], oddKept, odd & 0xffff);
  addOdd(histograms[all], oddOthers, odd >>> 16);
}
