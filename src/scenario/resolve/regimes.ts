import type { Distribution } from '../../distributions/index.js';
import { INPUTS, REGIME_INPUTS, type RegimeInput } from '../../model/quantities.js';
import type { ResolvedRegime } from '../resolved.js';
import type { Scenario } from '../schema.js';

/**
 * Each regime with what it says itself and, for the rest, what the top level says or stands for it where nobody does: checked
 * before to be complete. What may be left out and is, is absent.
 */
export function resolveRegimes(scenario: Scenario): ResolvedRegime[] {
  return Object.entries(scenario.regimes).map(([name, own]) => {
    const inputs = REGIME_INPUTS.map((input) => [input, own[input] ?? scenario[input] ?? fallbackOf(input)] as const);
    const stated = inputs.filter(([, distribution]) => distribution !== undefined);
    return { name, ...(Object.fromEntries(stated) as unknown as Omit<ResolvedRegime, 'name'>) };
  });
}

function fallbackOf(input: RegimeInput): Distribution | undefined {
  const quantity = INPUTS[input];
  if (!('fallback' in quantity)) return undefined;
  return { family: 'constant', parameters: { value: quantity.fallback } };
}
