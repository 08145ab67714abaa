import type { Formula } from './formula.js';

/** Operations of a forward pass for each active parameter and token: a multiplication and an addition. */
const FLOP_PER_PARAMETER = 2;

/** Dense peak of one H100 at 16 bit, FLOP/s (NVIDIA's data sheet), of which decoding reaches a tenth. */
const PEAK_FLOPS = 989e12;
const COMPUTE_UTILIZATION = 0.1;

/** Power for each GPU, its share of the server's other parts included, W, and the share of it that is drawn. */
const WATTS_PER_GPU = 1275;
const POWER_SHARE = 0.7;

const PARAMETERS_PER_BILLION = 1e9;
const SECONDS_PER_HOUR = 3600;

/** GPUs of a node. */
const NODE_GPUS = 8;

/** Seconds of one GPU for each billion active parameters and output token. */
const GPU_SECONDS_PER_BILLION_AND_TOKEN =
  (FLOP_PER_PARAMETER * PARAMETERS_PER_BILLION) / (PEAK_FLOPS * COMPUTE_UTILIZATION);

/** Wh of one GPU's server for each billion active parameters and output token, before the facility's overhead. */
const WH_PER_BILLION_AND_TOKEN = GPU_SECONDS_PER_BILLION_AND_TOKEN * ((WATTS_PER_GPU * POWER_SHARE) / SECONDS_PER_HOUR);

/** Energy by the operations of decoding, with a share of the GPU's peak that all queries reach alike. Prefill is left out. */
export const EPOCH: Formula<'pue' | 'output_tokens' | 'active_params_b'> = {
  name: 'epoch',
  source: 'Epoch AI, How much energy does ChatGPT use?, February 2025, with its sheet',
  boundary: 'facility',
  takes: ['pue', 'output_tokens', 'active_params_b'],
  energy: (q, { product }) => product([q.pue, q.active_params_b, q.output_tokens, WH_PER_BILLION_AND_TOKEN]),
  node_seconds: (q, { product }) =>
    product([q.active_params_b, q.output_tokens, GPU_SECONDS_PER_BILLION_AND_TOKEN / NODE_GPUS]),
};
