import { compileDistribution } from '../../distributions/compile.js';
import { exp, ln, square } from '../../distributions/elementary.js';
import type { Distribution, Simple } from '../../distributions/index.js';
import { meanOf, varianceOf } from '../../distributions/moments.js';
import { expectation } from '../../distributions/quadrature.js';
import { isTruncated } from '../../distributions/truncation.js';

/**
 * Mean of a power of a factor: with independent factors, the mean of a product is the product of these. Of the powers 1
 * and 2 as `meanOf` and `varianceOf` have it; of others in closed form for constants, observed values and whole
 * lognormals, else by `expectation`, with its error. Where the mean of a negative power is infinite, since draws come
 * arbitrarily near to 0, what is found is large and means nothing.
 */
export async function powerMean(distribution: Distribution, power: number): Promise<number> {
  if (power === 1) return meanOf(distribution);
  if (power === 2) return (await varianceOf(distribution)) + square(await meanOf(distribution));
  const closed =
    distribution.family === 'mixture' || isTruncated(distribution) ? undefined : closedForm(distribution, power);
  if (closed !== undefined) return closed;
  const { quantile, lnQuantile } = await compileDistribution(distribution);
  const lnOf = lnQuantile ?? ((u: number) => ln(quantile(u)));
  return expectation((u) => exp(power * lnOf(u)));
}

function closedForm({ family, parameters }: Simple, power: number): number | undefined {
  if (family === 'constant') return exp(power * ln(parameters.value));
  if (family === 'lognormal') return exp(power * parameters.mu + square(power * parameters.sigma) / 2);
  if (family !== 'empirical') return undefined;
  return parameters.values.reduce((sum, value, i) => sum + parameters.weights[i] * exp(power * ln(value)), 0);
}
