import { samplesInBlock } from '../blocks/blocks.js';
import { exp } from '../distributions/elementary.js';
import type { Kernel } from '../kernel/kernel.js';
import {
  INPUT_NAMES,
  INPUTS,
  type Input,
  OPTIONAL_INPUTS,
  type OptionalInput,
  REQUIRED_INPUTS,
} from '../model/quantities.js';
import type { Plan, Service } from '../plan/plan.js';
import { BLOCK_SIZE } from '../random/uniforms.js';
import type { SampleBatch } from '../tables/samples.js';

/**
 * All draws of a plan, inputs and outputs of every model in every regime: a batch for each block, service after service. They
 * are drawn anew rather than kept, so memory does not grow with samples.
 *
 * @param regimes names in the order of the file's dictionary, as those of models
 */
export function* sampleBatches(
  plan: Plan,
  kernel: Kernel<Float64Array>,
  regimes: readonly string[],
  models: readonly string[],
): Generator<SampleBatch> {
  for (let block = 0; block * BLOCK_SIZE < plan.samples; block++) {
    const n = samplesInBlock(plan, block);
    kernel.evaluate(block, n);
    const batch = emptyBatch(n * plan.services.length, statedInputs(plan));
    plan.services.forEach((service, index) => {
      fillService(batch, index * n, n, kernel, service);
      batch.regime.fill(regimes.indexOf(service.regime), index * n, (index + 1) * n);
      batch.model.fill(models.indexOf(service.model), index * n, (index + 1) * n);
      for (let i = 0; i < n; i++) batch.sample_id[index * n + i] = BigInt(block * BLOCK_SIZE + i);
    });
    yield batch;
  }
}

/** Inputs that a scenario may leave out, and this one does not. */
export function statedInputs({ services }: Plan): OptionalInput[] {
  return OPTIONAL_INPUTS.filter((name) => services.some(({ quantities }) => quantities[name] !== undefined));
}

function emptyBatch(rows: number, optional: readonly OptionalInput[]): SampleBatch {
  const floats = () => new Float64Array(rows);
  const names = [...REQUIRED_INPUTS, ...optional];
  const inputs = Object.fromEntries(names.map((name) => [name, floats()])) as Record<Input, Float64Array>;
  const places = { regime: new Int32Array(rows), model: new Int32Array(rows), sample_id: new BigInt64Array(rows) };
  return { ...inputs, ...places, tps: floats(), energy_wh: floats() };
}

function fillService(
  batch: SampleBatch,
  at: number,
  n: number,
  { layout }: Kernel<Float64Array>,
  { quantities }: Service,
): void {
  for (const name of INPUT_NAMES) {
    const node = quantities[name];
    if (node === undefined) continue;
    const isCount = INPUTS[name].scale !== 'factor';
    batch[name]?.set(isCount ? layout.value[node].subarray(0, n) : exponentials(layout.ln[node], n), at);
  }
  if (quantities.tps !== undefined) batch.tps.set(exponentials(layout.ln[quantities.tps], n), at);
  if (quantities.energy !== undefined) batch.energy_wh.set(exponentials(layout.ln[quantities.energy], n), at);
}

function exponentials(lnValues: Float64Array, n: number): Float64Array {
  return lnValues.subarray(0, n).map(exp);
}
