import { type CompiledDistribution, compileDistribution } from '../../distributions/compile.js';
import { exp, ln } from '../../distributions/elementary.js';
import { effectiveTokens, lnEnergyWh } from '../../model/energy.js';
import { coupledPowerUtilization } from '../../model/power.js';
import { type FittedThroughput, lnTpsUncapped } from '../../model/throughput/throughput.js';
import type { CellPlan, ColumnPlan, Plan, RegimePlan } from '../../plan/plan.js';
import { BLOCK_SIZE, uniformsOf } from '../../random/uniforms.js';
import type { Kernel } from '../kernel.js';
import { allocate, type Layout } from '../layout.js';
import { columnWords } from './column-words.js';

/**
 * The scalar TypeScript kernel: the model in the log domain, column by column. Every draw is the quantile of one uniform
 * number, so any distribution costs one call; nothing is allocated per draw. Error: each ln energy is a sum of at most six
 * terms of rounding error below 1e-15 each, so energy agrees with the plain formula to 1e-13 relative (test/kernel).
 */
export async function referenceKernel(plan: Plan): Promise<Kernel<Float64Array>> {
  const { layout, uniforms, draw, compute } = await referenceModel(plan);
  const fills = plan.columns.map((column) => columnWords(plan.sampler, column));
  return {
    name: 'reference',
    layout,
    evaluate(block, n) {
      plan.columns.forEach(({ key }, index) => {
        fills[index](block, layout.words);
        uniformsOf(key, block, layout.words, uniforms);
        draw(index, n);
      });
      compute(n);
    },
  };
}

/** The kernel in its two steps, for those who bring uniform numbers of their own. */
export interface ReferenceModel {
  readonly layout: Layout;
  /** Of one column of a block. */
  readonly uniforms: Float64Array;
  /** Fills a column's draws with the quantiles of `uniforms`. */
  draw(column: number, n: number): void;
  /** Computes all cells from the columns' draws. */
  compute(n: number): void;
}

export async function referenceModel(plan: Plan): Promise<ReferenceModel> {
  const compiled = await Promise.all(plan.columns.map(({ distribution }) => compileDistribution(distribution)));
  const layout = allocate(plan, Float64Array);
  const uniforms = new Float64Array(BLOCK_SIZE);
  return {
    layout,
    uniforms,
    draw: (column, n) => drawColumn(plan.columns[column], compiled[column], uniforms, n, layout, column),
    compute(n) {
      plan.regimes.forEach((regime, index) => {
        computeEffectiveTokens(regime, n, layout, layout.lnEffective[index]);
      });
      plan.cells.forEach((cell, index) => {
        computeTps(cell, plan.regimes[cell.regime], n, layout, index);
        computeUtilization(cell, plan.regimes[cell.regime], n, layout, index);
        computeEnergy(cell, plan.regimes[cell.regime], n, layout, index);
      });
    },
  };
}

function drawColumn(
  plan: ColumnPlan,
  compiled: CompiledDistribution,
  uniforms: Float64Array,
  n: number,
  layout: Layout,
  index: number,
): void {
  const value = layout.value[index];
  const lnValue = layout.ln[index];
  if (plan.scale === 'tokens') drawTokens(compiled, uniforms, n, value, lnValue);
  else if (plan.scale === 'weight') drawWeights(compiled, uniforms, n, value, lnValue);
  else drawFactors(compiled, uniforms, n, lnValue);
}

function drawTokens(
  { quantile }: CompiledDistribution,
  uniforms: Float64Array,
  n: number,
  value: Float64Array,
  lnValue: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    const tokens = Math.round(quantile(uniforms[i]));
    value[i] = tokens;
    lnValue[i] = tokens === 0 ? Number.NEGATIVE_INFINITY : ln(tokens);
  }
}

function drawWeights(
  { quantile }: CompiledDistribution,
  uniforms: Float64Array,
  n: number,
  value: Float64Array,
  lnValue: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    value[i] = quantile(uniforms[i]);
    lnValue[i] = ln(value[i]);
  }
}

function drawFactors(
  { quantile, lnQuantile }: CompiledDistribution,
  uniforms: Float64Array,
  n: number,
  lnValue: Float64Array,
): void {
  if (lnQuantile) for (let i = 0; i < n; i++) lnValue[i] = lnQuantile(uniforms[i]);
  else for (let i = 0; i < n; i++) lnValue[i] = ln(quantile(uniforms[i]));
}

function computeEffectiveTokens(regime: RegimePlan, n: number, layout: Layout, lnEffective: Float64Array): void {
  const input = layout.value[regime.input_tokens];
  const output = layout.value[regime.output_tokens];
  const lnOutput = layout.ln[regime.output_tokens];
  const weight = layout.value[regime.prefill_weight];
  for (let i = 0; i < n; i++) {
    const tokens = effectiveTokens(output[i], input[i], weight[i]);
    lnEffective[i] = tokens === output[i] ? lnOutput[i] : ln(tokens);
  }
}

function computeTps(cell: CellPlan, regime: RegimePlan, n: number, layout: Layout, index: number): void {
  if (typeof cell.tps === 'number') layout.lnTps[index].set(layout.ln[cell.tps]);
  else computeFittedTps(cell.tps, regime, n, layout, index);
}

function computeFittedTps(fit: FittedThroughput, regime: RegimePlan, n: number, layout: Layout, index: number): void {
  const lnInput = layout.ln[regime.input_tokens];
  const lnOutput = layout.ln[regime.output_tokens];
  const lnTps = layout.lnTps[index];
  const lnCap = ln(fit.cap_tps);
  for (let i = 0; i < n; i++) {
    lnTps[i] = Math.min(lnTpsUncapped(fit, lnInput[i], lnOutput[i]), lnCap);
  }
}

function computeUtilization(cell: CellPlan, regime: RegimePlan, n: number, layout: Layout, index: number): void {
  const { power_utilization } = regime;
  if (typeof power_utilization === 'number') {
    layout.lnUtilization[index].set(layout.ln[power_utilization]);
    return;
  }
  const { base, span } = power_utilization;
  // A throughput that the user states is the node's highest: it has no other to be compared with.
  const lnCap = typeof cell.tps === 'number' ? undefined : ln(cell.tps.cap_tps);
  for (let i = 0; i < n; i++) {
    const loading = lnCap === undefined ? 1 : exp(layout.lnTps[index][i] - lnCap);
    layout.lnUtilization[index][i] = ln(coupledPowerUtilization(base, span, loading));
  }
}

function computeEnergy(cell: CellPlan, regime: RegimePlan, n: number, layout: Layout, index: number): void {
  const lnPue = layout.ln[regime.pue];
  const lnPower = layout.ln[cell.node_power_kw];
  const lnEffective = layout.lnEffective[cell.regime];
  const lnUtilization = layout.lnUtilization[index];
  const lnTps = layout.lnTps[index];
  const lnEnergy = layout.lnEnergy[index];
  for (let i = 0; i < n; i++) {
    lnEnergy[i] = lnEnergyWh(lnPue[i], lnPower[i], lnUtilization[i], lnEffective[i], lnTps[i]);
  }
}
