import type { Distribution } from '../../distributions/index.js';
import type { Speculation } from '../hardware/speculative-decoding.js';
import type { HardwareFactor } from './hardware-factor.js';
import type { RequestCosts } from './request-cost.js';
import type { RequestCostColumns } from './request-cost-columns.js';

/** A model's throughput by what each request costs its node, in node-seconds. */
export interface RequestCostThroughput {
  readonly method: 'request-cost';
  readonly costs: Readonly<Record<keyof RequestCosts, Distribution>>;
  /** Service throughput over that of the rows; absent where costs are stated, and for 1. */
  readonly offline_to_service?: Distribution;
  /** What rows of other hardware stand in by; absent where they are of the node's own. */
  readonly hardware_factors?: readonly HardwareFactor[];
  /** Drafts that steps check several tokens by; absent where each step makes one token. */
  readonly speculation?: Speculation;
  /** What they were fitted to; absent where the scenario states them. */
  readonly fit?: FittedCosts;
  /** How well the fit knows its costs, which are then lognormal about it; absent where they are taken as known. */
  readonly uncertain?: UncertainFit;
}

/** What a fit does not know of itself. */
export interface UncertainFit {
  /** Correlations of the logarithms of a, b, c and, where something is known of it, w. */
  readonly correlation: readonly (readonly number[])[];
  /** What the law is off by: a factor of node-seconds within the lengths of the rows. */
  readonly residual: Distribution;
  /** Its logarithm is 1 + growth times as large from twice, or half, the lengths of the rows on. */
  readonly growth: number;
}

/** Costs fitted to rows, with what a reader needs to judge them. */
export interface FittedCosts extends RequestCostColumns {
  readonly rows_used: number;
  /** Throughput of the node that counts as its full load: that of the highest row or, without rows, 1 / b, tok/s. */
  readonly max_tps: number;
  /** Lengths covered by the rows; predictions beyond are extrapolations. Absent without rows: then all are. */
  readonly input_tokens?: readonly [number, number];
  readonly output_tokens?: readonly [number, number];
}
