import type { Distribution } from '../../distributions/index.js';
import { supportOf } from '../../distributions/support.js';
import { managedStates } from '../../model/power-management/managed-states.js';
import { managedPhases, type PowerManagement } from '../../model/power-management/power-management.js';
import type { Complain } from '../kinds/kind.js';
import type { ResolvedLoad } from '../resolved.js';

/**
 * A load whose shares of power are of the managed node when full: management lowers that power and not the static part of it.
 * Complains of what has no such share: phases of different power, of which each query has another mixture, and shares that vary.
 */
export function managedLoad(load: ResolvedLoad, management: PowerManagement, complain: Complain): ResolvedLoad {
  const { prefill, decode } = managedPhases(management);
  const [parked, active] = [load.parked, load.active].map((share) => numberOf(share));
  if (prefill.power !== decode.power) {
    complain(['power_management', 'phase'], 'with load, expected both: idle nodes stand in no phase');
    return load;
  }
  if (parked === undefined || active === undefined) {
    complain(['load', 'power'], 'with power_management, expected numbers; found a distribution');
    return load;
  }
  const states = managedStates({ parked, active }, management, decode.power);
  return { ...load, parked: constant(states.parked), active: constant(states.active) };
}

function numberOf(distribution: Distribution): number | undefined {
  const [low, high] = supportOf(distribution);
  return low === high ? low : undefined;
}

function constant(value: number): Distribution {
  return { family: 'constant', parameters: { value } };
}
