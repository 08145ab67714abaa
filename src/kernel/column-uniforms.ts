import { uniformOf } from '../copula/gaussian-copula.js';
import { normalQuantile } from '../distributions/normal-quantile.js';
import type { ColumnPlan } from '../plan.js';
import { fillUniforms } from './uniforms.js';

/**
 * Fills `out` with a column's uniform numbers in one block: those of its stream, or, where it is correlated, those of the
 * weighted sum of the normal scores of its own stream and of the variables before it (Gaussian copula).
 *
 * @param scratch as long as `out`
 */
export function fillColumnUniforms(
  { key, correlated }: ColumnPlan,
  block: number,
  out: Float64Array,
  scratch: Float64Array,
): void {
  if (correlated) addScores(correlated, block, out, scratch);
  else fillUniforms(key, block, out);
}

function addScores(
  sources: NonNullable<ColumnPlan['correlated']>,
  block: number,
  out: Float64Array,
  scratch: Float64Array,
): void {
  out.fill(0);
  for (const { key, weight } of sources) {
    fillUniforms(key, block, scratch);
    for (let i = 0; i < out.length; i++) out[i] += weight * normalQuantile(scratch[i]);
  }
  for (let i = 0; i < out.length; i++) out[i] = uniformOf(out[i]);
}
