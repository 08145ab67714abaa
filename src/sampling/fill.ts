import type { StreamKey } from '../streams.js';
import { latinHypercubeFill } from './latin-hypercube.js';
import type { FillUniforms, PseudoFill, Sampler } from './sampler.js';
import { sobolFill } from './sobol.js';

/** Where a variable's uniform numbers come from: a function of its key, its name and the block, and of nothing else. */
export function uniformFill(sampler: Sampler, key: StreamKey, variable: string, pseudo: PseudoFill): FillUniforms {
  if (sampler === 'sobol') return sobolFill(key, variable, pseudo);
  if (sampler === 'latin-hypercube') return latinHypercubeFill(key, pseudo);
  return (block, out) => pseudo(key, block, out);
}
