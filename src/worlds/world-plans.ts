import { compileDistribution } from '../distributions/compile.js';
import { ln } from '../distributions/elementary.js';
import type { Distribution } from '../distributions/index.js';
import { exactText } from '../plan/graph.js';
import type { PooledModels } from '../plan/plan.js';
import { forEachVariable, withVariables } from '../plan/variables.js';
import { uniformOf } from '../random/gaussian-copula.js';
import type { ResolvedScenario, World } from '../scenario/resolved.js';
import { type Factor, factorsOf } from './factors.js';
import { type WorldScores, worldScores } from './world-scores.js';

/** A scenario that asks for worlds. */
export type UncertainScenario = ResolvedScenario & Required<Pick<ResolvedScenario, 'uncertainty'>>;

/** What is drawn for worlds, and what each makes of it. */
export interface WorldPlans {
  /** Scenarios that differ from each other: one for all worlds where these differ by factors alone. */
  readonly scenarios: readonly ResolvedScenario[];
  /** Which scenario each world is. */
  readonly of: readonly number[];
  /** ln of a factor of the energies of each world, as one of the scenario's distributions of it gives it. */
  lnFactors(variable: string, distribution: Distribution): Float64Array;
  readonly factors: readonly Factor[];
}

/** How worlds are told apart. */
export interface WorldOptions {
  /** Whether every world is drawn, also where worlds differ by factors alone: what the short way is checked against. */
  readonly nested?: boolean;
  /** What tells worlds apart, in place of what the scenario's seed draws: as many as the scenario asks for. */
  readonly scores?: WorldScores;
}

/**
 * The worlds of a scenario: everything shared is a constant in each, drawn up front from streams of its own, and queries draw
 * from the first index on again.
 *
 * @param chosen which models each blend pools, the same in all worlds
 */
export async function worldPlans(
  scenario: UncertainScenario,
  chosen: readonly PooledModels[],
  { nested = false, scores = worldScores(scenario, scenario.uncertainty.worlds) }: WorldOptions = {},
): Promise<WorldPlans> {
  const { worlds } = scenario.uncertainty;
  const quantiles = await quantilesOf(scenario);
  // A fleet's own factors are drawn in no world.
  const factors = factorsOf(scenario).filter(({ of }) => !nested || of === 'fleet');
  const isFactor = new Set(factors.map(({ variable }) => variable));
  const base = baseScenario(scenario, chosen);
  const inWorld = (world: number) =>
    worldScenario(base, world, { scores, quantiles, isFactor, shared: scenario.shared });
  const { scenarios, of } = distinct(Array.from({ length: worlds }, (_, world) => inWorld(world)));
  const lnFactors = (variable: string, distribution: Distribution) =>
    (scores.get(variable) ?? new Float64Array(worlds)).map(
      lnFactorOf(distribution, scenario.shared?.[variable] ?? 0, quantiles),
    );
  return { scenarios, of, lnFactors, factors };
}

type Quantiles = ReadonlyMap<string, (u: number) => number>;

/** Quantile functions of the distributions of shared variables. */
async function quantilesOf(scenario: ResolvedScenario): Promise<Quantiles> {
  const found = new Map<string, Distribution>();
  forEachVariable(scenario, (variable, distribution) => {
    if (scenario.shared?.[variable] !== undefined) found.set(exactText(distribution), distribution);
  });
  const compiled = [...found].map(
    async ([text, distribution]) => [text, (await compileDistribution(distribution)).quantile] as const,
  );
  return new Map(await Promise.all(compiled));
}

/** What all worlds draw: no more queries than in one world, plainly, and nothing that says how to look at results. */
function baseScenario(scenario: UncertainScenario, chosen: readonly PooledModels[]): ResolvedScenario {
  const { uncertainty, shared: _, sampler: _sampler, precision: _precision, expect: _expect, ...rest } = scenario;
  const { correlation: _correlation, ...plain } = rest;
  const drawn = correlationOfDrawn(scenario);
  const blends = scenario.blends.map(({ name }) => ({ name, members: { chosen: membersOf(name, chosen) } }));
  return { ...plain, samples: uncertainty.samples, ...(drawn && { correlation: drawn }), blends };
}

/** Correlations of what queries draw in a world; those of what is shared are in the draws of worlds. */
function correlationOfDrawn({ correlation, shared = {} }: ResolvedScenario): ResolvedScenario['correlation'] {
  if (correlation === undefined) return undefined;
  const drawn = correlation.variables.flatMap((variable, i) => (shared[variable] === 1 ? [] : [i]));
  if (drawn.length === 0) return undefined;
  return {
    variables: drawn.map((i) => correlation.variables[i]),
    rank: drawn.map((i) => drawn.map((k) => correlation.rank[i][k])),
  };
}

function membersOf(blend: string, chosen: readonly PooledModels[]): Record<string, readonly string[]> {
  const own = chosen.filter((one) => one.blend === blend);
  return Object.fromEntries(own.map(({ regime, members }) => [regime, members.map(({ model }) => model)]));
}

interface WorldDraws {
  readonly scores: WorldScores;
  readonly quantiles: Quantiles;
  readonly isFactor: ReadonlySet<string>;
  readonly shared: ResolvedScenario['shared'];
}

function worldScenario(base: ResolvedScenario, world: number, draws: WorldDraws): ResolvedScenario {
  const { scores, quantiles, isFactor, shared = {} } = draws;
  const mixed: [string, World['mixed'][string]][] = [];
  for (const [variable, share] of Object.entries(shared)) {
    if (share === 1 || isFactor.has(variable)) continue;
    const score = scores.get(variable)?.[world] ?? 0;
    mixed.push([variable, { shift: Math.sqrt(share) * score, own: Math.sqrt(1 - share) }]);
  }
  const scenario = withVariables(base, (variable, distribution) => {
    const share = shared[variable];
    if (share === undefined || distribution.family === 'constant') return distribution;
    if (isFactor.has(variable)) return share === 1 ? always(1) : ownPart(distribution, share);
    const quantile = quantiles.get(exactText(distribution));
    const score = scores.get(variable)?.[world];
    return share < 1 || quantile === undefined || score === undefined
      ? distribution
      : always(quantile(uniformOf(score)));
  });
  return { ...scenario, world: { mixed: Object.fromEntries(mixed) } };
}

function always(value: number): Distribution {
  return { family: 'constant', parameters: { value } };
}

/** What queries draw of a lognormal factor of which a world draws the rest. */
function ownPart(distribution: Distribution, share: number): Distribution {
  if (distribution.family !== 'lognormal') return distribution;
  const { mu, sigma } = distribution.parameters;
  return { family: 'lognormal', parameters: { mu, sigma: Math.sqrt(1 - share) * sigma } };
}

/** ln of what a world's score makes of a factor: all of it, or the part that a lognormal's share is. */
function lnFactorOf(distribution: Distribution, share: number, quantiles: Quantiles): (score: number) => number {
  if (distribution.family === 'constant') return () => 0;
  if (share < 1) {
    const sigma = distribution.family === 'lognormal' ? distribution.parameters.sigma : Number.NaN;
    return (score) => Math.sqrt(share) * sigma * score;
  }
  const quantile = quantiles.get(exactText(distribution));
  if (quantile === undefined) throw new RangeError('a factor of worlds is none of the variables that are shared');
  return (score) => ln(quantile(uniformOf(score)));
}

function distinct(worlds: readonly ResolvedScenario[]): Pick<WorldPlans, 'scenarios' | 'of'> {
  const places = new Map<string, number>();
  const scenarios: ResolvedScenario[] = [];
  const of = worlds.map((scenario) => {
    const identity = exactText(scenario);
    const known = places.get(identity) ?? scenarios.push(scenario) - 1;
    places.set(identity, known);
    return known;
  });
  return { scenarios, of };
}
