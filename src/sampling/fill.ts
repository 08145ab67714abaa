import { fillUniforms } from '../kernel/uniforms.js';
import type { StreamKey } from '../streams.js';
import { latinHypercubeFill } from './latin-hypercube.js';
import type { FillUniforms, Sampler } from './sampler.js';
import { sobolFill } from './sobol.js';

/** Where a variable's uniform numbers come from: a function of its key, its name and the block, and of nothing else. */
export function uniformFill(sampler: Sampler, key: StreamKey, variable: string): FillUniforms {
  if (sampler === 'sobol') return sobolFill(key, variable);
  if (sampler === 'latin-hypercube') return latinHypercubeFill(key);
  return (block, out) => fillUniforms(key, block, out);
}
