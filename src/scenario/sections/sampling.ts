import { INTEGRATING, REPLICATES, SAMPLERS } from '../../random/sampler.js';
import { required } from '../kinds/field.js';
import { listOfDistinct } from '../kinds/list.js';
import { mapping } from '../kinds/mapping.js';
import { number } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';
import { quantileName } from '../kinds/quantile-name.js';

export const sampler = oneOf(...SAMPLERS, ...INTEGRATING);

export const SAMPLER = `How points are chosen: pseudo-random, or more evenly, by blocks of Latin hypercubes or by scrambled Sobol points, each in ${REPLICATES} independent replicates that tell the error; exact and auto draw only what cannot be integrated, and exact is refused where that is all.`;

/** Quantiles beside those that every summary has. */
export const quantiles = listOfDistinct(quantileName);

export const QUANTILES =
  'Quantiles of every result beside p05, p25, p50, p75 and p95, e.g. [p10, p90, p99.9], each with its interval.';

/** Metrics of models; a blend has an energy only. */
const METRICS = ['energy', 'tps'] as const;

export type PreciseMetric = (typeof METRICS)[number];

/** No finer than the histograms' bins, which know a value to 1e-4. */
export const precision = mapping({
  metric: required(
    oneOf(...METRICS),
    'Quantity to know well: energy of every blend (every model, without blends), or tps of every model.',
  ),
  quantile: required(quantileName, 'Its quantile, e.g. p50 or p99.'),
  relative: required(
    number({ min: 1e-4, max: 1 }),
    'Largest distance from the quantile to an end of its 95 % confidence interval, as a share of the quantile.',
  ),
});

export const PRECISION = 'Draw until a quantile is this well known for every subject; samples is then the limit.';
