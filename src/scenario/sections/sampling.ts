import { REPLICATES, SAMPLERS } from '../../sampling/sampler.js';
import { required } from '../kinds/field.js';
import { mapping } from '../kinds/mapping.js';
import { number } from '../kinds/number.js';
import { oneOf } from '../kinds/one-of.js';

export const sampler = oneOf(...SAMPLERS);

export const SAMPLER = `How points are chosen: pseudo-random, or more evenly, by blocks of Latin hypercubes or by scrambled Sobol points, each in ${REPLICATES} independent replicates that tell the error.`;

/** No finer than the histograms' bins, which know a value to 1e-4. */
export const precision = mapping({
  metric: required(oneOf('energy'), 'Quantity to know well.'),
  quantile: required(oneOf('p50'), 'Its quantile: the median.'),
  relative: required(
    number({ min: 1e-4, max: 1 }),
    'Largest distance from the median to an end of its 95 % confidence interval, as a share of the median.',
  ),
});

export const PRECISION =
  'Draw until the median energy of every blend (every model, without blends) is this well known; samples is then the limit.';
