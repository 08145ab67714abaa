import type { Complain } from '../kinds/kind.js';
import type { ResolvedRegime } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** The limit on the time per output token. Complains of queries whose time nothing says: without concurrency, or in sessions. */
export function resolveSlo(
  { slo, pools }: Scenario,
  regimes: readonly ResolvedRegime[],
  complain: Complain,
): Scenario['slo'] {
  if (slo === undefined) return undefined;
  const without = regimes.filter(({ concurrency }) => concurrency === undefined).map(({ name }) => name);
  if (without.length > 0) {
    const need = 'needs concurrency, the queries in flight on a full node: how many share its tokens per second';
    complain(['slo'], `${need}; it is not stated for ${without.join(', ')}`);
  }
  if (regimes.some(({ session }) => session !== undefined))
    complain(['slo'], 'cannot stand beside session: each turn of one has a time per output token of its own');
  if (pools) complain(['slo'], 'cannot stand beside pools: the steps of a pool that only decodes hold no prefill');
  return slo;
}
