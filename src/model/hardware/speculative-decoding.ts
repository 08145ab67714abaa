import { exp, ln } from '../../distributions/elementary.js';
import type { PhaseCosts } from '../phase-costs.js';

/** How drafts are made and accepted. */
export interface Speculation {
  /** Probability that a drafted token is accepted, in [0, 1). */
  readonly acceptance: number;
  /** Tokens drafted per step, a whole number of at least 1. */
  readonly draft_tokens: number;
  /** Computing that drafting a token costs over that of the model's own token; 0 for drafts that cost nothing. */
  readonly draft_cost: number;
}

/** Output tokens per step of the model: (1 − α^(k+1)) / (1 − α). Source: Leviathan et al., arXiv 2211.17192, equation 1. */
export function tokensPerStep({ acceptance, draft_tokens }: Speculation): number {
  if (acceptance === 0) return 1;
  return (1 - exp((draft_tokens + 1) * ln(acceptance))) / (1 - acceptance);
}

/**
 * Request costs with speculative decoding. A step reads the weights (w) and each query's cache (c) once for all its output tokens,
 * and computes k + 1 tokens and k drafts for them (b), accepted or not: Leviathan et al., theorem 3.11. So it saves where reading
 * prevails (few queries in flight, long contexts) and costs where computing does. b is taken as computing alone, which understates
 * the saving where b also holds a share of the weights (w = 0).
 *
 * Not validated: measured savings are at batch 1 (Dutta et al., arXiv 2602.09113) and about 2 % at saturation (one uncontrolled
 * comparison). No row of measured-energy.csv isolates it.
 */
export function speculativeCosts(costs: PhaseCosts, speculation: Speculation): PhaseCosts {
  const { draft_tokens, draft_cost } = speculation;
  const tokens = tokensPerStep(speculation);
  return {
    a: costs.a,
    b: (costs.b * (draft_tokens + 1 + draft_tokens * draft_cost)) / tokens,
    c: costs.c / tokens,
    w: costs.w / tokens,
  };
}
