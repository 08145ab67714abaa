import { TRIM_BYTES, TRIM_MANY_KEPT, TRIM_ODD_KEPT, TRIM_ODD_OTHERS } from '../kernel/wasm/shape.js';
import type { WasmKernel } from '../kernel/wasm/wasm-kernel.js';
import { exactText } from '../plan/graph.js';
import type { NodeId } from '../plan/node.js';
import type { CountedPool, Plan, PoolMember } from '../plan/plan.js';
import type { Sketches } from '../sketch/sketches.js';
import { addOdd, type Counting } from './counting.js';
import { isShared, KeptDraws } from './kept-draws.js';
import { kernelBin, type Window } from './windows.js';

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
  const counts = pool.members.map((member) =>
    isShared(member)
      ? sharedCounting(member, pool, windows, kernel)
      : wholeCounting(member, pool, windows, kernel, new TrimRecord(member, kernel)),
  );
  /** Whether the window of the others holds what the trim keeps too. */
  let isWhole = false;
  return {
    count(n, sketches) {
      for (const count of counts) count(n, sketches);
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

/** A member's trim as the kernel reads it, and what it counted that no window took. */
class TrimRecord {
  readonly address: number;
  readonly #many: Uint32Array;

  constructor({ lowBin, highBin }: PoolMember, { records, memory, layout }: WasmKernel) {
    this.address = records.singles([lowBin, highBin, 0, 0, 0, 0]);
    const words = new Uint32Array(memory.buffer, this.address, TRIM_BYTES / 4);
    const [kept, others] = layout.scratch.odd;
    words[TRIM_ODD_KEPT / 4] = kept.byteOffset;
    words[TRIM_ODD_OTHERS / 4] = others.byteOffset;
    this.#many = words.subarray(TRIM_MANY_KEPT / 4);
  }

  /** How many values no window took. */
  get many(): readonly [kept: number, others: number] {
    return [this.#many[0], this.#many[1]];
  }
}

type CountMember = (n: number, sketches: Sketches) => void;

/** A member of which the trim keeps whole bins. */
function wholeCounting(
  member: PoolMember,
  { divisor: divisorNode, all, kept: keptPlace }: Pool,
  windows: readonly [kept: Window, others: Window],
  { memory: { operations }, layout }: WasmKernel,
  trim: TrimRecord,
): CountMember {
  const [kept, others] = windows;
  const [energy, divisor] = [layout.ln[member.node], layout.ln[divisorNode]];
  const ratios = () => energy.map((value, i) => value - divisor[i]);
  return (n, { histograms }) => {
    kept.place(ratios, n);
    others.place(ratios, n);
    operations.countKept(energy.byteOffset, divisor.byteOffset, n, trim.address, kept.memory.record.byteOffset);
    addPlaces(member, energy, divisor, n, windows);
    const [manyKept, manyOthers] = trim.many;
    if (manyKept + manyOthers === 0) return;
    const [oddKept, oddOthers] = layout.scratch.odd;
    addOdd(histograms[keptPlace], oddKept, manyKept);
    addOdd(histograms[all], oddKept, manyKept);
    addOdd(histograms[all], oddOthers, manyOthers);
  };
}

/** Adds where in their bins the draws lie, to those of the two windows that still hold few bins. */
function addPlaces(
  { lowBin, highBin }: PoolMember,
  energy: Float32Array,
  divisor: Float32Array,
  n: number,
  [kept, others]: readonly [Window, Window],
): void {
  const [ofKept, ofOthers] = [kept, others].map((window) => (window.isNarrow() ? window : undefined));
  if (ofKept === undefined && ofOthers === undefined) return;
  for (let i = 0; i < n; i++) {
    const bin = kernelBin(energy[i]);
    const window = bin >= lowBin && bin <= highBin ? ofKept : ofOthers;
    window?.addPlace(Math.fround(energy[i] - divisor[i]));
  }
}

/** A member of which the trim keeps a share of the draws of a bin: they are told apart one by one. */
function sharedCounting(
  member: PoolMember,
  { divisor: divisorNode, all, kept: keptPlace }: Pool,
  [kept, others]: readonly [Window, Window],
  { layout }: WasmKernel,
): CountMember {
  const [energy, divisor] = [layout.ln[member.node], layout.ln[divisorNode]];
  // Normal scores are made and used within the drawing of a block.
  const [ofKept, ofOthers] = layout.scratch.scores;
  const [odd] = layout.scratch.odd;
  const draws = new KeptDraws(member);
  const ratios = () => energy.map((value, i) => value - divisor[i]);
  const addLeft = (
    window: Window,
    column: Float32Array,
    n: number,
    histograms: Sketches['histograms'],
    places: number[],
  ) => {
    const left = window.count(column, n, odd);
    for (const place of places) addOdd(histograms[place], odd, left);
  };
  return (n, { histograms }) => {
    kept.place(ratios, n);
    others.place(ratios, n);
    let many = 0;
    for (let i = 0; i < n; i++) {
      const isKept = draws.keeps(kernelBin(energy[i]), i);
      const ratio = energy[i] - divisor[i];
      if (isKept) ofKept[many++] = ratio;
      else ofOthers[i - many] = ratio;
    }
    addLeft(kept, ofKept, many, histograms, [all, keptPlace]);
    addLeft(others, ofOthers, n - many, histograms, [all]);
  };
}
