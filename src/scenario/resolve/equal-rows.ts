import { supportOf } from '../../distributions/support.js';
import { count } from '../../format.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedModel, ResolvedRegime } from '../resolved.js';

/**
 * Complains of models whose regression on lengths cannot be had, because all rows have the same lengths, while queries have
 * others: what it would say of them is the rows' mean.
 */
export function checkEqualRows(
  models: readonly ResolvedModel[],
  regimes: readonly ResolvedRegime[],
  complain: Complain,
): void {
  for (const { name, throughput, measured = [] } of models) {
    if (throughput.method !== 'regression') continue;
    const [{ input_tokens, output_tokens }] = measured;
    const isOne = measured.every((row) => row.input_tokens === input_tokens && row.output_tokens === output_tokens);
    const leaving = regimes.find((regime) => !isAt(regime, { input_tokens, output_tokens }));
    if (!isOne || leaving === undefined) continue;
    const rows = `all ${measured.length} rows of ${name} are of ${count(input_tokens)} input and ${count(output_tokens)} output tokens`;
    const remedy =
      'add rows of other lengths, or choose form: request-cost, which takes the effect of lengths from other models';
    complain(
      ['throughput', 'dataset'],
      `${rows}, so no regression can tell what other lengths do, and ${leaving.name} has others; ${remedy}`,
    );
  }
}

type Lengths = Record<'input_tokens' | 'output_tokens', number>;

/** Whether all queries of a regime have the lengths. */
function isAt(regime: ResolvedRegime, lengths: Lengths): boolean {
  return (['input_tokens', 'output_tokens'] as const).every((input) =>
    supportOf(regime[input]).every((bound) => bound === lengths[input]),
  );
}
