import { ln } from '../distributions/elementary.js';
import type { Layout } from '../kernel/layout.js';
import { constantOf } from '../kernel/wasm/drawing-steps.js';
import { fittedTps, lengthsOf } from '../kernel/wasm/fitted-tps.js';
import type { WasmKernel } from '../kernel/wasm/wasm-kernel.js';
import type { CellQuantity, ColumnIndex, NonProductionOutput, Plan } from '../plan/plan.js';
import { repeatedValue } from '../sketch/histogram.js';
import { addOdd, type Counting, partOf, type SingleOutput } from './counting.js';

/** Counts an output draw by draw. */
export function outputCounting(plan: Plan, one: SingleOutput, kernel: WasmKernel): Counting {
  const { layout } = kernel;
  const { output } = one;
  if (output.kind === 'non-production') return nonProduction(output, one, kernel);
  if (output.kind === 'column') return ofColumn(plan, output.column, one, kernel);
  if (output.kind === 'tps') return throughput(plan, output.cell, one, kernel);
  return plain(cellColumn(layout, output.kind)[output.cell], one, kernel);
}

function cellColumn(layout: Layout<Float32Array>, quantity: CellQuantity): readonly Float32Array[] {
  if (quantity === 'energy') return layout.lnEnergy;
  return quantity === 'tps' ? layout.lnTps : layout.lnUtilization;
}

/** A column as it is. */
function ofColumn({ columns }: Plan, column: ColumnIndex, one: SingleOutput, kernel: WasmKernel): Counting {
  const fixed = constantOf(columns[column]);
  return fixed === undefined ? plain(kernel.layout.ln[column], one, kernel) : constant(ln(fixed), one);
}

/** One value, not looked at again. */
function constant(lnValue: number, { index }: SingleOutput): Counting {
  return {
    count() {},
    counted: (draws) => [{ outputs: [index], data: repeatedValue(lnValue, Uint32Array.of(draws)) }],
  };
}

function plain(column: Float32Array, one: SingleOutput, { layout }: WasmKernel): Counting {
  const odd = layout.others;
  return {
    count(n, sketches) {
      const left = one.window.count(column, n, odd);
      if (left > 0) addOdd(sketches.histograms[one.index], odd, left);
    },
    counted: () => [partOf(one)],
  };
}

/** Of a fit also how many draws it caps or extrapolates. */
function throughput(plan: Plan, cell: number, one: SingleOutput, kernel: WasmKernel): Counting {
  const { layout, memory } = kernel;
  const { tps, regime } = plan.cells[cell];
  if (typeof tps === 'number') return ofColumn(plan, tps, one, kernel);
  const fit = fittedTps(tps, plan, plan.regimes[regime], memory.operations);
  const lengths = lengthsOf(plan.regimes[regime], layout);
  const once = layout.once.byteOffset;
  const counting = plain(layout.lnTps[cell], one, kernel);
  return {
    ...counting,
    count(n, sketches) {
      counting.count(n, sketches);
      sketches.capped[cell] += fit.capped(lengths, once, n, layout.pooled.byteOffset);
      sketches.extrapolated[cell] += fit.outside(lengths, once, n);
    },
  };
}

/** All factors but the throughput are those of production. */
function nonProduction(output: NonProductionOutput, one: SingleOutput, kernel: WasmKernel): Counting {
  const {
    memory: { operations },
    layout,
  } = kernel;
  const lnTps = layout.lnTps[output.cell].byteOffset;
  const lnEnergy = layout.lnEnergy[output.cell].byteOffset;
  const pooled = layout.pooled.byteOffset;
  const lnOther = ln(output.tps);
  const counting = plain(layout.pooled, one, kernel);
  return {
    ...counting,
    count(n, sketches) {
      operations.affine(lnTps, 1, -lnOther, n, pooled);
      if (output.quantity === 'energy') operations.sums(pooled, lnEnergy, n, pooled);
      counting.count(n, sketches);
    },
  };
}
