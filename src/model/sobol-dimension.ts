import { IMPACT_INPUTS } from './impact/inputs.js';
import { INPUTS, isInput } from './quantities.js';

/** Variables with a Sobol dimension of their own that are no inputs. */
const OTHER_DIMENSIONS: Readonly<Record<string, number>> = {
  'pathways.model': 3,
  'pathways.serving': 4,
  'pathways.hardware': 5,
  'pathways.line-of-sight': 6,
  'throughput.offline_to_service': 13,
  lengths: 17,
};

/**
 * A variable's Sobol dimension, counted from 0; undefined for one of a name that scenarios are free to choose. Variables with
 * a dimension are one sequence together; the most uneven ones come first, where the sequence is best. The list only ever
 * grows at its end, so a variable's draws stay a function of its name; a dimension by a hash of the name could be another
 * variable's. Reserved: 14 for beta, 16 for a turn's gap.
 */
export function sobolDimensionOf(variable: string): number | undefined {
  if (isInput(variable)) return INPUTS[variable].dimension;
  return OTHER_DIMENSIONS[variable] ?? impactDimensionOf(variable);
}

function impactDimensionOf(variable: string): number | undefined {
  const quantity = Object.values(IMPACT_INPUTS).find(({ key }) => key === variable);
  return quantity && 'dimension' in quantity ? quantity.dimension : undefined;
}
