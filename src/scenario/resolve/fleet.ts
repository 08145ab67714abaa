import type { Distribution } from '../../distributions/index.js';
import { closedMeanOf } from '../../distributions/moments.js';
import type { ResolvedFleet } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** The fleet, its scaling factors multiplied: means of those that are uncertain, which are independent. */
export function resolveFleet(fleet: NonNullable<Scenario['fleet']>): ResolvedFleet {
  const factors = betaFactors(fleet.beta);
  const uncertain = factors.filter(({ distribution }) => distribution.family !== 'constant');
  return {
    blend: fleet.blend,
    queries_per_day: fleet.queries_per_day,
    // The section refuses what has no closed mean.
    beta: product(factors.map(({ distribution }) => closedMeanOf(distribution) ?? Number.NaN)),
    ...(uncertain.length > 0 && { beta_factors: uncertain }),
    line_of_sight: fleet.line_of_sight ?? {},
    mixes: Object.entries(fleet.mixes).map(([name, weights]) => ({ name, weights })),
  };
}

/** Factors with the names of their streams. */
function betaFactors(beta: NonNullable<Scenario['fleet']>['beta']): { name: string; distribution: Distribution }[] {
  // Named factors have no parameters: the section tells a distribution by its family.
  if (isSingle(beta)) return [{ name: 'fleet.beta', distribution: beta }];
  return Object.entries(beta).map(([name, distribution]) => ({ name: `fleet.beta.${name}`, distribution }));
}

function isSingle(beta: NonNullable<Scenario['fleet']>['beta']): beta is Distribution {
  return 'family' in beta && typeof beta.family === 'string';
}

function product(factors: readonly number[]): number {
  return factors.reduce((product, factor) => product * factor, 1);
}
