import type { PhaseCosts } from '../phase-costs.js';
import { energyRatio } from './managed-phase.js';
import type { ManagedPhases } from './power-management.js';

/** The costs of a managed node. */
export interface ManagedCosts {
  /** Node-seconds: what capacity, time per output token and embodied carbon follow from. */
  readonly time: PhaseCosts;
  /** The same in seconds of the unmanaged node's power: what energy follows from, since the phases differ in power. */
  readonly energy: PhaseCosts;
}

/** Factors of the costs of each phase; 1 where nothing changes. */
export interface PhaseFactors {
  readonly prefill: number;
  readonly decode: number;
}

/** What management makes of the node-seconds of each phase. */
export function timeFactors({ prefill, decode }: ManagedPhases): PhaseFactors {
  return { prefill: 1 / prefill.speed, decode: 1 / decode.speed };
}

/** What management makes of the energy of each phase: its seconds times its power. */
export function energyFactors({ prefill, decode }: ManagedPhases): PhaseFactors {
  return { prefill: energyRatio(prefill), decode: energyRatio(decode) };
}

/** Request costs under power management: prefill scales a, decode b, c and w. */
export function managedCosts(costs: PhaseCosts, phases: ManagedPhases): ManagedCosts {
  return { time: scaled(costs, timeFactors(phases)), energy: scaled(costs, energyFactors(phases)) };
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

function scaled({ a, b, c, w }: PhaseCosts, { prefill, decode }: PhaseFactors): PhaseCosts {
  return { a: a * prefill, b: b * decode, c: c * decode, w: w * decode };
}
