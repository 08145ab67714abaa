import { ln } from '../distributions/elementary.js';
import { constantOf } from '../kernel/drawing-steps.js';
import type { Layout } from '../kernel/layout.js';
import type { WasmKernel } from '../kernel/wasm-kernel.js';
import type {
  BlendPlan,
  CellQuantity,
  ColumnIndex,
  NonProductionOutput,
  OutputPlan,
  PathwayOutput,
  Plan,
} from '../plan.js';
import { type Histogram, repeatedValue } from '../sketch/histogram.js';
import type { Sketches, SketchPart } from '../sketch/sketches.js';
import { type Counter, rangeSketches } from './counter.js';
import { openWindows, settled, type Window } from './windows.js';

/** Counts one output, or one pathway with and without trim, from the columns of the batch just evaluated. */
interface Counting {
  count(n: number, odd: Sketches): void;
  /** What its windows hold of so many draws. */
  counted(draws: number): SketchPart[];
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
  const windows = openWindows(kernel.memory.buffer, kernel.room, windowsOf(plan));
  const countings = countingsOf(plan, kernel, windows);
  let sketches = rangeSketches(plan);
  let draws = 0;
  return {
    count(n) {
      draws += n;
      for (const counting of countings) counting.count(n, sketches);
      plan.cells.forEach((_, cell) => {
        sketches.capped[cell] += kernel.layout.capped[cell];
        sketches.extrapolated[cell] += kernel.layout.extrapolated[cell];
      });
    },
    counted() {
      const odd = sketches.toData();
      return { ...odd, parts: [...odd.parts, ...countings.flatMap((counting) => counting.counted(draws))] };
    },
    clear() {
      sketches = rangeSketches(plan);
      draws = 0;
      for (const window of windows) window.clear();
    },
  };
}

/** Windows are handed out in order; a pathway takes two that follow each other. */
function countingsOf(plan: Plan, kernel: WasmKernel, windows: readonly Window[]): Counting[] {
  let next = 0;
  const singles = plan.outputs.flatMap((output, index) =>
    output.kind === 'pathway' ? [] : [single(plan, output, index, kernel, windows[next++])],
  );
  const blends = plan.blends.map((blend, index) => {
    const pathways = pathwaysOf(plan, index).map((found) => ({
      ...found,
      windows: [windows[next++], windows[next++]] as const,
    }));
    return blendCounting(blend, pathways, kernel);
  });
  return [...singles, ...blends];
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
  const fixed = fixedColumn(plan, output);
  if (fixed !== undefined) return constant(ln(fixed), index);
  const column = output.kind === 'column' ? layout.ln[output.column] : cellColumn(layout, output.kind)[output.cell];
  return plain(column, index, kernel, window);
}

/** The value of an output that is a column as it is, and the same in every draw. */
function fixedColumn({ columns, cells }: Plan, output: Exclude<OutputPlan, PathwayOutput>): number | undefined {
  if (output.kind === 'column') return constantOf(columns[output.column]);
  if (output.kind !== 'tps') return undefined;
  const { tps } = cells[output.cell];
  return typeof tps === 'number' ? constantOf(columns[tps]) : undefined;
}

function cellColumn(layout: Layout<Float32Array>, quantity: CellQuantity): readonly Float32Array[] {
  if (quantity === 'energy') return layout.lnEnergy;
  return quantity === 'tps' ? layout.lnTps : layout.lnUtilization;
}

/** One value, not looked at again. */
function constant(lnValue: number, index: number): Counting {
  return {
    count() {},
    counted: (draws) => [{ outputs: [index], data: repeatedValue(lnValue, Uint32Array.of(draws)) }],
  };
}

function plain(
  column: Float32Array,
  index: number,
  { memory: { operations }, layout }: WasmKernel,
  window: Window,
): Counting {
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
      if (left > 0) addOdd(sketches.histograms[index], odd, left);
    },
    counted: () => [{ outputs: [index], data: window.counted() }],
  };
}

/** All factors but the throughput are those of production. */
function nonProduction(output: NonProductionOutput, index: number, kernel: WasmKernel, window: Window): Counting {
  const {
    memory: { operations },
    layout,
  } = kernel;
  const lnTps = layout.lnTps[output.cell].byteOffset;
  const lnEnergy = layout.lnEnergy[output.cell].byteOffset;
  const pooled = layout.pooled.byteOffset;
  const lnOther = ln(output.tps);
  const counting = plain(layout.pooled, index, kernel, window);
  return {
    ...counting,
    count(n, sketches) {
      operations.affine(lnTps, 1, -lnOther, n, pooled);
      if (output.quantity === 'energy') operations.sums(pooled, lnEnergy, n, pooled);
      counting.count(n, sketches);
    },
  };
}

/** One pathway of a blend: its outputs without trim and with, and the windows of kept draws and of the others. */
interface Pathway {
  readonly none: number;
  readonly trimmed: number;
  readonly divisors: readonly ColumnIndex[];
  readonly windows: readonly [kept: Window, others: Window];
}

function pathwaysOf({ outputs }: Plan, blend: number): Omit<Pathway, 'windows'>[] {
  const own = outputs.flatMap((output, index) =>
    output.kind === 'pathway' && output.blend === blend ? [{ ...output, index }] : [],
  );
  return own
    .filter(({ trim }) => trim === 'none')
    .map(({ pathway, divisors, index }) => {
      const trimmed = own.find((other) => other.pathway === pathway && other.trim !== 'none');
      if (trimmed === undefined) throw new RangeError(`the plan counts pathway ${pathway} without its trimmed twin`);
      return { none: index, trimmed: trimmed.index, divisors };
    });
}

/** Each draw goes to one of two windows, kept or not, so it is counted once for both outputs. */
function blendCounting({ members }: BlendPlan, pathways: readonly Pathway[], kernel: WasmKernel): Counting {
  const {
    memory: { operations },
    layout,
  } = kernel;
  return {
    count(n, sketches) {
      for (const { cell, lowBin, highBin } of members) {
        const lnEnergy = layout.lnEnergy[cell];
        operations.kept(lnEnergy.byteOffset, lowBin, highBin, n, layout.marks.byteOffset);
        for (const pathway of pathways) countMember(lnEnergy, pathway, n, kernel, sketches);
      }
    },
    counted: () =>
      pathways.flatMap(({ none, trimmed, windows: [kept, others] }) => [
        { outputs: [none, trimmed], data: kept.counted() },
        { outputs: [none], data: others.counted() },
      ]),
  };
}

function countMember(
  lnEnergy: Float32Array,
  pathway: Pathway,
  n: number,
  kernel: WasmKernel,
  sketches: Sketches,
): void {
  const {
    memory: { operations },
    layout,
  } = kernel;
  const divisor = divisorOf(pathway, n, kernel);
  const [kept, others] = pathway.windows;
  const ratios = () => lnEnergy.map((value, i) => value - divisor[i]);
  kept.place(ratios, n);
  others.place(ratios, n);
  const odd = operations.countKept(
    lnEnergy.byteOffset,
    divisor.byteOffset,
    layout.marks.byteOffset,
    n,
    kept.counts.byteOffset,
    kept.firstBin,
    kept.counts.length,
    kept.extremes.byteOffset,
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

/** Adds the first `n` values, which no window took. */
function addOdd(histogram: Histogram, odd: Float32Array, n: number): void {
  histogram.add(Float64Array.from(odd.subarray(0, n), settled), n);
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
