import { exp, ln } from '../distributions/elementary.js';
import { closedMeanOf } from '../distributions/moments.js';
import { fleetGwhPerDay } from '../model/fleet.js';
import { BASELINE, LINE_OF_SIGHT } from '../model/pathway.js';
import type { ResolvedFleet } from '../scenario/resolved.js';
import type { SummaryRow } from '../tables/schema.js';
import type { Worlds } from './run-worlds.js';
import { valuesOf } from './world-values.js';

/** One mix of a fleet, with or without improvement, by one formula. */
export interface MixOfFormula {
  readonly fleet: ResolvedFleet;
  readonly name: string;
  /** Shares of the queries by regime. */
  readonly weights: Readonly<Record<string, number>>;
  readonly improvement: 'none' | typeof LINE_OF_SIGHT;
  readonly formula: string;
}

/** Every mix of a fleet, without and with improvement where the scenario states it, by each formula; none without a fleet. */
export function fleetMixes({ scenario: { fleet }, rows }: Worlds): MixOfFormula[] {
  if (fleet === undefined) return [];
  const improvements =
    Object.keys(fleet.line_of_sight).length > 0 ? (['none', LINE_OF_SIGHT] as const) : (['none'] as const);
  const formulas = new Set(rows[0].filter((row) => isOfBlend(row, fleet)).map(({ formula }) => formula));
  return [...formulas].flatMap((formula) =>
    fleet.mixes.flatMap(({ name, weights }) =>
      improvements.map((improvement) => ({ fleet, name, weights, improvement, formula })),
    ),
  );
}

/** Energy of a mix's day in each world, GWh/day. */
export function fleetValues(worlds: Worlds, mix: MixOfFormula): Float64Array {
  const { fleet } = mix;
  const mean = new Float64Array(worlds.scenario.uncertainty.worlds);
  for (const [regime, weight] of Object.entries(mix.weights)) {
    valuesOf(worlds, rowOfMix(worlds, mix, regime), 'mean').forEach((value, world) => {
      mean[world] += weight * value;
    });
  }
  const betas = betaIn(worlds, fleet);
  return mean.map((value, world) => fleetGwhPerDay(fleet.queries_per_day, value, betas[world]));
}

/** Whether a row has the untrimmed energy of a fleet's blend. */
function isOfBlend({ subject_kind, subject, trim, metric }: SummaryRow, { blend }: ResolvedFleet): boolean {
  return subject_kind === 'blend' && subject === blend && trim === 'none' && metric === 'energy';
}

/** Position of the row that a mix takes the mean energy of a regime from. */
export function rowOfMix({ rows }: Worlds, { fleet, improvement, formula }: MixOfFormula, regime: string): number {
  const pathway = improvement === 'none' ? BASELINE : improvement;
  return rows[0].findIndex(
    (row) => isOfBlend(row, fleet) && row.regime === regime && row.pathway === pathway && row.formula === formula,
  );
}

/** The fleet's beta in each world: factors that are shared have that world's value, the others their mean. */
function betaIn({ scenario, plans }: Worlds, { beta, beta_factors = [] }: ResolvedFleet): Float64Array {
  const betas = new Float64Array(scenario.uncertainty.worlds).fill(beta);
  for (const { name, distribution } of beta_factors) {
    if (!plans.factors.some(({ variable }) => variable === name)) continue;
    const lnMean = ln(closedMeanOf(distribution) ?? Number.NaN);
    plans.lnFactors(name, distribution).forEach((one, world) => {
      betas[world] *= exp(one - lnMean);
    });
  }
  return betas;
}
