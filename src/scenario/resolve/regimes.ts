import type { ResolvedRegime } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** Each regime with what it says itself and, for the rest, what the top level says: checked before to be complete. */
export function resolveRegimes(scenario: Scenario): ResolvedRegime[] {
  return Object.entries(scenario.regimes).map(([name, own]) => ({
    name,
    ...resolveOptional(own, scenario),
    input_tokens: (own.input_tokens ?? scenario.input_tokens)!,
    output_tokens: (own.output_tokens ?? scenario.output_tokens)!,
    prefill_weight: own.prefill_weight ?? scenario.prefill_weight,
    power_utilization: (own.power_utilization ?? scenario.power_utilization)!,
    pue: (own.pue ?? scenario.pue)!,
  }));
}

function resolveOptional(
  own: Scenario['regimes'][string],
  scenario: Scenario,
): Pick<ResolvedRegime, 'cached_input_tokens' | 'concurrency'> {
  const cached_input_tokens = own.cached_input_tokens ?? scenario.cached_input_tokens;
  const concurrency = own.concurrency ?? scenario.concurrency;
  return { ...(cached_input_tokens && { cached_input_tokens }), ...(concurrency && { concurrency }) };
}
