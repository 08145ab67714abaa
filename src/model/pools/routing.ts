import type { QueryOf } from './pool-costs.js';

/** Queries of either side of a split by input length. */
export interface Routed<Q extends QueryOf> {
  /** Input tokens up to the split, the split itself included. */
  readonly short: readonly Q[];
  readonly long: readonly Q[];
}

/** Sends queries with at most `split` input tokens, cached ones included, to one group of nodes, the others to another. */
export function routeByInput<Q extends QueryOf>(queries: readonly Q[], split: number): Routed<Q> {
  return {
    short: queries.filter(({ input_tokens }) => input_tokens <= split),
    long: queries.filter(({ input_tokens }) => input_tokens > split),
  };
}

/** Memory of a node that caches queries in flight. */
export interface CacheMemory {
  /** Bytes that weights leave free. */
  readonly free_bytes: number;
  /** Bytes of keys and values per token of context. */
  readonly bytes_per_token: number;
  /** Most queries in flight, whatever fits. */
  readonly most: number;
}

/**
 * Queries in flight that fit a node whose cache keeps `reserved_tokens` for each, at least 1 of them. Routing saves through it, and
 * through nothing else: nodes for short contexts reserve less, hold more queries, and read the weights less often per query
 * (w / concurrency). Where the cache is paged, the tokens reserved are the mean in use, on both sides of a split as on the whole:
 * the cost of context is linear, c carries the smaller batch, and routing by itself saves nothing.
 */
export function concurrencyThatFits(
  { free_bytes, bytes_per_token, most }: CacheMemory,
  reserved_tokens: number,
): number {
  return Math.max(1, Math.min(most, free_bytes / (bytes_per_token * reserved_tokens)));
}
