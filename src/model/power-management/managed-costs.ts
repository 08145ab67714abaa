import type { PhaseCosts } from '../phase-costs.js';
import type { ManagedPhases } from './power-management.js';

/** The costs of a managed node. */
export interface ManagedCosts {
  /** Node-seconds: what capacity, time per output token and embodied carbon follow from. */
  readonly time: PhaseCosts;
  /** The same in seconds of the unmanaged node's power: what energy follows from, since the phases differ in power. */
  readonly energy: PhaseCosts;
}

/** Request costs under power management: prefill scales a, decode b, c and w. */
export function managedCosts(costs: PhaseCosts, { prefill, decode }: ManagedPhases): ManagedCosts {
  const time = scaled(costs, 1 / prefill.speed, 1 / decode.speed);
  return { time, energy: scaled(time, prefill.power, decode.power) };
}

/** Of a throughput that does not know phases, all work is the output's: its tps, and the share of power, take these factors. */
export function managedThroughput({ decode }: ManagedPhases): {
  readonly tps: number;
  readonly power_utilization: number;
} {
  return { tps: decode.speed, power_utilization: decode.power };
}

/**
 * Mean power of a managed full node over the unmanaged one's.
 *
 * @param prefill_share of the unmanaged node-seconds, in [0, 1]
 */
export function meanPower({ prefill, decode }: ManagedPhases, prefill_share: number): number {
  const [inPrefill, inDecode] = [prefill_share / prefill.speed, (1 - prefill_share) / decode.speed];
  return (inPrefill * prefill.power + inDecode * decode.power) / (inPrefill + inDecode);
}

function scaled({ a, b, c, w }: PhaseCosts, prefill: number, decode: number): PhaseCosts {
  return { a: a * prefill, b: b * decode, c: c * decode, w: w * decode };
}
