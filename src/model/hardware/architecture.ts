import type { PhaseCosts } from '../phase-costs.js';

/** What of a model's shape decides its request costs. */
export interface ModelShape {
  /** Parameters that a token passes through, billions; in a dense model all. */
  readonly active_params_b: number;
  readonly total_params_b: number;
  /** Bytes per parameter: 2 in 16 bits, 1 in FP8, 0.5 in FP4. */
  readonly bytes_per_parameter: number;
  /** Bytes of cache per token of context, in the precision of the cache. */
  readonly kv_bytes_per_token: number;
}

/** Costs of a mixture of experts over those of a dense model, per active parameter (a, b) and per byte of cache (c). */
export interface ExpertOverhead {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/**
 * Medians over five mixtures of experts against dense models on eight H200 in FP8, with their ranges: a 1.10–2.96, b 1.15–1.75, c
 * 0.60–3.75. Source: rows `mixture of experts/dense` of precision-and-generation.csv, from NVIDIA's TensorRT-LLM tables.
 */
export const EXPERT_OVERHEAD: ExpertOverhead = { a: 1.622, b: 1.682, c: 0.887 };

/** The overhead of a dense model over another: none. */
export const NO_OVERHEAD: ExpertOverhead = { a: 1, b: 1, c: 1 };

/**
 * Request costs of a model without rows from those of one with rows on the same node at the same precision: prefill and output tokens by
 * active parameters, context by bytes of cache, a reading of the weights by the bytes of all parameters. Rows of the model itself
 * come first; this is a guess to within the ranges of the overhead.
 *
 * @param overhead of the unknown model over the known one: `EXPERT_OVERHEAD` where only the unknown one is a mixture of experts
 */
export function scaledCosts(known: PhaseCosts, from: ModelShape, to: ModelShape, overhead: ExpertOverhead): PhaseCosts {
  const active = to.active_params_b / from.active_params_b;
  const weights = (to.total_params_b * to.bytes_per_parameter) / (from.total_params_b * from.bytes_per_parameter);
  return {
    a: known.a * active * overhead.a,
    b: known.b * active * overhead.b,
    c: known.c * (to.kv_bytes_per_token / from.kv_bytes_per_token) * overhead.c,
    w: known.w * weights,
  };
}

/**
 * Node-seconds of one reading of the weights, w: their bytes over the bandwidth of the node that reads achieve.
 *
 * @param bandwidth_tb_s of the whole node, TB/s
 * @param efficiency share of it that reading weights achieves; 0.8 in fleet-sim's profiles (arXiv 2602.05116)
 */
export function weightReading(
  { total_params_b, bytes_per_parameter }: Pick<ModelShape, 'total_params_b' | 'bytes_per_parameter'>,
  bandwidth_tb_s: number,
  efficiency = 0.8,
): number {
  return (total_params_b * 1e9 * bytes_per_parameter) / (bandwidth_tb_s * 1e12 * efficiency);
}
