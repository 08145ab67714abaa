import type { Report } from '../errors.js';
import type { Family } from './distribution.js';
import { square } from './elementary.js';
import { cumulated, firstAbove, guidedSearch, normalized, parseWeight, total, walkTo } from './weights.js';
import { complete, type Mapping, parseList, parseMapping, parseNumber } from './written.js';

/** Observed values, drawn with replacement in proportion to their weights. Values ascend; weights sum to 1. */
export interface EmpiricalParameters {
  readonly values: readonly number[];
  readonly weights: readonly number[];
}

export const empirical: Family<EmpiricalParameters> = {
  name: 'empirical',
  schema: {
    type: 'object',
    properties: {
      values: { type: 'array', minItems: 1, items: { type: 'number' } },
      weights: { type: 'array', minItems: 1, items: { type: 'number', minimum: 0 } },
    },
    required: ['values'],
    additionalProperties: false,
  },
  parse(written, report) {
    const mapping = parseMapping(written, [['values'], ['values', 'weights']], report);
    const values = mapping && parseValues(mapping, report);
    const weights = values && parseWeights(mapping, values.length, report);
    return values && weights && ascending(values, weights);
  },
  mean,
  variance(parameters) {
    const center = mean(parameters);
    return weightedSum(parameters, (value) => square(value - center));
  },
  support: ({ values }) => [values[0], values[values.length - 1]],
  quantile({ values, weights }) {
    const indexOf = guidedSearch(cumulated(weights));
    const sorted = Float64Array.from(values);
    return (u) => sorted[indexOf(u)];
  },
  cdf({ values, weights }) {
    const shares = [0, ...cumulated(weights)];
    return (x) => shares[firstAbove(values, x)];
  },
  restrict({ values, weights }, min, max) {
    const kept = values.map((value) => min <= value && value <= max);
    const keptWeights = weights.filter((_, i) => kept[i]);
    const mass = total(keptWeights);
    if (!(mass > 0)) return undefined;
    return { parameters: { values: values.filter((_, i) => kept[i]), weights: normalized(keptWeights) }, mass };
  },
  sampler:
    async ({ values, weights }, uniform) =>
    () =>
      values[walkTo(weights, uniform())],
};

function mean(parameters: EmpiricalParameters): number {
  return weightedSum(parameters, (value) => value);
}

function weightedSum({ values, weights }: EmpiricalParameters, term: (value: number) => number): number {
  return values.reduce((sum, value, i) => sum + weights[i] * term(value), 0);
}

function parseValues(mapping: Mapping, report: Report): number[] | undefined {
  const list = parseList(mapping.values, 'numbers', report, 'values');
  return list && complete(list.map((value, i) => parseNumber(value, report, 'values', i)));
}

function parseWeights(mapping: Mapping, length: number, report: Report): number[] | undefined {
  if (!Object.hasOwn(mapping, 'weights')) return Array.from({ length }, () => 1);
  const list = parseList(mapping.weights, 'numbers', report, 'weights');
  const weights = list && complete(list.map((weight, i) => parseWeight(weight, report, 'weights', i)));
  if (!weights) return undefined;
  const problem = weightsProblem(weights, length);
  if (problem !== undefined) report(['weights'], problem);
  return problem === undefined ? weights : undefined;
}

function weightsProblem(weights: readonly number[], length: number): string | undefined {
  if (weights.length !== length) return `expected one weight for each of the ${length} values; found ${weights.length}`;
  const sum = total(weights);
  return sum > 0 && sum < Infinity ? undefined : `weights must have a sum above 0; found ${sum}`;
}

function ascending(values: readonly number[], weights: readonly number[]): EmpiricalParameters {
  const shares = normalized(weights);
  const pairs = values.map((value, i) => ({ value, share: shares[i] })).sort((a, b) => a.value - b.value);
  return { values: pairs.map(({ value }) => value), weights: pairs.map(({ share }) => share) };
}
