import { type Estimator, type Moments, varianceOf } from './moments.js';

/** Half the mean squared difference, first order from B, total from A. */
export const jansen1999: Estimator = {
  name: 'jansen1999',
  source: 'Jansen, "Analysis of variance designs for model output", Comput. Phys. Commun. 117 (1999)',
  first: (moments) => 1 - (moments.bb - 2 * moments.bc + moments.cc) / (2 * varianceOf(moments)),
  total: jansenTotal,
};

/**
 * The total index of Jansen, which Saltelli et al. 2010 recommend too. Over the variance of all rows, whose error is smaller than
 * that of A and B alone; first-order formulas keep these two, for their products err together with them (bench/sobol-error.mjs).
 */
export function jansenTotal({ aa, ac, cc, variance }: Moments): number {
  return (aa - 2 * ac + cc) / (2 * variance);
}
