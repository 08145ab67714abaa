import type { Deployment } from '../model/serving/deployment.js';

/** Words by which a row says that it decodes without drafts, or does not say how. */
const WITHOUT = ['', 'none', 'none stated', 'no', 'off', 'false'];

/**
 * Output tokens per step and query, and tokens computed for them, of a row that drafts. One drafted token, accepted in 80 to 90 % of
 * steps: 1.8 tokens per second for each 1 without (DeepSeek-V3 technical report, arXiv 2412.19437, section 5.4.3, which states it of
 * its own multi-token prediction). Rows do not say how many they draft.
 */
export function speculation(written: string): Pick<Deployment, 'tokens_per_step' | 'computed_per_step'> {
  return WITHOUT.includes(written.toLowerCase())
    ? { tokens_per_step: 1, computed_per_step: 1 }
    : { tokens_per_step: 1.8, computed_per_step: 2 };
}
