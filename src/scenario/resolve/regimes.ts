import type { ResolvedRegime } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** Each regime with what it says itself and, for the rest, what the top level says: checked before to be complete. */
export function resolveRegimes(scenario: Scenario): ResolvedRegime[] {
  return Object.entries(scenario.regimes).map(([name, own]) => ({
    name,
    input_tokens: (own.input_tokens ?? scenario.input_tokens)!,
    output_tokens: (own.output_tokens ?? scenario.output_tokens)!,
    prefill_weight: own.prefill_weight ?? scenario.prefill_weight,
    power_utilization: (own.power_utilization ?? scenario.power_utilization)!,
    pue: (own.pue ?? scenario.pue)!,
  }));
}
