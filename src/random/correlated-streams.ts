import { cholesky, type Matrix } from './cholesky.js';
import { scoreCorrelation } from './gaussian-copula.js';
import { type StreamKey, streamKey } from './streams.js';

/** A variable whose normal scores are part of another's. */
export interface CorrelatedSource {
  readonly variable: string;
  readonly key: StreamKey;
  /** Its Sobol dimension; absent for a variable that shares none. */
  readonly dimension?: number;
  readonly weight: number;
}

/** Rank correlations of some variables. */
interface RankCorrelation {
  readonly variables: readonly string[];
  readonly rank: Matrix;
}

/**
 * For each variable that depends on variables before it: the streams whose normal scores add up to its own, with weights. The
 * first variable, and those independent of all before them, keep their draws to the bit.
 *
 * @throws RangeError for a matrix that cannot be; a scenario is checked for that before
 */
export function correlatedStreams(
  seed: string,
  correlation: RankCorrelation | undefined,
  dimensionOf: (variable: string) => number | undefined,
): ReadonlyMap<string, readonly CorrelatedSource[]> {
  if (!correlation) return new Map();
  const { variables } = correlation;
  const lower = cholesky(scoreMatrix(correlation.rank));
  if (!lower) throw new RangeError('the correlation matrix is not positive definite');
  const sourceOf = (variable: string, weight: number): CorrelatedSource => {
    const dimension = dimensionOf(variable);
    return { variable, key: streamKey(seed, variable), ...(dimension !== undefined && { dimension }), weight };
  };
  const sources = lower.map((row) =>
    row.flatMap((weight, j) => (weight === 0 ? [] : [sourceOf(variables[j], weight)])),
  );
  return new Map(variables.flatMap((name, i) => (sources[i].length > 1 ? [[name, sources[i]] as const] : [])));
}

/** Pearson correlations of the normal scores for a matrix of rank correlations. */
export function scoreMatrix(rank: Matrix): number[][] {
  return rank.map((row, i) => row.map((value, j) => (i === j ? 1 : scoreCorrelation(value))));
}
