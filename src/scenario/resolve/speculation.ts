import { significant } from '../../format.js';
import { tokensPerStep } from '../../model/hardware/speculative-decoding.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedModel } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** What a reader must know of drafts. Complains of models whose throughput does not tell reading from computing. */
export function checkSpeculation(
  { throughput }: Scenario,
  models: readonly ResolvedModel[],
  complain: Complain,
): string[] {
  const speculation = throughput?.speculative_decoding;
  if (speculation === undefined) return [];
  const plain = models.filter((model) => model.throughput.method !== 'request-cost').map(({ name }) => name);
  if (plain.length > 0) {
    const need = 'needs request-cost throughput, which tells what a step reads from what it computes';
    complain(['throughput', 'speculative_decoding'], `${need}; ${plain.join(', ')} has another`);
  }
  const tokens = significant(tokensPerStep(speculation));
  const known = 'about 2 % saved at saturation (one comparison), 0 to 40 % at batch 1 (arXiv 2602.09113)';
  return [
    `speculative decoding: ${tokens} tokens a step, from the acceptance stated; computed, not measured: others found ${known}`,
  ];
}
