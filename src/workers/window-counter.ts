import { ln } from '../distributions/elementary.js';
import { constantOf } from '../kernel/drawing-steps.js';
import type { Layout } from '../kernel/layout.js';
import type { WasmKernel } from '../kernel/wasm-kernel.js';
import type { CellQuantity, NonProductionOutput, OutputPlan, PathwayOutput, Plan } from '../plan.js';
import { repeatedValue } from '../sketch/histogram.js';
import { blendCounting, pathwaysOf } from './blend-counting.js';
import { type Counter, rangeSketches } from './counter.js';
import { addOdd, type Counting } from './counting.js';
import { openWindows, type Window } from './windows.js';

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
      const { parts, ...shares } = sketches.toData();
      const inWindows = countings.flatMap((counting) => counting.counted(draws));
      return { ...shares, parts: [...inWindows, ...parts], lent: true };
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
