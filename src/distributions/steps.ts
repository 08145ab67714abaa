import type { Distribution } from './index.js';
import { sharesOf } from './record.js';
import { recordIn } from './recorded.js';
import { withBoundsInside } from './truncation.js';
import { cumulated } from './weights.js';

/**
 * Probabilities at which a distribution's quantile function may jump, ascending: from one observed value to the next, from one
 * component of a mixture to the next. A curve through points between which it jumps would not be it.
 */
export async function stepsOf(distribution: Distribution): Promise<number[]> {
  const inside = await withBoundsInside(distribution);
  if (inside.family === 'empirical') return [...cumulated(inside.parameters.weights)];
  if (inside.family === 'recorded') return [...sharesOf(recordIn(inside.parameters))];
  // It does not jump there, but bends.
  if (inside.family === 'cdf') return [...inside.parameters.shares];
  if (inside.family !== 'mixture') return [];
  const { components } = inside.parameters;
  const ends = cumulated(components.map(({ weight }) => weight));
  const steps = await Promise.all(
    components.map(async ({ distribution }, i) => {
      const start = i === 0 ? 0 : ends[i - 1];
      const own = await stepsOf(distribution);
      return [...own.map((step) => start + step * (ends[i] - start)), ends[i]];
    }),
  );
  return steps.flat();
}
