import type { LnLaw } from './ln-law.js';
import { lawOfValue, pooled } from './reshape.js';

/** Of what is 1 in a share of the draws, and else 0. */
export function lawOfTruth(share: number): LnLaw {
  return pooled([lawOfValue(-Infinity), lawOfValue(0)], [1 - share, share]);
}
