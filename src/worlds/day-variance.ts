import { compileDistribution } from '../distributions/compile.js';
import { ln } from '../distributions/elementary.js';
import type { BlendMembers } from '../plan/plan.js';
import { scoreMatrix } from '../random/correlated-streams.js';
import { uniformOf } from '../random/gaussian-copula.js';
import { coalitionsOf, groupShares } from '../sensitivity/group-shapley.js';
import { redrawOf } from '../sensitivity/redraw.js';
import type { VarianceRow } from '../tables/worlds.js';
import type { Pool } from '../workers/pool.js';
import { type DaySources, daySources } from './day-sources.js';
import { levelVariance } from './level-variance.js';
import { runWorlds, type Worlds } from './run-worlds.js';
import { shareRows } from './variance-rows.js';
import { fleetMixes, fleetValues, type MixOfFormula, rowOfMix } from './world-fleet.js';
import { type WorldScores, worldScores } from './world-scores.js';

/** How what else is drawn is carried out. */
export interface DayOptions {
  readonly pool: Pool;
  readonly chosen: readonly BlendMembers[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * What makes the log-variance over worlds of each mix's day: shares that add up to 1. What multiplies every regime alike is a term of
 * its own; where more than one other source is left, worlds are drawn in which some of them are drawn anew.
 */
export async function dayVarianceRows(worlds: Worlds, options: DayOptions): Promise<VarianceRow[]> {
  const { scenario, plans } = worlds;
  const mixes = fleetMixes(worlds);
  if (mixes.length === 0) return [];
  const sources = daySources(scenario, plans.factors, options.chosen);
  const [base, ...coalitions] = await redrawnWorlds(worlds, sources, options);
  const names = [...sources.others.keys()];
  const rows = await Promise.all(
    mixes.map(async (mix) => {
      const rest = (of: Worlds) => lnRest(of, mix, sources);
      const found = groupShares(rest(base), coalitions.map(rest), names.length);
      const variances = new Map(names.map((name, i) => [name, found.variance * found.shares[i]]));
      for (const { variable, distribution, of } of sources.factors)
        if (isFactorOf(of, mix))
          variances.set(variable, await worldVariance(distribution, scenario.shared?.[variable]));
      return shareRows(dayNames(worlds, mix), variances);
    }),
  );
  return rows.flat();
}

function isFactorOf(of: DaySources['factors'][number]['of'], { improvement }: MixOfFormula): boolean {
  return of !== 'pathway' || improvement !== 'none';
}

function dayNames(worlds: Worlds, mix: MixOfFormula): Omit<VarianceRow, 'source' | 'share'> {
  const { formula } = worlds.rows[0][rowOfMix(worlds, mix, Object.keys(mix.weights)[0])];
  const subject = { regime: 'all', subject: mix.name, pathway: mix.improvement };
  return { scenario: worlds.scenario.name, ...subject, metric: 'energy_per_day', formula };
}

/** Variance over worlds of the logarithm of a factor. */
async function worldVariance(distribution: DaySources['factors'][number]['distribution'], share = 0): Promise<number> {
  const { quantile } = await compileDistribution(distribution);
  return levelVariance((score) => ln(quantile(uniformOf(score))), share).world;
}

/** ln of a day in each world, less what its factors are. */
function lnRest(worlds: Worlds, mix: MixOfFormula, { factors }: DaySources): Float64Array {
  const rest = fleetValues(worlds, mix).map(ln);
  for (const { variable, distribution, of } of factors) {
    if (!isFactorOf(of, mix)) continue;
    const sign = of === 'pathway' ? -1 : 1;
    worlds.plans.lnFactors(variable, distribution).forEach((one, world) => {
      rest[world] -= sign * one;
    });
  }
  return rest;
}

/** Most worlds that are drawn beside the scenario's own. */
const MOST_REDRAWN = 4000;

/** The worlds themselves, then those of each coalition of sources: these keep their scores, the others are drawn anew. */
async function redrawnWorlds(
  worlds: Worlds,
  { others }: DaySources,
  { pool, chosen, signal }: DayOptions,
): Promise<Worlds[]> {
  const coalitions = coalitionsOf(others.size);
  if (coalitions.length === 0) return [worlds];
  const { scenario } = worlds;
  const count = Math.min(scenario.uncertainty.worlds, Math.max(32, Math.floor(MOST_REDRAWN / coalitions.length)));
  const fewer = { ...scenario, uncertainty: { ...scenario.uncertainty, worlds: count } };
  const run = (scores: WorldScores) => runWorlds(pool, fewer, chosen, { scores, signal });
  const own = worldScores(fewer, count);
  const found = [await run(own)];
  for (const coalition of coalitions) {
    const kept = new Set([...others.values()].flatMap((variables, i) => ((coalition >> i) & 1 ? variables : [])));
    found.push(await run(redrawn(fewer, own, kept)));
  }
  return found;
}

function redrawn(scenario: Worlds['scenario'], own: WorldScores, kept: ReadonlySet<string>): WorldScores {
  const { correlation: _, ...independent } = scenario;
  const noise = worldScores({ ...independent, seed: `${scenario.seed} redrawn` }, scenario.uncertainty.worlds);
  const variables = [...own.keys()];
  const out = variables.map(() => new Float64Array(scenario.uncertainty.worlds));
  const redraw = redrawOf(correlationOf(scenario, variables), (j) => kept.has(variables[j]));
  redraw([...own.values()], [...noise.values()], out, scenario.uncertainty.worlds);
  return new Map(variables.map((variable, i) => [variable, out[i]]));
}

function correlationOf({ correlation }: Worlds['scenario'], variables: readonly string[]): number[][] {
  const matrix = correlation && scoreMatrix(correlation.rank);
  const positions = variables.map((name) => correlation?.variables.indexOf(name) ?? -1);
  return positions.map((p, i) => positions.map((q, k) => (i === k ? 1 : p < 0 || q < 0 ? 0 : (matrix?.[p][q] ?? 0))));
}
