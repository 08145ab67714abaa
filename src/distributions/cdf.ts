import type { Report } from '../errors.js';
import { foundText } from '../words.js';
import type { Family } from './distribution.js';
import { firstAbove, walkTo } from './weights.js';
import { complete, parseList, parseNumber } from './written.js';

/** Points of a cumulative distribution: values and the share of draws at or below each, both ascending, the shares from 0 to 1. */
export interface CdfParameters {
  readonly values: readonly number[];
  readonly shares: readonly number[];
}

/**
 * A cumulative distribution by its points, straight between them, as published length statistics state it: `cdf: [[128, 0.3],
 * [512, 0.7], [4096, 1]]` says that 30 % of draws are at most 128. Below a first share above 0 draws are even from 0 on.
 */
export const cdf: Family<CdfParameters> = {
  name: 'cdf',
  schema: {
    type: 'array',
    minItems: 1,
    items: {
      type: 'array',
      prefixItems: [{ type: 'number' }, { type: 'number', minimum: 0, maximum: 1 }],
      minItems: 2,
      maxItems: 2,
    },
  },
  parse(written, report) {
    const list = parseList(written, 'pairs [value, share of draws at or below it]', report);
    const points = list && complete(list.map((point, i) => parsePoint(point, i, report)));
    return points && fromPoints(points, report);
  },
  mean: (parameters) => pieces(parameters).reduce((sum, { low, high, weight }) => sum + (weight * (low + high)) / 2, 0),
  variance(parameters) {
    const mean = cdf.mean(parameters);
    return pieces(parameters).reduce((sum, { low, high, weight }) => {
      const [from, to] = [low - mean, high - mean];
      return sum + (weight * (from * from + from * to + to * to)) / 3;
    }, 0);
  },
  support: ({ values }) => [values[0], values[values.length - 1]],
  quantile({ values, shares }) {
    return (u) => {
      const above = Math.min(firstAbove(shares, u), shares.length - 1);
      const place = (u - shares[above - 1]) / (shares[above] - shares[above - 1]);
      return values[above - 1] + place * (values[above] - values[above - 1]);
    };
  },
  cdf({ values, shares }) {
    return (x) => {
      const above = firstAbove(values, x);
      if (above === 0) return 0;
      if (above === values.length) return 1;
      const place = (x - values[above - 1]) / (values[above] - values[above - 1]);
      return shares[above - 1] + place * (shares[above] - shares[above - 1]);
    };
  },
  async sampler(parameters, uniform) {
    const all = pieces(parameters);
    const weights = all.map(({ weight }) => weight);
    return () => {
      const { low, high } = all[walkTo(weights, uniform())];
      return low + uniform() * (high - low);
    };
  },
};

function pieces({ values, shares }: CdfParameters) {
  return values.slice(1).map((high, i) => ({ low: values[i], high, weight: shares[i + 1] - shares[i] }));
}

type Point = readonly [value: number, share: number];

function parsePoint(written: unknown, i: number, report: Report): Point | undefined {
  if (!Array.isArray(written) || written.length !== 2) {
    report([i], `expected a pair [value, share of draws at or below it]; found ${foundText(written)}`);
    return undefined;
  }
  const [value, share] = [parseNumber(written[0], report, i, 0), parseNumber(written[1], report, i, 1)];
  if (value === undefined || share === undefined) return undefined;
  if (share >= 0 && share <= 1) return [value, share];
  const percents = share > 1 && share <= 100 ? `; ${share} % is ${share / 100}` : '';
  report([i, 1], `a share must be from 0 to 1; found ${share}${percents}`);
  return undefined;
}

function fromPoints(points: readonly Point[], report: Report): CdfParameters | undefined {
  const wrong = points.findIndex(
    ([value, share], i) => i > 0 && !(value > points[i - 1][0] && share >= points[i - 1][1]),
  );
  const [first, last] = [points[0], points[points.length - 1]];
  if (wrong > 0)
    report(
      [wrong],
      `values must rise and shares must not fall; found ${pointText(points[wrong - 1])}, then ${pointText(points[wrong])}`,
    );
  else if (last[1] !== 1)
    report([points.length - 1, 1], `the last share must be 1, that of all draws; found ${last[1]}`);
  else if (first[1] > 0 && first[0] <= 0)
    report(
      [0],
      `below a first share above 0 draws are even from 0 on, so its value must be above 0; found ${pointText(first)}. Begin with a value of share 0`,
    );
  else if (points.length === 1 && first[1] === 0) report([], 'one point of share 0 says nothing');
  else return withStart(points);
  return undefined;
}

function withStart(points: readonly Point[]): CdfParameters {
  const all = points[0][1] > 0 ? [[0, 0] as const, ...points] : points;
  return { values: all.map(([value]) => value), shares: all.map(([, share]) => share) };
}

function pointText([value, share]: Point): string {
  return `[${value}, ${share}]`;
}
