import { ln } from '../../distributions/elementary.js';
import { LN_WH_PER_KJ } from '../../model/energy.js';
import { coupledPowerUtilization } from '../../model/power.js';
import type { FittedThroughput } from '../../model/throughput/throughput.js';
import type { CellPlan, Plan, RegimePlan } from '../../plan/plan.js';
import { BLOCK_SIZE } from '../../random/uniforms.js';
import type { Layout } from '../layout.js';
import { constantOf } from './drawing-steps.js';
import { type EnergyFactors, fittedTps, lengthsOf, ownTokens } from './fitted-tps.js';
import type { Operations, Step } from './operations.js';

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
  const { tps } = cell;
  if (typeof tps !== 'number' && !needsTps(plan, index))
    return [fittedEnergyStep(tps, plan, index, layout, operations)];
  return [
    ...(typeof tps === 'number' ? [] : [tpsStep(tps, plan, regime, index, layout, operations)]),
    ...coupledSteps(cell, regime, index, layout, operations),
    energyStep(cell, regime, index, layout, operations),
  ];
}

/** Whether anything but the energy is made of a cell's throughput draw by draw; otherwise no column holds it. */
export function needsTps(plan: Plan, index: number): boolean {
  const { power_utilization } = plan.regimes[plan.cells[index].regime];
  const isCompared = plan.outputs.some((output) => output.kind === 'non-production' && output.cell === index);
  return isCompared || typeof power_utilization !== 'number' || ownTokens(plan, index) === undefined;
}

function fittedEnergyStep(
  fit: FittedThroughput,
  plan: Plan,
  index: number,
  layout: Layout<Float32Array>,
  operations: Operations,
): Step {
  const cell = plan.cells[index];
  const regime = plan.regimes[cell.regime];
  const { energy } = fittedTps(fit, plan, regime, operations);
  const { lnPue, lnPower, lnUtilization, lnTokens } = factorsOf(cell, regime, index, layout);
  const { lnOutput } = lengthsOf(regime, layout);
  const out = layout.lnEnergy[index].byteOffset;
  return (_block, at) =>
    energy(
      { lnPue: lnPue + at, lnPower: lnPower + at, lnUtilization: lnUtilization + at, lnTokens: lnTokens + at },
      lnOutput + at,
      out + at,
    );
}

function factorsOf(cell: CellPlan, regime: RegimePlan, index: number, layout: Layout<Float32Array>): EnergyFactors {
  return {
    lnPue: layout.ln[regime.pue].byteOffset,
    lnPower: layout.ln[cell.node_power_kw].byteOffset,
    lnUtilization: layout.lnUtilization[index].byteOffset,
    lnTokens: layout.lnEffective[cell.regime].byteOffset,
  };
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
  const { lnPue, lnPower, lnUtilization, lnTokens } = factorsOf(cell, regime, index, layout);
  const lnTps = layout.lnTps[index].byteOffset;
  const out = layout.lnEnergy[index].byteOffset;
  return (_block, at) =>
    operations.energy(lnPue + at, lnPower + at, lnUtilization + at, lnTokens + at, LN_WH_PER_KJ, lnTps + at, out + at);
}
