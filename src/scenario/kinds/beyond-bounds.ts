import { compileDistribution } from '../../distributions/compile.js';
import type { Distribution } from '../../distributions/index.js';
import { supportOf } from '../../distributions/support.js';
import { distributionText } from '../../distributions/text.js';
import { probabilityWithin } from '../../distributions/truncation.js';
import type { PhysicalBounds } from '../../model/physical-bounds.js';

/**
 * A distribution lies beyond bounds as a whole where less than this of it lies within: tails are long, and noted after
 * a run.
 */
const LEAST_WITHIN = 0.01;

/** Why a quantity cannot be so large or so small, and what was likely meant; undefined where it can. */
export async function beyondBounds(
  distribution: Distribution,
  { low, high, unit, likely, least_within = LEAST_WITHIN }: PhysicalBounds,
): Promise<string | undefined> {
  const [least, most] = supportOf(distribution);
  if (low <= least && most <= high) return undefined;
  const { quantile } = await compileDistribution(distribution);
  // Where the share about the median lies within, that is enough, and no package has to be loaded for a cumulative
  // function.
  const about = [0.5 - least_within / 2, 0.5 + least_within / 2].map(quantile);
  if (about.every((value) => low <= value && value <= high)) return undefined;
  const within = most < low || least > high ? 0 : await probabilityWithin(distribution, [low, high]);
  if (within >= least_within) return undefined;
  const meant = likely(Number(quantile(0.5).toPrecision(3)));
  const found =
    distribution.family === 'constant' ? `found ${distributionText(distribution)}` : liesBeyond(distribution);
  const limits = `must lie between ${low} and ${high}${unit === '1' ? '' : ` ${unit}`}`;
  return `${limits}; ${found}${meant === undefined ? '' : ` (${meant})`}`;
}

function liesBeyond(distribution: Distribution): string {
  return `${distributionText(distribution)} lies beyond`;
}
