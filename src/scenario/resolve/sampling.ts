import { integrates, REPLICATES } from '../../random/sampler.js';
import { MOST_SOBOL_SAMPLES } from '../../random/sobol.js';
import { BLOCK_SIZE } from '../../random/uniforms.js';
import { besideStandard } from '../../sketch/quantile-name.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedScenario } from '../resolved.js';
import type { Scenario } from '../schema.js';

const FEWEST = REPLICATES * BLOCK_SIZE;

/** How a scenario is drawn. Pseudo-random draws leave no trace in it, so that it stays what it was without a choice. */
export function resolveSampling(
  { sampler, samples, precision, quantiles = [] }: Scenario,
  complain: Complain,
): Pick<ResolvedScenario, 'sampler' | 'precision' | 'quantiles'> {
  const others = besideStandard(quantiles);
  const known = { ...(precision && { precision }), ...(others.length > 0 && { quantiles: others }) };
  if (sampler === 'pseudo') return known;
  if (!integrates(sampler)) checkSamples(sampler, samples, complain);
  return { sampler, ...known };
}

function checkSamples(sampler: Scenario['sampler'], samples: number, complain: Complain): void {
  if (samples < FEWEST) {
    complain(
      ['samples'],
      `too few for sampler ${sampler}: expected at least ${FEWEST}, a block of ${BLOCK_SIZE} for each of ${REPLICATES} replicates; found ${samples}. Raise samples, or use sampler pseudo`,
    );
  }
  if (sampler === 'sobol' && samples > MOST_SOBOL_SAMPLES) {
    complain(['samples'], `too many for sampler sobol: expected at most ${MOST_SOBOL_SAMPLES}; found ${samples}`);
  }
}
