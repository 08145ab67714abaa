import { normalQuantile } from '../../distributions/normal-quantile.js';
import type { NodeOf } from '../../plan/node.js';
import type { CorrelatedSource } from '../../random/correlated-streams.js';
import { wordFill } from '../../random/fill.js';
import { uniformOf } from '../../random/gaussian-copula.js';
import type { FillWords, Sampler, WordSource } from '../../random/sampler.js';
import { scramblePoints } from '../../random/sobol.js';
import { BLOCK_SIZE, fillWords, uniformAt } from '../../random/uniforms.js';

const REFERENCE: WordSource = { pseudo: fillWords, scramble: scramblePoints };

/**
 * A variable's words: its stream's, or, where it is correlated, those whose share of (0, 1) holds the uniform number of the
 * weighted sum of the normal scores of its own stream and of the variables before it (Gaussian copula), and of its world's.
 */
export function columnWords(sampler: Sampler, { key, dimension, correlated, shift }: NodeOf<'draw'>): FillWords {
  return correlated ? correlatedWords(sampler, correlated, shift) : wordFill(sampler, key, dimension, REFERENCE);
}

function correlatedWords(sampler: Sampler, correlated: readonly CorrelatedSource[], shift = 0): FillWords {
  const sources = correlated.map(({ key, dimension, weight }) => ({
    key,
    weight,
    fill: wordFill(sampler, key, dimension, REFERENCE),
  }));
  const words = new Uint32Array(BLOCK_SIZE);
  const scores = new Float64Array(BLOCK_SIZE);
  return (block, out) => {
    scores.fill(shift);
    for (const { key, fill, weight } of sources) {
      fill(block, words);
      for (let i = 0; i < BLOCK_SIZE; i++) scores[i] += weight * normalQuantile(uniformAt(key, block, i, words[i]));
    }
    for (let i = 0; i < BLOCK_SIZE; i++) out[i] = uniformOf(scores[i]) * 2 ** 32;
  };
}
