import { exp, ln } from '../../distributions/elementary.js';

/** One workload on one node with its power managed, over the same without. */
export interface MeasuredPair {
  readonly throughput_ratio: number;
  readonly power_ratio: number;
}

/**
 * Exponent e of throughput_ratio = power_ratio^e, least squares in logarithms through the point that is not managed. The pairs
 * need power ratios other than 1.
 */
export function fittedExponent(pairs: readonly MeasuredPair[]): number {
  const [xy, xx] = pairs.reduce(
    ([xy, xx], { throughput_ratio, power_ratio }) => {
      const x = ln(power_ratio);
      return [xy + x * ln(throughput_ratio), xx + x * x];
    },
    [0, 0],
  );
  return xy / xx;
}

/** Share of power that no clock changes, by one pair of a saturated node: its clock is its throughput ratio. */
export function staticShare({ throughput_ratio, power_ratio }: MeasuredPair, gamma: number): number {
  const dynamic = exp(gamma * ln(throughput_ratio));
  return (power_ratio - dynamic) / (1 - dynamic);
}
