import { uniformOf } from '../copula/gaussian-copula.js';
import { normalQuantile } from '../distributions/normal-quantile.js';
import type { ColumnPlan } from '../plan.js';
import { uniformFill } from '../sampling/fill.js';
import type { FillUniforms, PseudoFill, Sampler } from '../sampling/sampler.js';
import { BLOCK_SIZE, fillUniforms } from './uniforms.js';

/**
 * A column's uniform numbers, made of an engine's pseudo-random ones: those of its variable, or, where it is correlated, those of the weighted sum of the normal
 * scores of its own variable and of the variables before it (Gaussian copula).
 */
export function columnFill(
  sampler: Sampler,
  { key, variable, correlated }: ColumnPlan,
  pseudo: PseudoFill = fillUniforms,
): FillUniforms {
  // The scores are summed outside of any engine's memory.
  return correlated ? correlatedFill(sampler, correlated) : uniformFill(sampler, key, variable, pseudo);
}

function correlatedFill(sampler: Sampler, correlated: NonNullable<ColumnPlan['correlated']>): FillUniforms {
  const sources = correlated.map(({ key, variable, weight }) => ({
    weight,
    fill: uniformFill(sampler, key, variable, fillUniforms),
  }));
  const scratch = new Float64Array(BLOCK_SIZE);
  return (block, out) => {
    out.fill(0);
    for (const { fill, weight } of sources) {
      fill(block, scratch);
      for (let i = 0; i < out.length; i++) out[i] += weight * normalQuantile(scratch[i]);
    }
    for (let i = 0; i < out.length; i++) out[i] = uniformOf(out[i]);
  };
}
