import { rankCorrelation } from '../../random/gaussian-copula.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedCorrelation, ResolvedModel } from '../resolved.js';
import type { Scenario } from '../schema.js';
import type { Shared } from './levels.js';

/** The scenario's own names of the costs, in the order of a fit's covariance. */
const COSTS = ['per_input_token', 'per_output_token', 'per_context_token', 'per_step'] as const;

/** What worlds draw of fits: all of it shared, the costs of each model correlated. */
export interface FitLevels {
  readonly shared: Shared;
  readonly correlation: ResolvedCorrelation | undefined;
}

/**
 * Adds what fits do not know of themselves to what queries share. Complains where nothing would draw it, and of forms that say
 * nothing of their own error.
 */
export function withFits(
  { throughput, uncertainty }: Scenario,
  models: readonly ResolvedModel[],
  stated: FitLevels,
  complain: Complain,
): FitLevels {
  const known = { ...stated, shared: { ...stated.shared, ...(uncertainty && sharedRatios(models)) } };
  if (throughput?.fit_uncertainty !== 'shared') return known;
  const at = ['throughput', 'fit_uncertainty'];
  if (throughput.form !== 'request-cost')
    complain(at, `takes form: request-cost; found ${throughput.form}: ${WHY_NOT}`);
  if (uncertainty === undefined)
    complain(
      at,
      'shares fits between queries, which only worlds tell apart; add uncertainty: { worlds: 500, samples: 4096 }',
    );
  const blocks = models.flatMap(blockOf);
  const residuals = models.flatMap(({ name, throughput }) =>
    throughput.method === 'request-cost' && throughput.uncertain ? [`models.${name}.node_seconds.residual`] : [],
  );
  const variables = [...blocks.flatMap((block) => block.variables), ...residuals];
  return {
    shared: { ...known.shared, ...Object.fromEntries(variables.map((variable) => [variable, 1])) },
    correlation: joined([...(stated.correlation ? [stated.correlation] : []), ...blocks]),
  };
}

/** A measured ratio of hardware is one for all queries: worlds tell what not knowing it does. */
function sharedRatios(models: readonly ResolvedModel[]): Shared {
  const factors = models.flatMap(({ throughput }) =>
    'hardware_factors' in throughput ? (throughput.hardware_factors ?? []) : [],
  );
  return Object.fromEntries(factors.map(({ variable }) => [variable, 1]));
}

const WHY_NOT = 'its rows are too few to say how well three coefficients are known, or it has none';

/** The costs of one model that its fit knows together. */
function blockOf({ name, throughput }: ResolvedModel): ResolvedCorrelation[] {
  if (throughput.method !== 'request-cost' || throughput.uncertain === undefined) return [];
  const { correlation } = throughput.uncertain;
  const variables = COSTS.slice(0, correlation.length).map((cost) => `models.${name}.node_seconds.${cost}`);
  return [{ variables, rank: correlation.map((row, i) => row.map((one, k) => (i === k ? 1 : rankCorrelation(one)))) }];
}

/** Correlations within blocks, none between them. */
function joined(blocks: readonly ResolvedCorrelation[]): ResolvedCorrelation | undefined {
  if (blocks.length === 0) return undefined;
  const places = blocks.flatMap(({ variables, rank }, block) =>
    variables.map((variable, i) => ({ variable, block, row: rank[i], i })),
  );
  return {
    variables: places.map(({ variable }) => variable),
    rank: places.map(({ block, row }) => places.map((other) => (other.block === block ? row[other.i] : 0))),
  };
}
