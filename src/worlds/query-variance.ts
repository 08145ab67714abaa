import { compileDistribution } from '../distributions/compile.js';
import { ln } from '../distributions/elementary.js';
import { uniformOf } from '../random/gaussian-copula.js';
import type { ResolvedScenario } from '../scenario/resolved.js';
import { groupShapley } from '../sensitivity/group-shapley.js';
import { type Additive, additiveVariables } from './additive.js';
import { levelVariance } from './level-variance.js';
import { type AskedVariance, type Divisor, queryScores } from './query-scores.js';
import { QUERIES, sourceOf } from './sources.js';

/** Log-variance by the source that it comes from. */
export interface SourceVariances {
  readonly bySource: ReadonlyMap<string, number>;
  /** Share of the draws without energy, which have no logarithm. */
  readonly dropped: number;
}

/** Rows for each coalition: shares are then known to about 0.01. */
const ROWS_OF_COALITION = 4096;

/**
 * Variance of ln energy of a query of one subject, divided between what queries draw and each thing that they share: of what
 * multiplies the energy by itself exactly, of the rest by Shapley effects.
 *
 * @throws RangeError for more than 10 sources that meet in one term
 */
export async function energyVariance(
  scenario: ResolvedScenario,
  { subject, formulas, divisors }: Omit<AskedVariance, 'fixed'>,
): Promise<SourceVariances> {
  const factors = additiveVariables(scenario, subject, formulas);
  const fixed = new Set(factors.map(({ variable }) => variable));
  const problem = await queryScores(scenario, { subject, formulas, divisors, fixed });
  const bySource = new Map([[QUERIES, 0]]);
  if (problem.correlation.length === 0) return withFactors(scenario, { bySource, dropped: 0 }, factors);
  const { variance, shares, dropped } = groupShapley(problem, `${scenario.seed} variance`, ROWS_OF_COALITION);
  problem.sources.forEach((source, i) => {
    bySource.set(source, variance * shares[i]);
  });
  return withFactors(scenario, { bySource, dropped }, factors);
}

/** The same divided by multipliers that are independent of all else. */
export function dividedVariance(
  scenario: ResolvedScenario,
  undivided: SourceVariances,
  divisors: readonly Divisor[],
): Promise<SourceVariances> {
  const factors = divisors.map(({ variable, distribution }) => ({ variable, distribution, power: -1 }));
  return withFactors(scenario, undivided, factors);
}

/** Adds factors that are independent of each other and of all else: their log-variances are terms of a sum. */
async function withFactors(
  scenario: ResolvedScenario,
  { bySource, dropped }: SourceVariances,
  factors: readonly Additive[],
): Promise<SourceVariances> {
  const sum = new Map(bySource);
  const add = (source: string, variance: number) => sum.set(source, (sum.get(source) ?? 0) + variance);
  for (const { variable, distribution, power } of factors) {
    const { quantile } = await compileDistribution(distribution);
    const share = scenario.shared?.[variable] ?? 0;
    const { total, world, query } = levelVariance((score) => power * ln(quantile(uniformOf(score))), share);
    // Shapley values of two.
    if (share > 0) add(sourceOf(variable, scenario), (total + world - query) / 2);
    add(QUERIES, (total + query - world) / 2);
  }
  return { bySource: sum, dropped };
}
