import type { Distribution } from '../distributions/index.js';
import { closedMomentsOf } from '../distributions/moments.js';
import { compileLoad } from '../model/load/node-hours.js';
import { loadProfile } from '../model/load/profile.js';
import { type PhaseSeconds, phaseSeconds } from '../model/pools/pool-costs.js';
import { type PoolsUse, poolFactor, usePools } from '../model/pools/pools.js';
import type { PhaseFactors } from '../model/power-management/managed-costs.js';
import type { RequestCostThroughput } from '../model/throughput/request-cost-throughput.js';
import type { ResolvedLoad, ResolvedRegime, ResolvedScenario } from '../scenario/resolved.js';

/** What pools make of the seconds and of the energy of each phase. */
export interface PoolFactors {
  /** Seconds of the pool's nodes, full or not, over those of the phase's work. */
  readonly time: PhaseFactors;
  /** Energy of the pool over that of full nodes of the model for the phase's work. */
  readonly energy: PhaseFactors;
}

/**
 * How full each pool is by the mean query of a regime: the pool with the longer time per query is full, the other waits for it.
 *
 * @param managed what management makes of the seconds of each phase
 */
export function poolsUse(
  { pools }: Pick<ResolvedScenario, 'pools'>,
  regime: ResolvedRegime,
  throughput: RequestCostThroughput,
  managed: PhaseFactors,
): PoolsUse | undefined {
  if (pools === undefined) return undefined;
  const { prefill, decode } = meanSeconds(regime, throughput);
  return usePools(pools, { prefill: prefill * managed.prefill, decode: decode * managed.decode });
}

/** Factors of each phase; undefined where one node does both. */
export function poolFactors(
  scenario: Pick<ResolvedScenario, 'pools' | 'load'>,
  regime: ResolvedRegime,
  throughput: RequestCostThroughput,
  managed: PhaseFactors,
): PoolFactors | undefined {
  const use = poolsUse(scenario, regime, throughput, managed);
  if (use === undefined || scenario.pools === undefined) return undefined;
  const { pools, load } = scenario;
  const hours = load && compileLoad(loadProfile(load.hours), load.lag_h).nodeHours(load);
  const parked = load ? constantOf(load.parked) : 0;
  const energy = (phase: 'prefill' | 'decode') => poolFactor(pools[phase], use[phase].load, hours, parked);
  return {
    time: { prefill: 1 / use.prefill.load, decode: 1 / use.decode.load },
    energy: { prefill: energy('prefill'), decode: energy('decode') },
  };
}

/** Node-seconds of a regime's mean query in each phase. Lengths are independent, and their moments are known: checked before. */
function meanSeconds(regime: ResolvedRegime, { costs }: RequestCostThroughput): PhaseSeconds {
  const mean = (distribution: Distribution | undefined) =>
    distribution ? (closedMomentsOf(distribution)?.mean ?? Number.NaN) : 0;
  const variance = (distribution: Distribution | undefined) =>
    distribution ? (closedMomentsOf(distribution)?.variance ?? Number.NaN) : 0;
  const { input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, concurrency } = regime;
  const [input, output] = [mean(input_tokens), mean(output_tokens) + mean(reasoning_tokens)];
  const square = output * output + variance(output_tokens) + variance(reasoning_tokens);
  const lengths = {
    new_input_tokens: input - mean(cached_input_tokens),
    output_tokens: output,
    context_reads: output * input + square / 2,
  };
  const known = { a: mean(costs.a), b: mean(costs.b), c: mean(costs.c), w: mean(costs.w) };
  return phaseSeconds(known, lengths, concurrency ? mean(concurrency) : undefined);
}

/** Checked before: beside pools the shares of power are numbers. */
function constantOf(share: ResolvedLoad['parked']): number {
  return share.family === 'constant' ? share.parameters.value : Number.NaN;
}
