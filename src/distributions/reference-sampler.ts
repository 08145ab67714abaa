import { intervalOf } from './bounds.js';
import type { UniformSource } from './distribution.js';
import { type Distribution, type FamilyName, families, type Mixture, type Simple } from './index.js';
import { mixtureSampler } from './mixture.js';

/**
 * Draws in another way than `compileDistribution`, as a judge of it in tests: the samplers of `@stdlib/random-base-*` where
 * there is one, a mixture by picking a component first, bounds by drawing again (slow, endless even, if they leave little).
 */
export async function referenceSampler(distribution: Distribution, uniform: UniformSource): Promise<() => number> {
  const [min, max] = intervalOf(distribution);
  const draw = await unboundedSampler(distribution, uniform);
  return () => {
    for (;;) {
      const x = draw();
      if (min <= x && x <= max) return x;
    }
  };
}

function unboundedSampler(distribution: Distribution, uniform: UniformSource): Promise<() => number> {
  return distribution.family === 'mixture'
    ? componentSampler(distribution, uniform)
    : familySampler(distribution, uniform);
}

function familySampler<K extends FamilyName>({ family, parameters }: Simple<K>, uniform: UniformSource) {
  return families[family].sampler(parameters, uniform);
}

async function componentSampler({ parameters }: Mixture, uniform: UniformSource): Promise<() => number> {
  const weights = parameters.components.map(({ weight }) => weight);
  const samplers = parameters.components.map(({ distribution }) => referenceSampler(distribution, uniform));
  return mixtureSampler(weights, await Promise.all(samplers), uniform);
}
