import { normalQuantile } from '../distributions/normal-quantile.js';
import { cholesky } from '../random/cholesky.js';
import { scoreMatrix } from '../random/correlated-streams.js';
import { latinHypercube } from '../random/latin-hypercube-points.js';
import { pointsOf } from '../random/sampler.js';
import { type StreamKey, worldKey } from '../random/streams.js';
import { fillUniforms } from '../random/uniforms.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** Standard normal scores of shared variables, one a world. */
export type WorldScores = ReadonlyMap<string, Float64Array>;

/**
 * What tells worlds apart: for each shared variable a normal score in each world, correlated as the scenario says. Pseudo-random,
 * each a function of seed, variable and world alone; where the scenario's sampler is stratified, one Latin hypercube of all worlds.
 */
export function worldScores(scenario: ResolvedScenario, worlds: number): WorldScores {
  const variables = Object.keys(scenario.shared ?? {});
  const keys = variables.map((variable) => worldKey(scenario.seed, variable));
  const uniforms =
    pointsOf(scenario.sampler) === 'pseudo'
      ? keys.map((key) => pseudoRandom(key, worlds))
      : latinHypercube(worlds, keys);
  const scores = new Map(variables.map((variable, i) => [variable, uniforms[i].map(normalQuantile)]));
  correlate(scores, scenario, worlds);
  return scores;
}

/** The first of a stream, however many there are. */
function pseudoRandom(key: StreamKey, worlds: number): Float64Array {
  const uniforms = new Float64Array(worlds);
  fillUniforms(key, 0, uniforms);
  return uniforms;
}

/** Makes scores depend on those of the variables before them (Gaussian copula), in place. */
function correlate(scores: Map<string, Float64Array>, { correlation }: ResolvedScenario, worlds: number): void {
  if (correlation === undefined) return;
  const lower = cholesky(scoreMatrix(correlation.rank));
  if (lower === undefined) throw new RangeError('the correlation matrix is not positive definite');
  const columns = correlation.variables.map((variable) => scores.get(variable));
  for (let world = 0; world < worlds; world++) {
    const own = columns.map((column) => column?.[world] ?? 0);
    columns.forEach((column, i) => {
      if (column) column[world] = lower[i].reduce((sum, weight, j) => sum + weight * (own[j] ?? 0), 0);
    });
  }
}
