import { integrates } from '../random/sampler.js';
import type { ResolvedScenario } from './resolved.js';

/**
 * What keeps a scenario's run from being counted in parts that are kept and merged later: points of a stratified sampler also
 * need each replicate's own counts, what is integrated is not counted at all, and a run to a precision decides as it goes how many samples it draws. Undefined where
 * nothing does.
 */
export function undividable({ sampler, precision }: ResolvedScenario): string | undefined {
  if (integrates(sampler)) return `sampler ${sampler}, which integrates instead of drawing and needs no other machine`;
  if (sampler !== undefined) return `sampler ${sampler}`;
  return precision && 'a precision to run to';
}
