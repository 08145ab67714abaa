import type { Report } from '../errors.js';
import { clamp, LARGEST_U, SMALLEST_U } from './bounds.js';
import type { QuantileFunction, UniformSource } from './distribution.js';
import { square } from './elementary.js';
import { cumulated, firstAbove, parseWeight, total, walkTo } from './weights.js';
import { complete, parseList, parseMapping } from './written.js';

/**
 * Several distributions, each drawn from with the probability of its weight. The functions here combine what other files
 * compute for the components, whose type `D` they need not know.
 */
export interface MixtureParameters<D> {
  /** Weights are not negative and sum to 1. */
  readonly components: readonly { readonly weight: number; readonly distribution: D }[];
}

/** How far from 1 the sum of written weights may be: what rounding does to decimals such as 0.1. */
const SUM_TOLERANCE = 1e-9;

export function parseMixture<D>(
  written: unknown,
  report: Report,
  parseDistribution: (written: unknown, report: Report) => D | undefined,
): MixtureParameters<D> | undefined {
  const list = parseList(written, '{weight, distribution}', report);
  const parts = list?.map((entry, i) => parseComponent(entry, within(report, i), parseDistribution));
  const weights = parts && complete(parts.map((part) => part?.weight));
  const distributions = parts && complete(parts.map((part) => part?.distribution));
  if (!weights || !sumIsOne(weights, report) || !distributions) return undefined;
  return { components: weights.map((weight, i) => ({ weight, distribution: distributions[i] })) };
}

/** The quantile functions' mixture: u picks a component by the cumulated weights and is stretched from its share to (0, 1). */
export function mixtureQuantile(weights: readonly number[], quantiles: readonly QuantileFunction[]): QuantileFunction {
  const ends = cumulated(weights);
  const starts = Float64Array.from([0, ...ends.subarray(0, -1)]);
  return (u) => {
    const i = firstAbove(ends, u);
    return quantiles[i](clamp((u - starts[i]) / (ends[i] - starts[i]), SMALLEST_U, LARGEST_U));
  };
}

export function mixtureMean(weights: readonly number[], means: readonly number[]): number {
  return means.reduce((sum, mean, i) => sum + weights[i] * mean, 0);
}

/** The mean of the variances plus the variance of the means. */
export function mixtureVariance(
  weights: readonly number[],
  means: readonly number[],
  variances: readonly number[],
): number {
  const center = mixtureMean(weights, means);
  return variances.reduce((sum, variance, i) => sum + weights[i] * (variance + square(means[i] - center)), 0);
}

/** An independent sampler: first picks the component, then draws from its sampler. */
export function mixtureSampler(
  weights: readonly number[],
  samplers: readonly (() => number)[],
  uniform: UniformSource,
): () => number {
  return () => samplers[walkTo(weights, uniform())]();
}

/** JSON Schema of what `parseMixture` accepts, given the one of a distribution. */
export function mixtureSchema(distribution: object): object {
  const properties = { weight: { type: 'number', minimum: 0, maximum: 1 }, distribution };
  const items = { type: 'object', properties, required: ['weight', 'distribution'], additionalProperties: false };
  return { type: 'array', minItems: 1, items };
}

function parseComponent<D>(
  written: unknown,
  report: Report,
  parseDistribution: (written: unknown, report: Report) => D | undefined,
) {
  const mapping = parseMapping(written, [['weight', 'distribution']], report);
  return (
    mapping && {
      weight: parseWeight(mapping.weight, report, 'weight'),
      distribution: parseDistribution(mapping.distribution, within(report, 'distribution')),
    }
  );
}

function sumIsOne(weights: readonly number[], report: Report): boolean {
  const sum = total(weights);
  const isOne = Math.abs(sum - 1) <= SUM_TOLERANCE;
  if (!isOne) report([], `weights must sum to 1; they sum to ${sum}`);
  return isOne;
}

/** The same report for complaints about a part that stands at `key`. */
function within(report: Report, key: string | number): Report {
  return (path, message) => report([key, ...path], message);
}
