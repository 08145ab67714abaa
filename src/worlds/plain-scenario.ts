import type { ResolvedScenario } from '../scenario/resolved.js';

/** A scenario of energies by the first formula alone, without pathways or improvements: less is drawn in every world. */
export function plainScenario(scenario: ResolvedScenario): ResolvedScenario {
  const { impact: _impact, quantiles: _quantiles, expect: _expect, formulas, fleet, ...rest } = scenario;
  return {
    ...rest,
    ...{ pathways: [], non_production: [] },
    ...(formulas && { formulas: formulas.slice(0, 1) }),
    ...(fleet && { fleet: { ...fleet, line_of_sight: {} } }),
  };
}
