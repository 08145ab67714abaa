import type { ResolvedCorrelation, ResolvedScenario } from '../scenario/resolved.js';

/** What uncertainty comes from, beside shared variables by their names: what queries draw, fits, and the choice of formula. */
export const QUERIES = 'queries';
export const FIT = 'fit';
export const FORMULA = 'formula';

/** The source that a shared variable belongs to: itself, or all that fits do not know of themselves. */
export function sourceOf(variable: string, { models }: ResolvedScenario): string {
  return models.some(({ name, throughput }) => isUncertainFit(throughput) && isOfFit(variable, name)) ? FIT : variable;
}

function isUncertainFit(throughput: ResolvedScenario['models'][number]['throughput']): boolean {
  return 'uncertain' in throughput && throughput.uncertain !== undefined;
}

function isOfFit(variable: string, model: string): boolean {
  return variable.startsWith(`models.${model}.node_seconds.`);
}

/** Whether a variable goes together with any other. */
export function isCorrelated(variable: string, correlation: ResolvedCorrelation | undefined): boolean {
  const at = correlation?.variables.indexOf(variable) ?? -1;
  return correlation?.rank[at]?.some((value, i) => i !== at && value !== 0) ?? false;
}
