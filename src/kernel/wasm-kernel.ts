import { ln } from '../distributions/elementary.js';
import { LN_WH_PER_KJ } from '../model/energy.js';
import { coupledPowerUtilization } from '../model/power.js';
import { type FittedThroughput, LN_SHORTEST_LENGTH } from '../model/throughput.js';
import type { CellPlan, ColumnPlan, Plan, RegimePlan } from '../plan.js';
import { constantOf, drawingSteps, drawnColumns } from './drawing-steps.js';
import type { Kernel } from './kernel.js';
import { allocate, BATCH_BLOCKS, type Layout, layoutBytes } from './layout.js';
import { type OpenedMemory, openMemory } from './open-memory.js';
import type { Operations, Step } from './operations.js';
import { cubicTables, ownTables, STANDING_BYTES, tableBytes } from './standing-tables.js';
import { BLOCK_SIZE } from './uniforms.js';
import type { KernelModule } from './web-assembly.js';

/** A kernel whose memory has room for the windows that draws are counted into. */
export interface WasmKernel extends Kernel<Float32Array> {
  /** @param place of the block in a batch: its draws follow those of the blocks at the places before; the first by default */
  evaluate(block: number, n: number, place?: number): void;
  readonly memory: OpenedMemory;
  /** Where the room begins, a multiple of 8. */
  readonly room: number;
}

/**
 * A fit through its highest row meets the cap there but for rounding of ln tps in single precision; that is not a capped draw.
 * For coefficients that add up to 1; in proportion for greater ones.
 */
const SINGLE_CAP_ROUNDING = 4e-6;

/**
 * The WebAssembly SIMD kernel: a plan compiles to a list of block operations in single precision, each one call of an exported
 * function. Columns that never change are filled here, once; a cell that uses a drawn column as it is shares its memory.
 *
 * Error: a logarithm that is drawn is off by less than 2e-6 (`CubicTable`), ln energy is a sum of at most six terms, for factors
 * below 10^7 each rounded to 1e-6: in all less than 1e-5, a tenth of a histogram's bin, and 1e-6 for most draws. Fits of
 * throughput that are steeper than length^10 multiply the error of ln length, 2.4e-7. A token count whose unrounded value lies
 * that near to a half may be rounded the other way; token counts above 3e38 are infinite, weights below 1e-45 are 0. Checked draw by draw
 * against the reference in test/kernel/engines.test.ts, and in the quantiles up to P99.9.
 *
 * @param room bytes to leave behind the columns, zeroed
 * @param open where its memory comes from: its own, if not said otherwise
 */
export async function wasmKernel(
  plan: Plan,
  module: KernelModule,
  room = 0,
  open = (bytes: number) => openMemory(module, bytes),
): Promise<WasmKernel> {
  const drawn = await drawnColumns(plan);
  const own = ownTables(drawn.flatMap(({ value, ln }) => [value, ln].filter((drawing) => drawing !== undefined)));
  const columns = STANDING_BYTES + tableBytes(own.length);
  const start = columns + layoutBytes(plan, Float32Array, BATCH_BLOCKS);
  const memory = await open(start + room);
  const { operations, buffer, standing } = memory;
  const tables = new Map([...standing.tables, ...cubicTables(buffer, STANDING_BYTES, own)]);
  const layout = sharedWhereEqual(plan, allocate(plan, Float32Array, BATCH_BLOCKS, buffer, columns));
  fillConstants(plan, layout);
  const steps = [
    ...drawingSteps(plan.sampler, drawn, { layout, operations, tables, lnTable: standing.lnTable }),
    ...plan.regimes.flatMap((regime, index) => regimeSteps(plan, regime, index, layout, operations)),
    ...plan.cells.flatMap((cell, index) => cellSteps(plan, cell, index, layout, operations)),
  ];
  return {
    name: 'wasm-simd',
    layout,
    memory,
    room: start,
    evaluate(block, n, place = 0) {
      if (place === 0) {
        layout.capped.fill(0);
        layout.extrapolated.fill(0);
      }
      const offset = place * BLOCK_SIZE * Float32Array.BYTES_PER_ELEMENT;
      for (const step of steps) step(block, n, offset);
    },
  };
}

function sharedWhereEqual(plan: Plan, layout: Layout<Float32Array>): Layout<Float32Array> {
  return {
    ...layout,
    lnEffective: plan.regimes.map((regime, i) =>
      hasNoPrefill(plan, regime) ? layout.ln[regime.output_tokens] : layout.lnEffective[i],
    ),
    lnTps: plan.cells.map(({ tps }, i) => (typeof tps === 'number' ? layout.ln[tps] : layout.lnTps[i])),
    lnUtilization: plan.cells.map(({ regime }, i) => {
      const { power_utilization } = plan.regimes[regime];
      return typeof power_utilization === 'number' ? layout.ln[power_utilization] : layout.lnUtilization[i];
    }),
  };
}

function hasNoPrefill(plan: Plan, { prefill_weight }: RegimePlan): boolean {
  return constantOf(plan.columns[prefill_weight]) === 0;
}

function fillConstants(plan: Plan, layout: Layout<Float32Array>): void {
  plan.columns.forEach((column, i) => {
    const value = constantOf(column);
    if (value === undefined) return;
    if (column.scale !== 'factor') layout.value[i].fill(value);
    layout.ln[i].fill(ln(value));
  });
}

function regimeSteps(
  plan: Plan,
  regime: RegimePlan,
  index: number,
  layout: Layout<Float32Array>,
  operations: Operations,
): Step[] {
  if (hasNoPrefill(plan, regime)) return [];
  const output = layout.value[regime.output_tokens].byteOffset;
  const lnOutput = layout.ln[regime.output_tokens].byteOffset;
  const input = layout.value[regime.input_tokens].byteOffset;
  const weight = layout.value[regime.prefill_weight].byteOffset;
  const out = layout.lnEffective[index].byteOffset;
  return [
    (_block, _n, at) => operations.effectiveTokens(output + at, lnOutput + at, input + at, weight + at, out + at),
  ];
}

function cellSteps(
  plan: Plan,
  cell: CellPlan,
  index: number,
  layout: Layout<Float32Array>,
  operations: Operations,
): Step[] {
  const regime = plan.regimes[cell.regime];
  return [
    ...(typeof cell.tps === 'number' ? [] : [tpsStep(cell.tps, plan, regime, index, layout, operations)]),
    ...coupledSteps(cell, regime, index, layout, operations),
    energyStep(cell, regime, index, layout, operations),
  ];
}

function tpsStep(
  fit: FittedThroughput,
  { columns }: Plan,
  regime: RegimePlan,
  index: number,
  layout: Layout<Float32Array>,
  operations: Operations,
): Step {
  const lnInput = layout.ln[regime.input_tokens].byteOffset;
  const lnOutput = layout.ln[regime.output_tokens].byteOffset;
  const input = layout.value[regime.input_tokens].byteOffset;
  const output = layout.value[regime.output_tokens].byteOffset;
  const out = layout.lnTps[index].byteOffset;
  const { intercept, coef_ln_input_tokens: ofInput, coef_ln_output_tokens: ofOutput } = fit;
  const lnCap = ln(fit.cap_tps);
  const lnLimit = lnCap + SINGLE_CAP_ROUNDING * Math.max(1, Math.abs(ofInput) + Math.abs(ofOutput));
  const ofInputs = middleOf(columns[regime.input_tokens], fit.input_tokens);
  const ofOutputs = middleOf(columns[regime.output_tokens], fit.output_tokens);
  const start = intercept + ofInput * ofInputs.exact + ofOutput * ofOutputs.exact;
  const [inputLow, inputHigh] = fit.input_tokens;
  const [outputLow, outputHigh] = fit.output_tokens;
  return (_block, n, at) => {
    layout.capped[index] += operations.fittedTps(
      lnInput + at,
      lnOutput + at,
      start,
      ofInput,
      ofInputs.single,
      ofOutput,
      ofOutputs.single,
      LN_SHORTEST_LENGTH,
      lnCap,
      lnLimit,
      n,
      out + at,
    );
    layout.extrapolated[index] += operations.countOutside(
      input + at,
      output + at,
      inputLow,
      inputHigh,
      outputLow,
      outputHigh,
      n,
    );
  };
}

/** Where ln of a length is measured from: the length itself where that is fixed, else the middle of the rows of the fit. */
function middleOf(column: ColumnPlan, [low, high]: readonly [number, number]): { exact: number; single: number } {
  const fixed = constantOf(column);
  const [lnLow, lnHigh] = [fixed ?? low, fixed ?? high].map((length) => Math.max(ln(length), LN_SHORTEST_LENGTH));
  const middle = (lnLow + lnHigh) / 2;
  const single = Math.fround(middle);
  return { exact: fixed === undefined ? single : middle, single };
}

function coupledSteps(
  cell: CellPlan,
  regime: RegimePlan,
  index: number,
  layout: Layout<Float32Array>,
  operations: Operations,
): Step[] {
  const { power_utilization } = regime;
  if (typeof power_utilization === 'number') return [];
  const { base, span } = power_utilization;
  const column = layout.lnUtilization[index];
  if (typeof cell.tps === 'number') {
    column.fill(ln(coupledPowerUtilization(base, span, 1)));
    return [];
  }
  const lnTps = layout.lnTps[index].byteOffset;
  const lnCap = ln(cell.tps.cap_tps);
  const out = column.byteOffset;
  return [(_block, _n, at) => operations.coupledUtilization(lnTps + at, lnCap, base, span, out + at)];
}

function energyStep(
  cell: CellPlan,
  regime: RegimePlan,
  index: number,
  layout: Layout<Float32Array>,
  operations: Operations,
): Step {
  const lnPue = layout.ln[regime.pue].byteOffset;
  const lnPower = layout.ln[cell.node_power_kw].byteOffset;
  const lnUtilization = layout.lnUtilization[index].byteOffset;
  const lnTokens = layout.lnEffective[cell.regime].byteOffset;
  const lnTps = layout.lnTps[index].byteOffset;
  const out = layout.lnEnergy[index].byteOffset;
  return (_block, _n, at) =>
    operations.energy(lnPue + at, lnPower + at, lnUtilization + at, lnTokens + at, LN_WH_PER_KJ, lnTps + at, out + at);
}
