import { cacheBytes, type SizeAndHardware } from '../catalogue/size-and-hardware.js';

/** A model on a group of accelerators that holds one copy of it and answers queries. */
export interface Deployment extends SizeAndHardware {
  /** Transformer layers of the model. */
  readonly layers: number;
  /** Width of a token between layers. */
  readonly hidden_size: number;
  /** Whether each layer turns activations into the precision of its weights before it multiplies. */
  readonly casts_activations: boolean;
  /** Rated power of one accelerator, W. */
  readonly tdp_w: number;
  /** Output tokens per step and query: 1 without speculative decoding. */
  readonly tokens_per_step: number;
  /** Tokens that a step computes for each query, accepted or not: 1 without speculative decoding. */
  readonly computed_per_step: number;
}

/** What is asked of a deployment, per query on average. */
export interface ServedQueries {
  readonly input_tokens: number;
  /** Above 0. */
  readonly output_tokens: number;
  /** Queries in flight or waiting on the whole group, at least 1. */
  readonly concurrency: number;
}

/** Tokens of context that a query holds on average over its output: the prompt and half of the output. */
export function meanContext({ input_tokens, output_tokens }: ServedQueries): number {
  return input_tokens + output_tokens / 2;
}

/**
 * Queries in flight: those that ask, at most as many as the memory has room for keys and values of; the others wait. Where weights
 * that a table counts fill the memory, what was measured ran all the same, and nothing is known of the limit.
 */
export function inFlight(deployment: Deployment, queries: ServedQueries): number {
  const cache = cacheBytes(deployment);
  if (cache <= 0) return queries.concurrency;
  const room = cache / (deployment.kv_bytes_per_token * meanContext(queries));
  return Math.min(queries.concurrency, Math.max(1, room));
}
