import { ln } from '../distributions/elementary.js';
import { LN_WH_PER_KJ } from '../model/energy.js';
import { coupledPowerUtilization } from '../model/power.js';
import { type FittedThroughput, LN_SHORTEST_LENGTH } from '../model/throughput.js';
import type { CellPlan, ColumnPlan, Plan, RegimePlan } from '../plan.js';
import { constantOf } from './drawing-steps.js';
import type { Layout } from './layout.js';
import type { Operations, Step } from './operations.js';

/**
 * A fit through its highest row meets the cap there but for rounding of ln tps in single precision; that is not a capped draw.
 * For coefficients that add up to 1; in proportion for greater ones.
 */
const SINGLE_CAP_ROUNDING = 4e-6;

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
