import type { StreamKey } from '../streams.js';
import { latinHypercubeFill } from './latin-hypercube.js';
import type { FillWords, PseudoFill, Sampler } from './sampler.js';
import { sobolFill } from './sobol.js';

/** Where the words of a variable come from: a function of its key, its name and the block, and of nothing else. */
export function wordFill(sampler: Sampler, key: StreamKey, variable: string, pseudo: PseudoFill): FillWords {
  if (sampler === 'sobol') return sobolFill(key, variable);
  if (sampler === 'latin-hypercube') return latinHypercubeFill(key, pseudo);
  return (block, out) => pseudo(key, block, out);
}
