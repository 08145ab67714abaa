import { type Interval, intersection, intervalOf, narrowed } from './bounds.js';
import { type Distribution, type FamilyName, families, type Mixture, type Simple } from './index.js';

/** Smallest and largest value that can be drawn (may be infinite), bounds respected; the low end is above the high end if none can. */
export function supportOf(distribution: Distribution): Interval {
  return distribution.family === 'mixture' ? mixtureSupport(distribution) : simpleSupport(distribution);
}

/** Whether 0 is drawn with a probability of its own; of what has no steps, no draw is. */
export function mayBeZero(distribution: Distribution): boolean {
  const [low, high] = supportOf(distribution);
  if (low > 0 || high < 0) return false;
  if (distribution.family === 'recorded') return low === 0;
  if (distribution.family !== 'mixture') return families[distribution.family].restrict !== undefined;
  const within = intervalOf(distribution);
  return distribution.parameters.components.some(
    ({ weight, distribution }) => weight > 0 && mayBeZero(narrowed(distribution, within)),
  );
}

function simpleSupport<K extends FamilyName>(distribution: Simple<K>): Interval {
  const { family, parameters } = distribution;
  const { support, restrict } = families[family];
  const [min, max] = intervalOf(distribution);
  if (!restrict) return intersection(support(parameters), [min, max]);
  const kept = restrict(parameters, min, max);
  return kept ? support(kept.parameters) : [Infinity, -Infinity];
}

function mixtureSupport(mixture: Mixture): Interval {
  const drawn = mixture.parameters.components.filter(({ weight }) => weight > 0);
  const supports = drawn
    .map(({ distribution }) => supportOf(narrowed(distribution, intervalOf(mixture))))
    .filter(([low, high]) => low <= high);
  return [Math.min(...supports.map(([low]) => low)), Math.max(...supports.map(([, high]) => high))];
}
