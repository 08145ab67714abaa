import type { NodeHours } from '../load/node-hours.js';
import type { PhaseSeconds } from './pool-costs.js';

/** Nodes that only prefill or only decode, in any number that gives their ratio; how many there are, the load decides. */
export interface Pool {
  readonly nodes: number;
  /** Power of its nodes when full over that of the model's node; 1 where they are alike. */
  readonly power: number;
  /** Share of that power that a serving node draws as its load goes to 0, in [0, 1]. */
  readonly active: number;
}

export interface Pools {
  readonly prefill: Pool;
  readonly decode: Pool;
}

/** One pool beside the other, while the one that limits them is full. */
export interface PoolUse {
  /** Its load, in [0, 1]: 1 for the pool that limits. What is missing is mismatch. */
  readonly load: number;
  /** Its nodes' seconds per query, full or not: at least the seconds of its phase. */
  readonly node_seconds: number;
  /** Energy of its phase per query, in seconds of a full node of the model. */
  readonly energy: number;
}

export interface PoolsUse {
  readonly prefill: PoolUse;
  readonly decode: PoolUse;
  /** Queries per second of the two pools together. */
  readonly queries_per_second: number;
  /** The pool that is full and limits both. Where they match, the other is as good as full. */
  readonly limits: 'prefill' | 'decode';
}

/**
 * Prefill and decode in pools of their own. The pool with the longer time per query limits both; the other is only partly loaded and
 * draws active + (1 − active)·load of its power. Pools that match exactly cost what one node costs that does both: to disaggregate
 * is no saving by itself.
 *
 * @param seconds of a full node in each phase, mean over the queries
 */
export function usePools(pools: Pools, seconds: PhaseSeconds): PoolsUse {
  const spans = { prefill: seconds.prefill / pools.prefill.nodes, decode: seconds.decode / pools.decode.nodes };
  const span = Math.max(spans.prefill, spans.decode);
  const use = (phase: 'prefill' | 'decode') => poolUse(pools[phase], seconds[phase], span, spans[phase] / span);
  const limits = spans.prefill > spans.decode ? 'prefill' : 'decode';
  return { prefill: use('prefill'), decode: use('decode'), queries_per_second: 1 / span, limits };
}

/**
 * Seconds of a full node times this factor give a pool's energy: power, and what its nodes draw beyond their work, because the other pool
 * keeps them waiting or the hour does.
 *
 * @param load of the pool while the one that limits is full, in (0, 1]
 * @param hours of nodes that serve and that are parked, for each of the limiting pool's work: see `compileLoad`
 * @param parked share of a full node's power that a parked one draws
 */
export function poolFactor({ power, active }: Pool, load: number, hours = ALWAYS_FULL, parked = 0): number {
  return power * (1 + active * (hours.serving / load - 1) + (parked * hours.parked) / load);
}

const ALWAYS_FULL: NodeHours = { serving: 1, parked: 0 };

/** Energy of a pool that has nothing to do is that of serving nodes at load 0. */
function poolUse(pool: Pool, seconds: number, span: number, load: number): PoolUse {
  const node_seconds = pool.nodes * span;
  return { load, node_seconds, energy: pool.power * (seconds + pool.active * (node_seconds - seconds)) };
}
