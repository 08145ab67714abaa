import type { PowerStates } from '../load/fleet-point.js';
import type { PowerManagement } from './power-management.js';

/**
 * Power of nodes that are not full, as shares of the *managed* node's power when full. Management lowers what a full node draws and
 * not the static part of it, so that the shares of idle nodes rise: what it saves under load is less than its saving on full nodes
 * times the load's factor.
 *
 * @param states shares of the unmanaged node
 * @param full mean power of the managed full node over the unmanaged one's, see `meanPower`
 */
export function managedStates(states: PowerStates, management: PowerManagement, full: number): PowerStates {
  const draw =
    'clock' in management ? clocked(management.static_share, full) : (share: number) => Math.min(share, full);
  const active = Math.min(1, draw(states.active) / full);
  return { active, parked: Math.min(active, draw(states.parked) / full) };
}

/** A power's static part stays, the rest shrinks as that of the full node does. */
function clocked(static_share: number, full: number): (share: number) => number {
  const dynamic = (full - static_share) / (1 - static_share);
  return (share) => Math.min(share, static_share) + Math.max(0, share - static_share) * dynamic;
}
