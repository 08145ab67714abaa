import type { Distribution } from '../../distributions/index.js';
import { INPUTS, REGIME_INPUTS, type RegimeInput } from '../../model/quantities.js';
import type { ResolvedRegime } from '../resolved.js';
import type { Scenario } from '../schema.js';
import type { ReadLengths } from '../trace/load-records.js';
import type { TraceLengths } from '../trace/trace-lengths.js';
import { isLength, statesLengths } from './lengths.js';
import { resolveSession } from './session.js';

/**
 * Each regime with what it says itself and, for the rest, what the top level says or stands for it where nobody does: checked
 * before to be complete. What may be left out and is, is absent.
 */
export function resolveRegimes(scenario: Scenario, lengths: ReadLengths): ResolvedRegime[] {
  return Object.entries(scenario.regimes).map(([name, own]) => {
    const ofTrace = lengths.regimes[name] ?? {};
    // A regime with lengths of its own takes no part of a row from the top level's trace.
    const ofTop = statesLengths(own) ? {} : (lengths.top ?? {});
    const inputs = REGIME_INPUTS.map((input) => {
      const fromTrace = (trace: Partial<TraceLengths>) => (isLength(input) ? trace[input] : undefined);
      const distribution = own[input] ?? fromTrace(ofTrace) ?? scenario[input] ?? fromTrace(ofTop) ?? fallbackOf(input);
      return [input, distribution] as const;
    });
    const stated = inputs.filter(([, distribution]) => distribution !== undefined);
    const session = resolveSession(scenario, name);
    return {
      name,
      ...(session && { session }),
      ...(Object.fromEntries(stated) as unknown as Omit<ResolvedRegime, 'name'>),
    };
  });
}

function fallbackOf(input: RegimeInput): Distribution | undefined {
  const quantity = INPUTS[input];
  if (!('fallback' in quantity)) return undefined;
  return { family: 'constant', parameters: { value: quantity.fallback } };
}
