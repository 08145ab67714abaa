import { exp, ln } from '../../distributions/elementary.js';
import type { PhaseEffect } from './managed-phase.js';

/** How power follows the clock. */
export interface ClockPower {
  /** Share of the node's power that no clock changes, in [0, 1): chassis, memory, leakage. */
  readonly static_share: number;
  /** Exponent of the clock in the rest: 1 where the voltage stands still, 3 where it follows the clock. */
  readonly gamma: number;
}

/**
 * Power of a node whose clock is locked. `gamma` is an assumption between its bounds, 1 and 3, for clocks in the upper half of the
 * range, where the voltage still follows. Given it, the four MaxQ pairs of Llama 2 and Mixtral in power-management.csv (eight
 * H200, MLPerf v4.1, power of the node) have static shares of 0.38 to 0.52, mean 0.45: `staticShare`.
 */
export const DEFAULT_CLOCK_POWER: ClockPower = { static_share: 0.45, gamma: 2.5 };

/**
 * What a locked clock makes of a phase: its speed is clock^alpha, its power static_share + (1 − static_share)·clock^gamma.
 *
 * @param clock locked clock over the highest, in (0, 1]
 * @param alpha share of the phase's time that follows the clock, in ln: 1 where it computes, near 0 where it waits for memory
 */
export function lockedClock(clock: number, alpha: number, { static_share, gamma }: ClockPower): PhaseEffect {
  return {
    speed: power(clock, alpha),
    power: static_share + (1 - static_share) * power(clock, gamma),
  };
}

/** base^exponent in arithmetic that all engines share; exactly 1 for base 1 and for exponent 0. */
function power(base: number, exponent: number): number {
  return exp(exponent * ln(base));
}
