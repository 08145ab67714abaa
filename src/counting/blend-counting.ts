import type { Layout } from '../kernel/layout.js';
import type { WasmKernel } from '../kernel/wasm/wasm-kernel.js';
import type { BlendMember, BlendPlan, ColumnIndex, Plan } from '../plan/plan.js';
import type { Sketches } from '../sketch/sketches.js';
import { addOdd, type Counting } from './counting.js';
import type { Window } from './windows.js';

/** One pathway of a blend: its outputs without trim and with, and the windows of kept draws and of the others. */
export interface Pathway {
  readonly none: number;
  readonly trimmed: number;
  readonly divisors: readonly ColumnIndex[];
  readonly windows: readonly [kept: Window, others: Window];
}

export function pathwaysOf({ outputs }: Plan, blend: number): Omit<Pathway, 'windows'>[] {
  const own = outputs.flatMap((output, index) =>
    output.kind === 'pathway' && output.blend === blend ? [{ ...output, index }] : [],
  );
  const [untrimmed, trimmed] = [true, false].map((none) => own.filter(({ trim }) => (trim === 'none') === none));
  // Plans that were merged may have several pathways of one name, of other divisors.
  const twins = new Map(trimmed.map(({ pathway, divisors, index }) => [JSON.stringify([pathway, divisors]), index]));
  if (trimmed.length !== untrimmed.length) throw new RangeError('the plan counts a pathway with one trim alone');
  return untrimmed.map(({ pathway, divisors, index }) => {
    const twin = twins.get(JSON.stringify([pathway, divisors]));
    if (twin === undefined) throw new RangeError(`the plan counts pathway ${pathway} without its trimmed twin`);
    return { none: index, trimmed: twin, divisors };
  });
}

/**
 * Each draw goes to one of two windows, kept or not, so it is counted once for both outputs. A pathway counts all members
 * before the next one does: its windows come into cache once.
 */
export function blendCounting({ members }: BlendPlan, pathways: readonly Pathway[], kernel: WasmKernel): Counting {
  return {
    count(n, sketches) {
      for (const pathway of pathways) {
        const divisor = divisorOf(pathway, n, kernel);
        for (const member of members) countMember(member, divisor, pathway, n, kernel, sketches);
      }
    },
    counted: () =>
      pathways.flatMap(({ none, trimmed, windows: [kept, others] }) => {
        const isWhole = others.takeIn(kept);
        return [
          { outputs: [none], data: others.counted() },
          { outputs: isWhole ? [trimmed] : [none, trimmed], data: kept.counted() },
        ];
      }),
  };
}

function countMember(
  { cell, lowBin, highBin }: BlendMember,
  divisor: Float32Array,
  pathway: Pathway,
  n: number,
  { memory: { operations }, layout }: WasmKernel,
  sketches: Sketches,
): void {
  const lnEnergy = layout.lnEnergy[cell];
  const [kept, others] = pathway.windows;
  const { memory } = kept;
  const ratios = () => lnEnergy.map((value, i) => value - divisor[i]);
  kept.place(ratios, n);
  others.place(ratios, n);
  const odd = operations.countKept(
    lnEnergy.byteOffset,
    divisor.byteOffset,
    lowBin,
    highBin,
    n,
    memory.counts.byteOffset,
    memory.bytes.byteOffset,
    kept.firstBin,
    memory.counts.length,
    memory.extremes.byteOffset,
    layout.pooled.byteOffset,
    layout.others.byteOffset,
  );
  if (odd > 0) countOdd(odd & 0xffff, odd >>> 16, pathway, layout, sketches);
}

function countOdd(
  kept: number,
  others: number,
  { none, trimmed }: Pathway,
  layout: Layout<Float32Array>,
  { histograms }: Sketches,
): void {
  addOdd(histograms[trimmed], layout.pooled, kept);
  addOdd(histograms[none], layout.pooled, kept);
  addOdd(histograms[none], layout.others, others);
}

/** The column that holds the logarithms of a pathway's multipliers, added up; 0 where it has none. */
function divisorOf({ divisors }: Pathway, n: number, { memory: { operations }, layout }: WasmKernel): Float32Array {
  if (divisors.length === 0) return layout.divisor.fill(0);
  const [first, ...rest] = divisors.map((column) => layout.ln[column]);
  return rest.reduce((sum, column) => {
    operations.sums(sum.byteOffset, column.byteOffset, n, layout.divisor.byteOffset);
    return layout.divisor;
  }, first);
}
