import { jansenTotal } from './jansen-1999.js';
import { type Estimator, varianceOf } from './moments.js';

/** The pair that the paper recommends, and SALib computes; but for the variance below the total index, see `jansenTotal`. */
export const saltelli2010: Estimator = {
  name: 'saltelli2010',
  source:
    'Saltelli et al., "Variance based sensitivity analysis of model output", Comput. Phys. Commun. 181 (2010), table 2 (b, f)',
  first: (moments) => (moments.bc - moments.ab) / varianceOf(moments),
  total: jansenTotal,
};
