/**
 * Variables with a Sobol dimension of their own: these together are one sequence. The list only ever grows at its end, so a
 * variable's draws stay a function of its name. The most uneven ones come first, where the sequence is best.
 */
const NAMED = [
  'output_tokens',
  'power_utilization',
  'pue',
  'pathways.model',
  'pathways.serving',
  'pathways.hardware',
  'pathways.line-of-sight',
  'input_tokens',
  'node_power_kw',
  'prefill_weight',
];

/**
 * A variable's Sobol dimension, counted from 0; undefined for one of a name that scenarios are free to choose. A dimension
 * by a hash of the name could be another variable's, and two variables of one dimension are correlated.
 */
export function dimensionOf(variable: string): number | undefined {
  const dimension = NAMED.indexOf(variable);
  return dimension < 0 ? undefined : dimension;
}
