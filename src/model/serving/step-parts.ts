import { exp, ln } from '../../distributions/elementary.js';
import { type Deployment, inFlight, meanContext, type ServedQueries } from './deployment.js';
import { bytesPerStep } from './touched-weights.js';

/**
 * What the time of one step of a server consists of, in order. Each is counted in what it would be at the hardware's peak, or per
 * layer; the law says how many times that it takes.
 */
export const STEP_PARTS = [
  'layers',
  'casts',
  'links',
  'weights',
  'prefill',
  'compute',
  'context',
  'sequences',
] as const;

export type StepPart = (typeof STEP_PARTS)[number];

/** Parts that a step takes whatever it serves; the queries in flight share them (w of the request-cost law). */
export const SHARED_PARTS: readonly StepPart[] = ['layers', 'casts', 'links', 'weights'];

/** How arithmetic grows with total over active parameters, beyond active parameters: exponents of that ratio. */
export interface Sparsity {
  readonly prefill: number;
  readonly compute: number;
}

/** Seconds that launching and waiting take for a layer, as a unit. */
const LAYER_SECONDS = 1e-4;

/** Seconds of one GPU that a query in flight costs for each layer of a width, beside arithmetic and memory, as a unit. */
const SEQUENCE_SECONDS = 1e-6;
const SEQUENCE_WIDTH = 4096;

/**
 * The parts' sizes for one deployment and its queries, in the order of `STEP_PARTS`, seconds each: layers, casts of activations
 * where there are any, exchange between GPUs where there are several, reading the weights that the queries in flight need, computing the prompts that take the places of
 * answered queries, computing output tokens, reading their contexts, and keeping sequences apart.
 */
export function stepFactors(deployment: Deployment, queries: ServedQueries, sparsity: Sparsity): number[] {
  const {
    gpu_count,
    layers,
    hidden_size,
    casts_activations,
    memory_bandwidth_tb_s,
    tokens_per_step,
    computed_per_step,
  } = deployment;
  const flight = inFlight(deployment, queries);
  const bandwidth = memory_bandwidth_tb_s * 1e12 * gpu_count;
  const token = tokenSeconds(deployment);
  const prompts = (flight * tokens_per_step * queries.input_tokens) / queries.output_tokens;
  const context = flight * meanContext(queries) * deployment.kv_bytes_per_token;
  return [
    layers * LAYER_SECONDS,
    casts_activations ? layers * LAYER_SECONDS : 0,
    gpu_count > 1 ? layers * LAYER_SECONDS : 0,
    bytesPerStep(deployment, flight * computed_per_step) / bandwidth,
    prompts * token * sparse(deployment, sparsity.prefill),
    flight * computed_per_step * token * sparse(deployment, sparsity.compute),
    context / bandwidth,
    (flight * layers * (hidden_size / SEQUENCE_WIDTH) * SEQUENCE_SECONDS) / gpu_count,
  ];
}

/** Seconds of the group for one token's arithmetic at peak. */
function tokenSeconds({ active_params_b, peak_tflops, gpu_count }: Deployment): number {
  return (2 * active_params_b * 1e9) / (peak_tflops * 1e12 * gpu_count);
}

function sparse({ total_params_b, active_params_b }: Deployment, exponent: number): number {
  return exp(exponent * ln(total_params_b / active_params_b));
}
