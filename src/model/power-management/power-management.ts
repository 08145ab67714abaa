import { type ClockPower, DEFAULT_CLOCK_POWER, lockedClock } from './clock-law.js';
import { type PhaseEffect, UNMANAGED } from './managed-phase.js';
import { cappedPower } from './power-cap.js';

/** What is managed: one phase, or the node whatever it does. */
export type ManagedPhase = 'prefill' | 'decode' | 'both';

/** A locked clock or a cap, with all its exponents: one draw of what `power_management` says. */
export type PowerManagement = LockedClock | PowerCap;

/** Exponents of the clock in the speed of each phase, see `lockedClock`. */
export interface LockedClock extends ClockPower {
  /** Locked clock over the highest, in (0, 1]. */
  readonly clock: number;
  readonly phase: ManagedPhase;
  readonly alpha_prefill: number;
  readonly alpha_decode: number;
}

export interface PowerCap {
  /** Highest power of the node as a share of its power when full, in (0, 1]. */
  readonly cap: number;
  readonly phase: ManagedPhase;
  /** Exponent of the power ratio in the speed, see `cappedPower`. */
  readonly exponent: number;
  /** What each phase draws without a cap, as a share of the node's power when full. */
  readonly draw_prefill: number;
  readonly draw_decode: number;
}

/** The effect on each phase of serving. */
export interface ManagedPhases {
  readonly prefill: PhaseEffect;
  readonly decode: PhaseEffect;
}

/**
 * Exponent of the power ratio in the throughput of a saturated node. Source: least squares over the two Mixtral pairs (MaxQ) of
 * power-management.csv, eight H200, MLPerf v4.1; it meets both Llama 2 70B pairs within 5 %.
 */
export const SATURATED_EXPONENT = 0.794;

/**
 * Exponent of the clock in decode that waits for memory. The literature has 0.05 to 0.2; with 0.15 and the default power, decode
 * saves 29 % at a clock of 0.7, and at 0.65 the 32 % that locks on H200 reached at best (Ma et al., arXiv 2605.11999).
 */
const MEMORY_BOUND_ALPHA = 0.15;

/**
 * What decode draws at most on H200, 300 of 700 W per GPU (Ma et al., arXiv 2605.11999; the lowest is 137 W), as a share of the
 * node's power when full: (1852 + 8.783 · 300) / 8000 W on the chassis line of hardware.csv.
 */
const DECODE_DRAW = 0.561;

/** What a scenario may leave out of `power_management`, by lever. */
export type ClockDefaults = Omit<LockedClock, 'clock' | 'phase'>;
export type CapDefaults = Omit<PowerCap, 'cap' | 'phase'>;

/** Exponents for a locked clock: `both` is a saturated node, in which decode computes as prefill does. */
export function clockDefaults(phase: ManagedPhase): ClockDefaults {
  return { ...DEFAULT_CLOCK_POWER, alpha_prefill: 1, alpha_decode: phase === 'decode' ? MEMORY_BOUND_ALPHA : 1 };
}

/** Exponent and draws for a cap: a saturated node draws its full power in both phases, decode by itself does not. */
export function capDefaults(phase: ManagedPhase): CapDefaults {
  return {
    exponent: SATURATED_EXPONENT,
    draw_prefill: 1,
    draw_decode: phase === 'decode' ? DECODE_DRAW : 1,
  };
}

/** What a management makes of prefill and of decode; a phase that is not managed stays as it is. */
export function managedPhases(management: PowerManagement): ManagedPhases {
  return {
    prefill: management.phase === 'decode' ? UNMANAGED : prefillEffect(management),
    decode: management.phase === 'prefill' ? UNMANAGED : decodeEffect(management),
  };
}

/** What a node is without management. */
export const UNMANAGED_PHASES: ManagedPhases = { prefill: UNMANAGED, decode: UNMANAGED };

/** The phases that a management is about. */
export function managedOf(phase: ManagedPhase): readonly ('prefill' | 'decode')[] {
  return phase === 'both' ? ['prefill', 'decode'] : [phase];
}

/** The phases that a cap is about and does nothing to, because they draw no more than it allows; none for a clock. */
export function idlePhases(management: PowerManagement): ('prefill' | 'decode')[] {
  const effects = managedPhases(management);
  if ('clock' in management) return [];
  return managedOf(management.phase).filter((phase) => effects[phase] === UNMANAGED);
}

function prefillEffect(management: PowerManagement): PhaseEffect {
  return 'clock' in management
    ? lockedClock(management.clock, management.alpha_prefill, management)
    : cappedPower(management.cap, { draw: management.draw_prefill, exponent: management.exponent });
}

function decodeEffect(management: PowerManagement): PhaseEffect {
  return 'clock' in management
    ? lockedClock(management.clock, management.alpha_decode, management)
    : cappedPower(management.cap, { draw: management.draw_decode, exponent: management.exponent });
}
