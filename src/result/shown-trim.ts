import type { Trim } from '../model/blend.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/**
 * The trim of the figures that a result is told by first: as published, where the scenario states what was published; all draws
 * where it does not, for the trim is the paper's.
 */
export function shownTrim({ published }: Pick<ResolvedScenario, 'published'>): Trim {
  return published ? 'p14-p86' : 'none';
}
