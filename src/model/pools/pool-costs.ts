import type { PhaseCosts } from '../phase-costs.js';

/** What the queries of a pool ask of it on average; moments, because the context of an output grows with it. */
export interface MeanLengths {
  /** Mean input tokens that are not cached. */
  readonly new_input_tokens: number;
  readonly output_tokens: number;
  /** Mean of output_tokens · (input_tokens + output_tokens / 2): tokens of context that a query's outputs read. */
  readonly context_reads: number;
}

/** Node-seconds of a mean query in each phase. */
export interface PhaseSeconds {
  readonly prefill: number;
  readonly decode: number;
}

/**
 * Seconds of a full node in prefill, a·I, and in decode, O·(b + w/concurrency) + c·O·(I + O/2).
 *
 * @param concurrency queries in flight on a node that decodes; w counts for nothing where absent, as in the request-cost law
 */
export function phaseSeconds(
  costs: PhaseCosts,
  mean: MeanLengths,
  concurrency = Number.POSITIVE_INFINITY,
): PhaseSeconds {
  return {
    prefill: costs.a * mean.new_input_tokens,
    decode: mean.output_tokens * (costs.b + costs.w / concurrency) + costs.c * mean.context_reads,
  };
}
