import { ln } from '../distributions/elementary.js';
import type { Layout } from '../kernel/layout.js';
import { isCapped, isExtrapolated, lnTpsUncapped } from '../model/throughput/throughput.js';
import type { BlendMember, NonProductionOutput, OutputPlan, PathwayOutput, Plan } from '../plan/plan.js';
import { binOf, type Histogram } from '../sketch/histogram.js';
import type { Sketches } from '../sketch/sketches.js';

/** Counts the first `n` draws of the block that a kernel has just evaluated. */
export function observe(plan: Plan, layout: Layout, n: number, sketches: Sketches): void {
  plan.outputs.forEach((output, i) => {
    observeOutput(plan, output, layout, n, sketches.histograms[i]);
    if (output.kind === 'tps') observeShares(plan, output.cell, layout, n, sketches);
  });
}

/** Draws of a fitted cell that the cap holds back, and whose lengths lie outside the fit's rows. */
function observeShares({ cells, regimes }: Plan, cell: number, layout: Layout, n: number, sketches: Sketches): void {
  const { tps: fit, regime } = cells[cell];
  if (typeof fit === 'number') return;
  const { input_tokens, output_tokens } = regimes[regime];
  const [input, output] = [layout.value[input_tokens], layout.value[output_tokens]];
  const [lnInput, lnOutput] = [layout.ln[input_tokens], layout.ln[output_tokens]];
  for (let i = 0; i < n; i++) {
    if (isCapped(fit, lnTpsUncapped(fit, lnInput[i], lnOutput[i]))) sketches.capped[cell]++;
    if (isExtrapolated(fit, input[i], output[i])) sketches.extrapolated[cell]++;
  }
}

function observeOutput(plan: Plan, output: OutputPlan, layout: Layout, n: number, histogram: Histogram): void {
  if (output.kind === 'column') histogram.add(layout.ln[output.column], n);
  else if (output.kind === 'energy') histogram.add(layout.lnEnergy[output.cell], n);
  else if (output.kind === 'tps') histogram.add(layout.lnTps[output.cell], n);
  else if (output.kind === 'power_utilization') histogram.add(layout.lnUtilization[output.cell], n);
  else if (output.kind === 'non-production') observeNonProduction(output, layout, n, histogram);
  else if (output.kind === 'pathway')
    for (const member of plan.blends[output.blend].members) observePathway(output, member, layout, n, histogram);
}

/** All factors but the throughput are those of production. */
function observeNonProduction(output: NonProductionOutput, layout: Layout, n: number, histogram: Histogram): void {
  const { pooled } = layout;
  const lnTps = layout.lnTps[output.cell];
  const lnEnergy = layout.lnEnergy[output.cell];
  const lnOther = ln(output.tps);
  for (let i = 0; i < n; i++) pooled[i] = lnTps[i] - lnOther;
  if (output.quantity === 'energy') for (let i = 0; i < n; i++) pooled[i] += lnEnergy[i];
  histogram.add(pooled, n);
}

function observePathway(
  output: PathwayOutput,
  member: BlendMember,
  layout: Layout,
  n: number,
  histogram: Histogram,
): void {
  const { kept, pooled, divisor } = layout;
  const lnEnergy = layout.lnEnergy[member.cell];
  const count = output.trim === 'none' ? keepAll(n, kept) : keepWithin(lnEnergy, n, member, kept);
  multiplyDivisors(output, layout, n);
  for (let k = 0; k < count; k++) pooled[k] = lnEnergy[kept[k]] - divisor[kept[k]];
  histogram.add(pooled, count);
}

/** Logarithms of the pathway's multipliers, added up; 0 where it has none. */
function multiplyDivisors({ divisors }: PathwayOutput, { ln: columns, divisor }: Layout, n: number): void {
  divisor.fill(0, 0, n);
  for (const column of divisors) for (let i = 0; i < n; i++) divisor[i] += columns[column][i];
}

function keepAll(n: number, kept: Uint32Array): number {
  for (let i = 0; i < n; i++) kept[i] = i;
  return n;
}

/** Lists the draws whose energy lies in the member's kept bins; returns how many there are. */
function keepWithin(lnEnergy: Float64Array, n: number, { lowBin, highBin }: BlendMember, kept: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < n; i++) {
    const bin = binOf(lnEnergy[i]);
    if (bin >= lowBin && bin <= highBin) kept[count++] = i;
  }
  return count;
}
