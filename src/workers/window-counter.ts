import { ln } from '../distributions/elementary.js';
import { isConstant } from '../kernel/drawing-steps.js';
import type { Layout } from '../kernel/layout.js';
import type { WasmKernel } from '../kernel/wasm-kernel.js';
import type { BlendMember, CellQuantity, NonProductionOutput, OutputPlan, PathwayOutput, Plan } from '../plan.js';
import type { Sketches } from '../sketch/sketches.js';
import { type Counter, rangeSketches } from './counter.js';
import { openWindows, type Window } from './windows.js';

/** Counts one output, or one pathway with and without trim, from the columns of the block just evaluated. */
interface Counting {
  count(n: number, odd: Sketches): void;
  /** Adds what its windows hold. */
  flush(sketches: Sketches): void;
}

/** Windows that a plan's outputs need at most. */
export function windowsOf(plan: Plan): number {
  return plan.outputs.length;
}

/**
 * The counter of the WebAssembly kernel: draws go into windows of 32-bit counts in its memory, in the same pass that finds
 * their extremes; the few that lie outside go to ordinary histograms. Counts are integers, so both together are exact.
 */
export function windowCounter(plan: Plan, kernel: WasmKernel): Counter {
  const windows = openWindows(kernel.buffer, kernel.room, windowsOf(plan));
  const countings = countingsOf(plan, kernel, windows);
  let sketches = rangeSketches(plan);
  return {
    count(n) {
      for (const counting of countings) counting.count(n, sketches);
      plan.cells.forEach((_, cell) => {
        sketches.capped[cell] += kernel.layout.capped[cell];
        sketches.extrapolated[cell] += kernel.layout.extrapolated[cell];
      });
    },
    take() {
      for (const counting of countings) counting.flush(sketches);
      const counted = sketches;
      sketches = rangeSketches(plan);
      return counted;
    },
  };
}

/** Windows are handed out in order; a pathway takes two that follow each other. */
function countingsOf(plan: Plan, kernel: WasmKernel, windows: readonly Window[]): Counting[] {
  let next = 0;
  return plan.outputs.flatMap((output, index) => {
    if (output.kind !== 'pathway') return [single(plan, output, index, kernel, windows[next++])];
    const trims = trimsOf(plan, output);
    if (index !== Math.min(trims.none, trims.kept)) return [];
    next += 2;
    return [pathway(plan, output, trims, kernel, [windows[next - 2], windows[next - 1]])];
  });
}

function single(
  plan: Plan,
  output: Exclude<OutputPlan, PathwayOutput>,
  index: number,
  kernel: WasmKernel,
  window: Window,
): Counting {
  const { layout } = kernel;
  if (output.kind === 'non-production') return nonProduction(output, index, kernel, window);
  if (output.kind !== 'column') return plain(cellColumn(layout, output.kind)[output.cell], index, kernel, window);
  const column = layout.ln[output.column];
  return isConstant(plan.columns[output.column]) ? constant(column, index) : plain(column, index, kernel, window);
}

function cellColumn(layout: Layout, quantity: CellQuantity): readonly Float64Array[] {
  if (quantity === 'energy') return layout.lnEnergy;
  return quantity === 'tps' ? layout.lnTps : layout.lnUtilization;
}

/** A column of one value is not looked at again. */
function constant([lnValue]: Float64Array, index: number): Counting {
  let draws = 0;
  return {
    count(n) {
      draws += n;
    },
    flush(sketches) {
      sketches.histograms[index].addTimes(lnValue, draws);
      draws = 0;
    },
  };
}

function plain(column: Float64Array, index: number, { operations, layout }: WasmKernel, window: Window): Counting {
  const { counts, extremes } = window;
  const odd = layout.others;
  return {
    count(n, sketches) {
      window.place(() => column, n);
      const { byteOffset } = counts;
      const left = operations.count(
        column.byteOffset,
        n,
        byteOffset,
        window.firstBin,
        counts.length,
        extremes.byteOffset,
        odd.byteOffset,
      );
      sketches.histograms[index].add(odd, left);
    },
    flush(sketches) {
      sketches.histograms[index].merge(window.take());
    },
  };
}

/** All factors but the throughput are those of production. */
function nonProduction(output: NonProductionOutput, index: number, kernel: WasmKernel, window: Window): Counting {
  const { operations, layout } = kernel;
  const lnTps = layout.lnTps[output.cell].byteOffset;
  const lnEnergy = layout.lnEnergy[output.cell].byteOffset;
  const pooled = layout.pooled.byteOffset;
  const lnOther = ln(output.tps);
  const counting = plain(layout.pooled, index, kernel, window);
  return {
    ...counting,
    count(n, sketches) {
      operations.affine(lnTps, 1, -lnOther, pooled);
      if (output.quantity === 'energy') operations.sums(pooled, lnEnergy, pooled);
      counting.count(n, sketches);
    },
  };
}

/** Outputs of one pathway of one blend: without trim, and with. */
interface Trims {
  readonly none: number;
  readonly kept: number;
}

function trimsOf(plan: Plan, { blend, pathway: name }: PathwayOutput): Trims {
  const find = (trimmed: boolean) =>
    plan.outputs.findIndex(
      (other) =>
        other.kind === 'pathway' &&
        other.blend === blend &&
        other.pathway === name &&
        (other.trim !== 'none') === trimmed,
    );
  return { none: find(false), kept: find(true) };
}

/** Each draw goes to one of two windows, kept or not, so it is counted once for both outputs. */
function pathway(
  plan: Plan,
  output: PathwayOutput,
  trims: Trims,
  kernel: WasmKernel,
  windows: readonly [kept: Window, others: Window],
): Counting {
  const [kept, others] = windows;
  const { members } = plan.blends[output.blend];
  return {
    count(n, sketches) {
      const divisor = divisorOf(output, kernel);
      for (const member of members) countMember(member, divisor, n, windows, kernel, trims, sketches);
    },
    flush(sketches) {
      const data = kept.take();
      sketches.histograms[trims.kept].merge(data);
      sketches.histograms[trims.none].merge(data);
      sketches.histograms[trims.none].merge(others.take());
    },
  };
}

function countMember(
  { cell, lowBin, highBin }: BlendMember,
  divisor: Float64Array,
  n: number,
  [kept, others]: readonly [kept: Window, others: Window],
  { operations, layout }: WasmKernel,
  trims: Trims,
  { histograms }: Sketches,
): void {
  const lnEnergy = layout.lnEnergy[cell];
  const ratios = () => lnEnergy.map((value, i) => value - divisor[i]);
  kept.place(ratios, n);
  others.place(ratios, n);
  const odd = operations.countKept(
    lnEnergy.byteOffset,
    divisor.byteOffset,
    n,
    lowBin,
    highBin,
    kept.counts.byteOffset,
    kept.firstBin,
    kept.counts.length,
    kept.extremes.byteOffset,
    layout.pooled.byteOffset,
    layout.others.byteOffset,
  );
  const oddKept = odd & 0xffff;
  histograms[trims.kept].add(layout.pooled, oddKept);
  histograms[trims.none].add(layout.pooled, oddKept);
  histograms[trims.none].add(layout.others, odd >>> 16);
}

/** The column that holds the logarithms of a pathway's multipliers, added up; 0 where it has none. */
function divisorOf({ divisors }: PathwayOutput, { operations, layout }: WasmKernel): Float64Array {
  if (divisors.length === 0) return layout.divisor.fill(0);
  const [first, ...rest] = divisors.map((column) => layout.ln[column]);
  return rest.reduce((sum, column) => {
    operations.sums(sum.byteOffset, column.byteOffset, layout.divisor.byteOffset);
    return layout.divisor;
  }, first);
}
