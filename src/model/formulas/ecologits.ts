import { exp } from '../../distributions/elementary.js';
import type { Formula } from './formula.js';

/** Energy of one GPU for each token, Wh: a part for each billion of active parameters, which shrinks with the batch, and a fixed one. */
const GPU_WH_PER_BILLION = 1.1665273170451914e-6;
const GPU_BATCH_EXPONENT = -0.011205921025579175;
const GPU_WH = 4.052928146734005e-5;

/** Seconds that a token of the answer takes: by billions of active parameters, by queries in the batch, and fixed. */
const SECONDS_PER_BILLION = 6.785088094353663e-4;
const SECONDS_PER_QUERY = 3.119310311688259e-4;
const SECONDS = 0.019473717579473387;

/** Power of a server without its GPUs, W, and how many GPUs it has. */
const SERVER_W = 1200;
const SERVER_GPUS = 8;

/** Memory of one GPU, GB; bytes of a weight at 16 bit; memory taken beside the weights, as a factor. */
const GPU_MEMORY_GB = 80;
const BYTES_PER_WEIGHT = 2;
const MEMORY_OVERHEAD = 1.2;

const SECONDS_PER_HOUR = 3600;

type Taken = 'pue' | 'output_tokens' | 'active_params_b' | 'total_params_b';

/** GPUs that hold a model of so many billion parameters: a power of two. */
export function ecologitsGpus(total_params_b: number): number {
  const needed = Math.ceil((MEMORY_OVERHEAD * total_params_b * BYTES_PER_WEIGHT) / GPU_MEMORY_GB);
  let gpus = 1;
  while (gpus < needed) gpus *= 2;
  return gpus;
}

/**
 * EcoLogits with its fits to the ML.ENERGY leaderboard (H100, batches up to 512, models up to 200 billion parameters; larger ones
 * are extrapolated). Input tokens do not count.
 */
function ecologits(name: string, batch: number, release: string): Formula<Taken> {
  const seconds = SECONDS_PER_QUERY * batch + SECONDS;
  // What a second of the server costs one query of the batch, Wh for each GPU.
  const serverWh = SERVER_W / SECONDS_PER_HOUR / SERVER_GPUS / batch;
  return {
    name,
    source: `EcoLogits, ${release}: impacts/llm.py with a batch of ${batch}`,
    boundary: 'facility',
    takes: ['pue', 'output_tokens', 'active_params_b', 'total_params_b'],
    constant: ['total_params_b'],
    energy(q, { product, total, known }) {
      const gpus = ecologitsGpus(known(q.total_params_b));
      const gpuSlope = GPU_WH_PER_BILLION * exp(GPU_BATCH_EXPONENT * batch);
      return total([
        product([q.pue, q.output_tokens, q.active_params_b, gpus * (gpuSlope + SECONDS_PER_BILLION * serverWh)]),
        product([q.pue, q.output_tokens, gpus * (GPU_WH + seconds * serverWh)]),
      ]);
    },
    node_seconds(q, { product, total, known }) {
      const share = ecologitsGpus(known(q.total_params_b)) / SERVER_GPUS / batch;
      return total([
        product([q.output_tokens, q.active_params_b, share * SECONDS_PER_BILLION]),
        product([q.output_tokens, share * seconds]),
      ]);
    },
  };
}

/** Releases 0.9.0 to 0.9.3. */
export const ECOLOGITS = ecologits('ecologits', 64, 'releases 0.9.0 to 0.9.3');

/** The ends of the range of batches of a later state of the source; which release has it could not be confirmed. */
export const ECOLOGITS_BATCH_16 = ecologits('ecologits-batch-16', 16, 'source at 242523d, the lower end of its range');
export const ECOLOGITS_BATCH_4 = ecologits('ecologits-batch-4', 4, 'source at 242523d, the upper end of its range');
