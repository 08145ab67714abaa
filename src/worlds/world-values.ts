import { exp } from '../distributions/elementary.js';
import type { Distribution } from '../distributions/index.js';
import { LINE_OF_SIGHT } from '../model/pathway.js';
import type { Metric } from '../model/quantities.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { type QuantileName, STANDARD_QUANTILES } from '../sketch/quantile-name.js';
import type { SummaryRow } from '../tables/schema.js';
import type { Worlds } from './run-worlds.js';

/** A statistic of the summary that worlds are told of. */
export type WorldStatistic = 'mean' | QuantileName;

/** All of them: the mean, the five quantiles of every summary, and those that the scenario asks for. */
export function worldStatistics({ quantiles = [] }: ResolvedScenario): readonly WorldStatistic[] {
  return ['mean', ...STANDARD_QUANTILES, ...quantiles];
}

/** A statistic of one row in each world; NaN where it has none. */
export function valuesOf({ scenario, plans, rows }: Worlds, row: number, statistic: WorldStatistic): Float64Array {
  const lnFactors = lnFactorsOf(scenario, rows[0][row], plans.lnFactors, plans.factors);
  return lnFactors.map((lnFactor, world) => (rows[plans.of[world]][row][statistic] ?? Number.NaN) * exp(lnFactor));
}

/** Metrics that are a query's energy, or a part or multiple of it: all that energy is multiplied by, they are. */
const ENERGIES: ReadonlySet<string> = new Set([
  'energy',
  'energy_idle',
  'energy_per_session',
  'energy_per_request',
  'energy_per_success',
] satisfies Metric[]);

/** ln of what a row's energy is multiplied by in each world, beside what was drawn for it. */
function lnFactorsOf(
  scenario: Worlds['scenario'],
  row: SummaryRow,
  lnFactors: Worlds['plans']['lnFactors'],
  factors: Worlds['plans']['factors'],
): Float64Array {
  const sum = new Float64Array(scenario.uncertainty.worlds);
  if (!ENERGIES.has(row.metric)) return sum;
  for (const { variable, of } of factors) {
    if (of === 'fleet') continue;
    const distribution =
      of === 'energy' ? inputOf(variable, row.regime, scenario) : multiplierOf(variable, row, scenario);
    if (distribution === undefined) continue;
    const sign = of === 'energy' ? 1 : -1;
    lnFactors(variable, distribution).forEach((one, world) => {
      sum[world] += sign * one;
    });
  }
  return sum;
}

function inputOf(
  variable: string,
  regimeName: string,
  { regimes, models }: ResolvedScenario,
): Distribution | undefined {
  if (variable === 'node_power_kw') return models[0].node_power_kw;
  const regime = regimes.find(({ name }) => name === regimeName);
  const input = variable === 'pue' ? regime?.pue : regime?.power_utilization;
  return input && 'family' in input ? input : undefined;
}

/** The distribution of a multiplier in a row's pathway; undefined where it has none of that name. */
function multiplierOf(
  variable: string,
  { subject_kind, pathway, regime }: SummaryRow,
  { pathways, fleet }: ResolvedScenario,
): Distribution | undefined {
  if (subject_kind !== 'blend') return undefined;
  if (pathway === LINE_OF_SIGHT)
    return variable === `pathways.${LINE_OF_SIGHT}` ? fleet?.line_of_sight[regime] : undefined;
  const found = pathways.find(({ name }) => name === pathway);
  return found?.multipliers.find(({ name }) => `pathways.${name}` === variable)?.distribution;
}
