import { samplesInBlock } from '../blocks/blocks.js';
import { exp } from '../distributions/elementary.js';
import type { Kernel } from '../kernel/kernel.js';
import type { CellPlan, Plan } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { SampleBatch } from '../tables/samples.js';

/**
 * All draws of a plan, inputs and outputs of every model in every regime: a batch for each block, cell after cell. They are
 * drawn anew rather than kept, so memory does not grow with samples.
 *
 * @param models names in the order of the file's dictionary
 */
export function* sampleBatches(
  plan: Plan,
  kernel: Kernel<Float64Array>,
  models: readonly string[],
): Generator<SampleBatch> {
  for (let block = 0; block * BLOCK_SIZE < plan.samples; block++) {
    const n = samplesInBlock(plan, block);
    kernel.evaluate(block, n);
    const batch = emptyBatch(n * plan.cells.length);
    plan.cells.forEach((cell, index) => {
      fillCell(batch, index * n, n, plan, kernel, cell, index);
      batch.model.fill(models.indexOf(cell.model), index * n, (index + 1) * n);
      for (let i = 0; i < n; i++) batch.sample_id[index * n + i] = BigInt(block * BLOCK_SIZE + i);
    });
    yield batch;
  }
}

function emptyBatch(rows: number): SampleBatch {
  const floats = () => new Float64Array(rows);
  return {
    regime: new Int32Array(rows),
    model: new Int32Array(rows),
    sample_id: new BigInt64Array(rows),
    input_tokens: floats(),
    output_tokens: floats(),
    prefill_weight: floats(),
    node_power_kw: floats(),
    power_utilization: floats(),
    pue: floats(),
    tps: floats(),
    energy_wh: floats(),
  };
}

function fillCell(
  batch: SampleBatch,
  at: number,
  n: number,
  plan: Plan,
  { layout }: Kernel<Float64Array>,
  cell: CellPlan,
  index: number,
): void {
  const regime = plan.regimes[cell.regime];
  batch.regime.fill(cell.regime, at, at + n);
  batch.input_tokens.set(layout.value[regime.input_tokens].subarray(0, n), at);
  batch.output_tokens.set(layout.value[regime.output_tokens].subarray(0, n), at);
  batch.prefill_weight.set(layout.value[regime.prefill_weight].subarray(0, n), at);
  batch.node_power_kw.set(exponentials(layout.ln[cell.node_power_kw], n), at);
  batch.power_utilization.set(exponentials(layout.lnUtilization[index], n), at);
  batch.pue.set(exponentials(layout.ln[regime.pue], n), at);
  batch.tps.set(exponentials(layout.lnTps[index], n), at);
  batch.energy_wh.set(exponentials(layout.lnEnergy[index], n), at);
}

function exponentials(lnValues: Float64Array, n: number): Float64Array {
  return lnValues.subarray(0, n).map(exp);
}
