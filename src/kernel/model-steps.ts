import { ln } from '../distributions/elementary.js';
import { LN_WH_PER_KJ } from '../model/energy.js';
import { coupledPowerUtilization } from '../model/power.js';
import type { FittedThroughput } from '../model/throughput.js';
import type { CellPlan, Plan, RegimePlan } from '../plan.js';
import { constantOf } from './drawing-steps.js';
import { fittedTps, lengthsOf } from './fitted-tps.js';
import type { Layout } from './layout.js';
import type { Operations, Step } from './operations.js';
import { BLOCK_SIZE } from './uniforms.js';

/** The block operations that compute the model from its columns of draws: first of all regimes, then of all cells. */
export function modelSteps(plan: Plan, layout: Layout<Float32Array>, operations: Operations): Step[] {
  return [
    ...plan.regimes.flatMap((regime, index) => regimeSteps(plan, regime, index, layout, operations)),
    ...plan.cells.flatMap((cell, index) => cellSteps(plan, cell, index, layout, operations)),
  ];
}

/** Whether a regime's effective tokens are its output tokens. */
export function hasNoPrefill(plan: Plan, { prefill_weight }: RegimePlan): boolean {
  return constantOf(plan.columns[prefill_weight]) === 0;
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
  return [(_block, at) => operations.effectiveTokens(output + at, lnOutput + at, input + at, weight + at, out + at)];
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
  plan: Plan,
  regime: RegimePlan,
  index: number,
  layout: Layout<Float32Array>,
  operations: Operations,
): Step {
  const { tps } = fittedTps(fit, plan, regime, operations);
  const { input, lnInput, output, lnOutput } = lengthsOf(regime, layout);
  const out = layout.lnTps[index].byteOffset;
  return (_block, at) =>
    tps(
      { input: input + at, lnInput: lnInput + at, output: output + at, lnOutput: lnOutput + at },
      BLOCK_SIZE,
      out + at,
    );
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
  return [(_block, at) => operations.coupledUtilization(lnTps + at, lnCap, base, span, out + at)];
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
  return (_block, at) =>
    operations.energy(lnPue + at, lnPower + at, lnUtilization + at, lnTokens + at, LN_WH_PER_KJ, lnTps + at, out + at);
}
