import { janon2014 } from './janon-2014.js';
import { jansen1999 } from './jansen-1999.js';
import type { Estimator } from './moments.js';
import { saltelli2010 } from './saltelli-2010.js';

/** Estimators of Sobol indices by name. */
export const ESTIMATORS: Readonly<Record<EstimatorName, Estimator>> = { saltelli2010, jansen1999, janon2014 };

/** Estimators of first-order and total Sobol indices, by author and year. */
export type EstimatorName = 'saltelli2010' | 'jansen1999' | 'janon2014';
