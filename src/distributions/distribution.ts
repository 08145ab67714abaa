import type { Report } from '../errors.js';

/** Maps a probability u in (0, 1) to a value; non-decreasing. */
export type QuantileFunction = (u: number) => number;

/** Maps a value to the probability of drawing at most that value, in [0, 1]. */
export type CumulativeFunction = (x: number) => number;

/** A source of uniform numbers in (0, 1). */
export type UniformSource = () => number;

/** What truncation leaves: its parameters, and the probability of a value that was kept, in (0, 1]. */
export interface Restricted<P> {
  readonly parameters: P;
  readonly mass: number;
}

/**
 * One kind of distribution, with its parameters `P` as plain data (they travel to worker threads and into the manifest).
 * Functions may be promises where they come from a package that is loaded late.
 */
export interface Family<P> {
  /** The name as written in a scenario. */
  readonly name: string;
  /** Turns what a user wrote below the name into parameters; reports every problem and returns undefined if there is one. */
  parse(written: unknown, report: Report): P | undefined;
  mean(parameters: P): number;
  variance(parameters: P): number;
  /** Smallest and largest value that can be drawn (may be infinite). */
  support(parameters: P): readonly [number, number];
  /** The draw: every sample is quantile(u) of one uniform number. */
  quantile(parameters: P): QuantileFunction | Promise<QuantileFunction>;
  /** ln of the quantile, where that is cheaper than the logarithm of the quantile itself; undefined if there are draws below 0. */
  lnQuantile?(parameters: P): QuantileFunction | undefined;
  /** Needed only for truncation. */
  cdf(parameters: P): CumulativeFunction | Promise<CumulativeFunction>;
  /**
   * Truncation of a distribution with steps in its cdf, which cannot go through that: the parameters that are left when
   * only values from min to max (both inclusive) are kept, undefined if none is.
   */
  restrict?(parameters: P, min: number, max: number): Restricted<P> | undefined;
  /** An independent sampler, from `@stdlib/random-base-*` where it has one: the judge of `quantile` in tests. */
  sampler(parameters: P, uniform: UniformSource): Promise<() => number>;
  /** JSON Schema (draft 2020-12) of what `parse` accepts. */
  readonly schema: object;
}
