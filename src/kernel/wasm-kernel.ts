import { ln } from '../distributions/elementary.js';
import { LN_WH_PER_KJ } from '../model/energy.js';
import { coupledPowerUtilization } from '../model/power.js';
import { CAP_ROUNDING, type FittedThroughput, LN_SHORTEST_LENGTH } from '../model/throughput.js';
import type { CellPlan, Plan, RegimePlan } from '../plan.js';
import { drawingSteps } from './drawing-steps.js';
import type { Kernel } from './kernel.js';
import { allocate, type Layout, layoutBytes } from './layout.js';
import { CONSTANTS_BYTES, type Operations, openOperations, type Step } from './operations.js';
import type { KernelModule } from './web-assembly.js';

/** A kernel whose memory has room for the windows that draws are counted into. */
export interface WasmKernel extends Kernel {
  readonly operations: Operations;
  readonly buffer: ArrayBuffer;
  /** Where the room begins, a multiple of 8. */
  readonly room: number;
}

/**
 * The WebAssembly SIMD kernel: a plan compiles to a list of block operations, each one call of an exported function. The
 * arithmetic is the reference's, operation by operation, so every column holds the same bits. Columns that never change are
 * filled here, once; a cell that uses a drawn column as it is shares its memory.
 *
 * @param room bytes to leave behind the columns, zeroed
 * @param open where its memory comes from: its own, if not said otherwise
 */
export async function wasmKernel(
  plan: Plan,
  module: KernelModule,
  room = 0,
  open = (bytes: number) => openOperations(module, bytes),
): Promise<WasmKernel> {
  const start = CONSTANTS_BYTES + layoutBytes(plan);
  const { operations, buffer } = await open(start + room);
  const layout = sharedWhereEqual(plan, allocate(plan, buffer, CONSTANTS_BYTES));
  fillConstants(plan, layout);
  const steps = [
    ...(await drawingSteps(plan, layout, operations)),
    ...plan.regimes.flatMap((regime, index) => regimeSteps(plan, regime, index, layout, operations)),
    ...plan.cells.flatMap((cell, index) => cellSteps(cell, plan.regimes[cell.regime], index, layout, operations)),
  ];
  return {
    name: 'wasm-simd',
    layout,
    operations,
    buffer,
    room: start,
    evaluate(block, n) {
      for (const step of steps) step(block, n);
    },
  };
}

function sharedWhereEqual(plan: Plan, layout: Layout): Layout {
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
  const { distribution } = plan.columns[prefill_weight];
  return distribution.family === 'constant' && distribution.parameters.value === 0;
}

function fillConstants(plan: Plan, layout: Layout): void {
  plan.columns.forEach(({ distribution, scale }, i) => {
    if (distribution.family !== 'constant') return;
    const { value } = distribution.parameters;
    const drawn = scale === 'tokens' ? Math.round(value) : value;
    if (scale !== 'factor') layout.value[i].fill(drawn);
    layout.ln[i].fill(ln(drawn));
  });
}

function regimeSteps(plan: Plan, regime: RegimePlan, index: number, layout: Layout, operations: Operations): Step[] {
  if (hasNoPrefill(plan, regime)) return [];
  const output = layout.value[regime.output_tokens].byteOffset;
  const lnOutput = layout.ln[regime.output_tokens].byteOffset;
  const input = layout.value[regime.input_tokens].byteOffset;
  const weight = layout.value[regime.prefill_weight].byteOffset;
  const out = layout.lnEffective[index].byteOffset;
  return [() => operations.effectiveTokens(output, lnOutput, input, weight, out)];
}

function cellSteps(cell: CellPlan, regime: RegimePlan, index: number, layout: Layout, operations: Operations): Step[] {
  return [
    ...(typeof cell.tps === 'number' ? [] : [tpsStep(cell.tps, regime, index, layout, operations)]),
    ...coupledSteps(cell, regime, index, layout, operations),
    energyStep(cell, regime, index, layout, operations),
  ];
}

function tpsStep(
  fit: FittedThroughput,
  regime: RegimePlan,
  index: number,
  layout: Layout,
  operations: Operations,
): Step {
  const lnInput = layout.ln[regime.input_tokens].byteOffset;
  const lnOutput = layout.ln[regime.output_tokens].byteOffset;
  const input = layout.value[regime.input_tokens].byteOffset;
  const output = layout.value[regime.output_tokens].byteOffset;
  const out = layout.lnTps[index].byteOffset;
  const { intercept, coef_ln_input_tokens: ofInput, coef_ln_output_tokens: ofOutput } = fit;
  const lnCap = ln(fit.cap_tps);
  const lnLimit = lnCap + CAP_ROUNDING;
  const [inputLow, inputHigh] = fit.input_tokens;
  const [outputLow, outputHigh] = fit.output_tokens;
  return (_, n) => {
    layout.capped[index] = operations.fittedTps(
      lnInput,
      lnOutput,
      intercept,
      ofInput,
      ofOutput,
      LN_SHORTEST_LENGTH,
      lnCap,
      lnLimit,
      n,
      out,
    );
    layout.extrapolated[index] = operations.countOutside(input, output, inputLow, inputHigh, outputLow, outputHigh, n);
  };
}

function coupledSteps(
  cell: CellPlan,
  regime: RegimePlan,
  index: number,
  layout: Layout,
  operations: Operations,
): Step[] {
  const { power_utilization } = regime;
  if (typeof power_utilization === 'number') return [];
  const { base, span } = power_utilization;
  const out = layout.lnUtilization[index];
  if (typeof cell.tps === 'number') {
    out.fill(ln(coupledPowerUtilization(base, span, 1)));
    return [];
  }
  const lnTps = layout.lnTps[index].byteOffset;
  const lnCap = ln(cell.tps.cap_tps);
  return [() => operations.coupledUtilization(lnTps, lnCap, base, span, out.byteOffset)];
}

function energyStep(cell: CellPlan, regime: RegimePlan, index: number, layout: Layout, operations: Operations): Step {
  const lnPue = layout.ln[regime.pue].byteOffset;
  const lnPower = layout.ln[cell.node_power_kw].byteOffset;
  const lnUtilization = layout.lnUtilization[index].byteOffset;
  const lnTokens = layout.lnEffective[cell.regime].byteOffset;
  const lnTps = layout.lnTps[index].byteOffset;
  const out = layout.lnEnergy[index].byteOffset;
  return () => operations.energy(lnPue, lnPower, lnUtilization, lnTokens, LN_WH_PER_KJ, lnTps, out);
}
