import { INTEGRATING, REPLICATES, SAMPLERS } from '../../random/sampler.js';
import { required } from '../kinds/field.js';
import { mapping } from '../kinds/mapping.js';
import { number } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';

export const sampler = oneOf(...SAMPLERS, ...INTEGRATING);

export const SAMPLER = `How points are chosen: pseudo-random, or more evenly, by blocks of Latin hypercubes or by scrambled Sobol points, each in ${REPLICATES} independent replicates that tell the error; exact and auto draw only what cannot be integrated, and exact is refused where that is all.`;

/** Quantiles that a summary shows, by their names. */
export const QUANTILES = { p05: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const;

export type QuantileName = keyof typeof QUANTILES;

/** Metrics of models; a blend has an energy only. */
const METRICS = ['energy', 'tps'] as const;

export type PreciseMetric = (typeof METRICS)[number];

/** No finer than the histograms' bins, which know a value to 1e-4. */
export const precision = mapping({
  metric: required(
    oneOf(...METRICS),
    'Quantity to know well: energy of every blend (every model, without blends), or tps of every model.',
  ),
  quantile: required(oneOf(...(Object.keys(QUANTILES) as QuantileName[])), 'Its quantile.'),
  relative: required(
    number({ min: 1e-4, max: 1 }),
    'Largest distance from the quantile to an end of its 95 % confidence interval, as a share of the quantile.',
  ),
});

export const PRECISION = 'Draw until a quantile is this well known for every subject; samples is then the limit.';
