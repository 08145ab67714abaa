import { integrates, REPLICATES } from '../../random/sampler.js';
import { MOST_SOBOL_SAMPLES } from '../../random/sobol.js';
import { BLOCK_SIZE } from '../../random/uniforms.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedScenario } from '../resolved.js';
import type { Scenario } from '../schema.js';

const FEWEST = REPLICATES * BLOCK_SIZE;

/** How a scenario is drawn. Pseudo-random draws leave no trace in it, so that it stays what it was without a choice. */
export function resolveSampling(
  { sampler, samples, precision }: Scenario,
  complain: Complain,
): Pick<ResolvedScenario, 'sampler' | 'precision'> {
  if (sampler === 'pseudo') return { ...(precision && { precision }) };
  if (integrates(sampler)) return { sampler, ...(precision && { precision }) };
  if (samples < FEWEST) {
    complain(
      ['samples'],
      `too few for sampler ${sampler}: expected at least ${FEWEST}, a block of ${BLOCK_SIZE} for each of ${REPLICATES} replicates; found ${samples}. Raise samples, or use sampler pseudo`,
    );
  }
  if (sampler === 'sobol' && samples > MOST_SOBOL_SAMPLES) {
    complain(['samples'], `too many for sampler sobol: expected at most ${MOST_SOBOL_SAMPLES}; found ${samples}`);
  }
  return { sampler, ...(precision && { precision }) };
}
