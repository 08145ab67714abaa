import { latinHypercubeFill } from './latin-hypercube.js';
import type { FillWords, Sampler, WordSource } from './sampler.js';
import { sobolFill } from './sobol.js';
import type { StreamKey } from './streams.js';

/** Where the words of a variable come from: a function of its key, its Sobol dimension and the block, and of nothing else. */
export function wordFill(
  sampler: Sampler,
  key: StreamKey,
  dimension: number | undefined,
  source: WordSource,
): FillWords {
  if (sampler === 'sobol') return sobolFill(key, dimension, source);
  if (sampler === 'latin-hypercube') return latinHypercubeFill(key, source);
  return (block, out) => source.pseudo(key, block, out);
}
