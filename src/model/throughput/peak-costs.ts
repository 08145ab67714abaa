import { ln } from '../../distributions/elementary.js';
import { cacheBytes, type SizeAndHardware, weightBytes } from '../catalogue/size-and-hardware.js';

/** What the costs would be at the hardware's peak, in GPU-seconds; the priors say how far real servers are from it. */
export interface PeakCosts {
  /** ln of 2 · active parameters / peak: one token's arithmetic. */
  readonly ln_compute: number;
  /** ln of the seconds that one token of context costs an output token: its keys and values, read, and the weights' reading
   * that its place in the cache keeps from being shared. */
  readonly ln_context: number;
  /** ln of the seconds in which the weights of one copy are read by its GPUs together. */
  readonly ln_weights: number;
  /** ln of total over active parameters; 0 of a dense model. */
  readonly ln_sparsity: number;
}

/**
 * Costs at peak. A step of B queries takes T_w + B·(t + k·L), with T_w the weights' reading, k = KV bytes / bandwidth and B at
 * most cache / (L · KV bytes); so a token of context costs KV bytes · (T_w / cache + 1 / bandwidth). Undefined where the model
 * does not fit the memory.
 */
export function peakCosts(service: SizeAndHardware): PeakCosts | undefined {
  const cache = cacheBytes(service);
  if (cache <= 0) return undefined;
  const bandwidth = service.memory_bandwidth_tb_s * 1e12;
  const weights = weightBytes(service) / bandwidth;
  return {
    ln_compute: ln((2 * service.active_params_b * 1e9) / (service.peak_tflops * 1e12)),
    ln_context: ln(service.kv_bytes_per_token * (weights / cache + 1 / bandwidth)),
    ln_weights: ln(weights / service.gpu_count),
    ln_sparsity: ln(service.total_params_b / service.active_params_b),
  };
}
