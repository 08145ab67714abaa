import { type Estimator, type Moments, varianceOf } from './moments.js';

/** Half the mean squared difference, first order from B, total from A. */
export const jansen1999: Estimator = {
  name: 'jansen1999',
  source: 'Jansen, "Analysis of variance designs for model output", Comput. Phys. Commun. 117 (1999)',
  first: (moments) => 1 - (moments.bb - 2 * moments.bc + moments.cc) / (2 * varianceOf(moments)),
  total: jansenTotal,
};

/** The total index of Jansen, which Saltelli et al. 2010 recommend too. */
export function jansenTotal(moments: Moments): number {
  return (moments.aa - 2 * moments.ac + moments.cc) / (2 * varianceOf(moments));
}
