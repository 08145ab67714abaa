import { ln } from '../../distributions/elementary.js';

/** What one query asks of a node. */
export interface QueryLengths {
  /** Tokens of the prompt, cached ones among them. */
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Tokens of the prompt whose keys and values are in the cache already; at most `input_tokens`. Default 0. */
  readonly cached_input_tokens?: number;
  /** Queries in flight on the node. Where absent, the node is full and b has its share of the steps in it. */
  readonly concurrency?: number;
}

/** Node-seconds that a query costs, by cause; none below 0. */
export interface RequestCosts {
  /** Of prefill, per input token that is not cached. */
  readonly a: number;
  /** Of an output token, whatever its context. */
  readonly b: number;
  /** Of an output token's reading one token of context: the growing cache and the shrinking batch, both linear in context. */
  readonly c: number;
  /** Of one step's reading of the weights, which the queries in flight share. */
  readonly w: number;
}

/** The four costs' multipliers: node-seconds are their sum with the costs. */
export type CostFactors = readonly [a: number, b: number, c: number, w: number];

/**
 * node_seconds = a·(I − cached) + O·(b + w / concurrency) + c·O·(I + O/2), as its four factors. An output token reads the whole
 * prompt and, on average, half of the output. Source: the step time of a server in flight is linear in the context held, limited
 * by its cache or not (for energy: Pizzini Cavagna et al., SweetSpot, arXiv 2602.05695).
 */
export function costFactors(query: QueryLengths): CostFactors {
  const { input_tokens, output_tokens, cached_input_tokens = 0, concurrency } = query;
  const steps = concurrency === undefined ? 0 : output_tokens / concurrency;
  return [input_tokens - cached_input_tokens, output_tokens, output_tokens * (input_tokens + output_tokens / 2), steps];
}

/** Seconds of the whole node that one query takes. */
export function nodeSeconds(costs: RequestCosts, query: QueryLengths): number {
  const [prefill, decode, context, steps] = costFactors(query);
  return costs.a * prefill + costs.b * decode + costs.c * context + costs.w * steps;
}

/** ln of a query's node-seconds; -Infinity where it costs none. */
export function lnNodeSeconds(costs: RequestCosts, query: QueryLengths): number {
  return ln(nodeSeconds(costs, query));
}

/** Output tokens per second of the node while it serves queries of these lengths; 0 where nothing is put out. */
export function requestCostTps(costs: RequestCosts, query: QueryLengths): number {
  return query.output_tokens === 0 ? 0 : query.output_tokens / nodeSeconds(costs, query);
}
