import type { Distribution } from '../../distributions/index.js';
import { closedMomentsOf } from '../../distributions/moments.js';
import { DEFAULT_POWER_STATES } from '../../model/load/fleet-point.js';
import type { Pool, Pools } from '../../model/pools/pools.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedCorrelation, ResolvedLoad, ResolvedModel, ResolvedRegime } from '../resolved.js';
import type { Scenario } from '../schema.js';

/** What pools must agree with. */
interface Beside {
  readonly models: readonly ResolvedModel[];
  readonly regimes: readonly ResolvedRegime[];
  readonly load: ResolvedLoad | undefined;
  readonly correlation: ResolvedCorrelation | undefined;
}

const LENGTHS = ['input_tokens', 'cached_input_tokens', 'output_tokens', 'reasoning_tokens', 'concurrency'] as const;

/**
 * Pools with nothing left open. Complains of throughput that does not tell prefill from decode, of sessions, and of lengths whose means
 * are not known before anything is drawn: how full each pool is follows from them.
 */
export function resolvePools({ pools }: Scenario, beside: Beside, complain: Complain): Pools | undefined {
  if (pools === undefined) return undefined;
  const { models, regimes, load } = beside;
  const plain = models.filter(({ throughput }) => throughput.method !== 'request-cost').map(({ name }) => name);
  if (plain.length > 0)
    complain(
      ['pools'],
      `need request-cost throughput, which tells prefill from decode; ${plain.join(', ')} has another`,
    );
  if (regimes.some(({ session }) => session !== undefined))
    complain(['pools'], 'cannot stand beside session: its turns are not split into prefill and decode');
  checkLengths(beside, complain);
  if (load?.idle_to === 'separate')
    complain(['load', 'idle_to'], 'with pools, expected query: each pool idles in its own way');
  const active = shareOf(load?.active, DEFAULT_POWER_STATES.active, complain);
  shareOf(load?.parked, DEFAULT_POWER_STATES.parked, complain);
  const poolOf = (phase: 'prefill' | 'decode'): Pool => ({
    nodes: pools[phase].nodes,
    power: numberOf(pools[phase].power, [phase, 'power'], complain),
    active: pools[phase].active ? numberOf(pools[phase].active, [phase, 'active'], complain) : active,
  });
  return { prefill: poolOf('prefill'), decode: poolOf('decode') };
}

function checkLengths({ regimes, correlation }: Beside, complain: Complain): void {
  for (const regime of regimes) {
    for (const length of LENGTHS) {
      const distribution = regime[length];
      if (distribution === undefined || isKnown(distribution)) continue;
      const need = `need the mean of ${length} in ${regime.name} before anything is drawn`;
      complain(['pools'], `${need}: a number, or a distribution without min and max that is no mixture and no trace`);
    }
    if (meanOf(regime.input_tokens) - meanOf(regime.cached_input_tokens) <= 0)
      complain(['pools', 'prefill'], `would have nothing to do in ${regime.name}: no input tokens that are not cached`);
  }
  const correlated = LENGTHS.filter((length) => correlation?.variables.includes(length));
  if (correlated.length > 0)
    complain(['pools'], `take lengths as independent, and ${correlated.join(' and ')} are correlated; leave one out`);
}

function isKnown(distribution: Distribution): boolean {
  return distribution.family !== 'recorded' && closedMomentsOf(distribution) !== undefined;
}

function meanOf(distribution: Distribution | undefined): number {
  return distribution ? (closedMomentsOf(distribution)?.mean ?? 1) : 0;
}

function shareOf(share: Distribution | undefined, fallback: number, complain: Complain): number {
  if (share === undefined) return fallback;
  if (share.family === 'constant') return share.parameters.value;
  complain(['load', 'power'], 'with pools, expected numbers; found a distribution');
  return fallback;
}

function numberOf(distribution: Distribution, path: readonly string[], complain: Complain): number {
  if (distribution.family === 'constant') return distribution.parameters.value;
  complain(['pools', ...path], 'expected a number; found a distribution: sweep over several');
  return Number.NaN;
}
