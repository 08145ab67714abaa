import type { ResolvedFleet } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** The fleet, its scaling factors multiplied. */
export function resolveFleet(fleet: NonNullable<Scenario['fleet']>): ResolvedFleet {
  return {
    blend: fleet.blend,
    queries_per_day: fleet.queries_per_day,
    beta: typeof fleet.beta === 'number' ? fleet.beta : product(Object.values(fleet.beta)),
    line_of_sight: fleet.line_of_sight ?? {},
    mixes: Object.entries(fleet.mixes).map(([name, weights]) => ({ name, weights })),
  };
}

function product(factors: readonly number[]): number {
  return factors.reduce((product, factor) => product * factor, 1);
}
