import { exp, ln } from '../../distributions/elementary.js';
import type { SizeAndHardware } from '../catalogue/size-and-hardware.js';

/**
 * Bytes of weights that one step reads for `tokens` tokens. Of a mixture of experts each token passes active/total of the weights,
 * and a step reads what at least one of its tokens passes; tokens choose independently here, which spreads them more than real ones.
 */
export function bytesPerStep(service: SizeAndHardware, tokens: number): number {
  const { total_params_b, active_params_b, bytes_per_weight } = service;
  const share = active_params_b / total_params_b;
  const touched = share >= 1 ? 1 : 1 - exp(Math.max(1, tokens) * ln(1 - share));
  return total_params_b * 1e9 * bytes_per_weight * touched;
}
