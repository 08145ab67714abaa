import { percent, significant } from '../format.js';
import { timeFactors } from '../model/power-management/managed-costs.js';
import { managedPhases, UNMANAGED_PHASES } from '../model/power-management/power-management.js';
import { poolsUse } from '../plan/pools.js';
import type { ResolvedScenario } from '../scenario/resolved.js';

/** How the two pools of a model in a regime go together. */
export interface PoolUseOf {
  readonly regime: string;
  readonly model: string;
  /** Load of each pool while the one that limits is full. */
  readonly prefill: number;
  readonly decode: number;
  readonly limits: 'prefill' | 'decode';
  /** Prefill nodes for each decode node at which both would be full. */
  readonly matching: number;
}

/** How full each pool is, in every regime; none where one node does both. */
export function poolUses(scenario: ResolvedScenario): PoolUseOf[] {
  const { regimes, models, pools, power_management: management } = scenario;
  const managed = timeFactors(management ? managedPhases(management) : UNMANAGED_PHASES);
  return regimes.flatMap((regime) =>
    models.flatMap(({ name, throughput }) => {
      const use = throughput.method === 'request-cost' ? poolsUse(scenario, regime, throughput, managed) : undefined;
      if (use === undefined || pools === undefined) return [];
      const { prefill, decode, limits } = use;
      const matching = (pools.prefill.nodes * prefill.load) / (pools.decode.nodes * decode.load);
      return [{ regime: regime.name, model: name, prefill: prefill.load, decode: decode.load, limits, matching }];
    }),
  );
}

/** A pool that waits for the other by more than this is worth a line. */
const WORTH_A_LINE = 0.98;

/** Mismatches of pools, in words. */
export function mismatches(scenario: ResolvedScenario): string[] {
  return poolUses(scenario).flatMap(({ regime, model, prefill, decode, limits, matching }) => {
    const [waits, load] = limits === 'decode' ? ['prefill', prefill] : ['decode', decode];
    if (load > WORTH_A_LINE) return [];
    const match = `${significant(matching)} prefill nodes for each that decodes would match`;
    return [`pools: ${regime}, ${model}: ${limits} is full and ${waits} at ${percent(load)} of its load; ${match}`];
  });
}
